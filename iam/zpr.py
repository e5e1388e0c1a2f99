"""Statements of Zero Trust Packet Routing as typed values: which endpoints may connect to which.

`oci-lexer-parser` doesn't know them, so that the forms are read here.
Source: Oracle, "Policy Syntax" and "Policy Examples" of Zero Trust Packet Routing,
https://docs.oracle.com/iaas/Content/zero-trust-packet-routing/zpr-policy-syntax.htm and
https://docs.oracle.com/iaas/Content/zero-trust-packet-routing/zpr-policy-examples.htm
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network

from boundary.errors import BoundaryError

_ATTRIBUTE = r"(?:[A-Za-z0-9_-]+\.)?[A-Za-z0-9_-]+:[A-Za-z0-9_.-]+|'(?:[A-Za-z0-9_-]+\.)?[A-Za-z0-9_-]+:(?:[^']|'')+'"
_ENDPOINT = rf"all-endpoints|'osn-services-ip-addresses'|'[0-9a-f.:]+/\d+'|(?:{_ATTRIBUTE})(?:\s+endpoints)?"
_FILTER = r"(?:protocol|connection-state)\s*=\s*'[a-z0-9/,*.\s-]+'"
_WITH = rf"(?:\s+with\s+(?P<filters>{_FILTER}(?:\s*,\s*{_FILTER})*))?"
_FLAGS = re.IGNORECASE
_IN_ONE_VCN = re.compile(
    rf"in\s+(?P<vcn>{_ATTRIBUTE})\s+vcn\s+allow\s+(?P<source>{_ENDPOINT})\s+to\s+connect\s+to\s+"
    rf"(?P<destination>{_ENDPOINT}){_WITH}",
    _FLAGS,
)
_BETWEEN_VCNS = re.compile(
    rf"allow\s+(?P<source>{_ENDPOINT})\s+in\s+(?P<vcn>{_ATTRIBUTE})\s+vcn\s+to\s+connect\s+to\s+"
    rf"(?P<destination>{_ENDPOINT}){_WITH}\s+in\s+(?P<other>{_ATTRIBUTE})\s+vcn",
    _FLAGS,
)
_RANGE = re.compile(r"[0-9a-f.:]+/\d+")
_EVERY_ENDPOINT = "all-endpoints"
_SERVICES = "osn-services-ip-addresses"


class EndpointKind(StrEnum):
    """What an endpoint is named by."""

    ATTRIBUTE = "attribute"
    RANGE = "range"
    SERVICES = "services"
    ALL = "all"


@dataclass(frozen=True)
class Endpoint:
    """One side of a connection. `name` is the attribute or the range as written, in lower case, without quotes."""

    kind: EndpointKind
    name: str = ""

    @property
    def range(self) -> IPv4Network | IPv6Network:
        """The addresses of a range."""
        return ip_network(self.name, strict=False)


@dataclass(frozen=True)
class ZprStatement:
    """One statement. `vcns` are the security attributes of the VCN, or of the two that it connects."""

    vcns: tuple[str, ...]
    source: Endpoint
    destination: Endpoint
    filters: str = ""


def parse_zpr(text: str) -> ZprStatement:
    """One ZPR statement.

    Raises:
        BoundaryError: the text is none. The error doesn't repeat the text.
    """
    text = text.strip()
    match = _IN_ONE_VCN.fullmatch(text) or _BETWEEN_VCNS.fullmatch(text)
    if match is None:
        raise BoundaryError("is not a ZPR statement; correct it")
    parts = match.groupdict()
    vcns = (parts["vcn"], parts.get("other"))
    return ZprStatement(
        vcns=tuple(_bare(vcn) for vcn in vcns if vcn),
        source=_endpoint(parts["source"]),
        destination=_endpoint(parts["destination"]),
        filters=" ".join((parts["filters"] or "").split()).lower(),
    )


def _endpoint(text: str) -> Endpoint:
    name = _bare(re.sub(r"\s+endpoints$", "", text, flags=_FLAGS))
    if name == _EVERY_ENDPOINT:
        return Endpoint(EndpointKind.ALL)
    if name == _SERVICES:
        return Endpoint(EndpointKind.SERVICES)
    if _RANGE.fullmatch(name) is None:
        return Endpoint(EndpointKind.ATTRIBUTE, name)
    try:
        ip_network(name, strict=False)
    except ValueError:
        raise BoundaryError("names a range that is none; write it like '10.128.0.0/20'") from None
    return Endpoint(EndpointKind.RANGE, name)


def _bare(text: str) -> str:
    quoted = text.startswith("'")
    return (text[1:-1].replace("''", "'") if quoted else text).lower()
