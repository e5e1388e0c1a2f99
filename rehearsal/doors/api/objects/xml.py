"""XML as the S3 side speaks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from rehearsal.doors.api.messages import Response
from rehearsal.world.model import ServiceError

_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


@dataclass(frozen=True)
class Xml:
    """A piece of XML, whose text is escaped already."""

    text: str


def tag(name: str, *content: Xml | str | int | bool) -> Xml:
    """An element with what is in it."""
    return Xml(f"<{name}>{''.join(_inner(each) for each in content)}</{name}>")


def given(name: str, value: str | None) -> list[Xml]:
    """An element, where there is a value for it."""
    return [tag(name, value)] if value else []


def document(name: str, *content: Xml | str | int | bool, headers: Mapping[str, str] | None = None) -> Response:
    """An answer."""
    inner = "".join(_inner(each) for each in content)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_NAMESPACE}">{inner}</{name}>'
    return Response(200, {"content-type": "application/xml", **(headers or {})}, text.encode())


def error(failure: ServiceError, code: str, resource: str) -> Response:
    """An error's answer."""
    inner = (tag("Code", code), tag("Message", failure.message), tag("Resource", resource))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("Error", *inner).text}'
    return Response(failure.status, {"content-type": "application/xml"}, text.encode())


def read(body: bytes, root: str) -> ElementTree.Element:
    """A request's document, its names without their namespace.

    Raises:
        ServiceError: it is none of this name.
    """
    try:
        if b"<!" in body:
            raise ValueError
        found = ElementTree.fromstring(body)  # noqa: S314 - without a DOCTYPE nothing in it can grow
    except (ElementTree.ParseError, ValueError):
        raise _malformed() from None
    for element in found.iter():
        element.tag = element.tag.rpartition("}")[2]
    if found.tag != root:
        raise _malformed()
    return found


def texts(element: ElementTree.Element, name: str) -> Iterable[str]:
    """The texts of an element's children of a name."""
    return (each.text or "" for each in element.findall(name))


def shown(name: str, encoding: str) -> str:
    """A name of an object, as the list's `encoding-type` wants it."""
    return quote(name, safe="/~") if encoding == "url" else name


def _inner(value: Xml | str | int | bool) -> str:
    if isinstance(value, Xml):
        return value.text
    return escape(str(value).lower() if isinstance(value, bool) else str(value))


def _malformed() -> ServiceError:
    return ServiceError(400, "MalformedXML", "The XML you provided was not well-formed or did not validate.")
