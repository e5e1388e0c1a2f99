"""What an adapter makes of a file: resources for the judge, and an honest account of what it could not read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from boundary import BoundaryError
from policies.core import Provider, Resource
from policies.decode import Decoder
from runs.digest import State
from runs.places import Declared, declared

_PROVIDERS = "pulumi:providers:"
_URN = "urn:pulumi:"


class Entry(BaseModel):
    """What the engine writes of a resource, as far as it is read.

    Source: pulumi/pulumi, sdk/go/common/apitype/core.go (ResourceV3).
    """

    model_config = ConfigDict(strict=True)

    urn: str
    type: str
    id: str | None = None
    parent: str | None = None
    provider: str | None = None
    external: bool | None = None
    inputs: dict[str, Any] | None = None
    outputs: dict[str, Any] | None = None
    dependencies: list[str] | None = None
    propertyDependencies: dict[str, list[str] | None] | None = None  # noqa: N815 - the engine's name


@dataclass(frozen=True, slots=True)
class Unread:
    """A resource that is there and can't be read, and why, without the text of an error: it may quote a secret."""

    urn: str
    type: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: `registered` resources, of which some may be unread.

    `sealed` counts secret values that were encrypted or left out. `missing` is a sentence about what the file lacks,
    where it can be seen that it lacks something. `places` says by URN where resources are declared, as far as it holds
    that. What isn't `whole` has resources that can be judged each by itself, and no stack.
    """

    source: str
    file: str
    registered: int
    resources: tuple[Resource, ...]
    unread: tuple[Unread, ...] = ()
    sealed: int = 0
    missing: str = ""
    places: Mapping[str, Declared] = field(default_factory=dict)
    whole: bool = True

    @property
    def stack(self) -> str:
        """The name of the stack; empty for what is none."""
        known = (each.stack for each in self.resources if each.urn.startswith(_URN))
        return next(known, "")


def read_text(path: Path, what: str) -> str:
    """A file's text.

    Raises:
        BoundaryError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BoundaryError(f"there is no {what} at {path}; name the file that holds it") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BoundaryError(f"the {what} {path} can't be read ({reason}); check its permissions and encoding") from None


def parse(text: str, path: Path, what: str) -> dict[str, Any]:
    """The JSON object that a text is.

    Raises:
        BoundaryError: it is none.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BoundaryError(f"{path} is not JSON from line {error.lineno} on; export the {what} anew") from None
    except RecursionError:
        raise BoundaryError(f"{path} nests too deep to be read; export the {what} anew") from None
    if not isinstance(data, dict):
        raise BoundaryError(f"{path} holds no {what}; export it anew")
    return data


def read_entries(source: str, file: str, entries: Iterable[Any], missing: str = "") -> Reading:
    """The resources of entries as the engine writes them: in a state, and as the new state of a preview's step."""
    entries = list(entries)
    decoder = Decoder()
    read: list[Entry] = []
    unread: list[Unread] = []
    for number, entry in enumerate(entries):
        try:
            read.append(Entry.model_validate(entry))
        except ValidationError as error:
            unread.append(_unread(entry, number, _fault(error)))
    providers: dict[str, Provider] = {}
    resources: list[Resource] = []
    # Providers first: others name them.
    for each in sorted(read, key=lambda each: not each.type.startswith(_PROVIDERS)):
        try:
            resource = _resource(each, decoder, providers)
        except Exception as error:
            unread.append(Unread(each.urn, each.type, _name(each.urn), f"its values can't be read ({_kind(error)})"))
            continue
        if resource.type.startswith(_PROVIDERS):
            providers[resource.urn] = Provider(resource.type, resource.name, resource.properties)
        resources.append(resource)
    places = _places(each for each in entries if isinstance(each, dict))
    return Reading(source, file, len(entries), tuple(resources), tuple(unread), decoder.sealed, missing, places)


def _unread(entry: Any, number: int, why: str) -> Unread:
    known = entry if isinstance(entry, dict) else {}
    urn, type = (str(known.get(key) or "") for key in ("urn", "type"))
    return Unread(urn, type or "(no type)", _name(urn) or f"entry {number}", why)


def _fault(error: ValidationError) -> str:
    """The first thing that is wrong with an entry, without its value."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(map(str, first["loc"]))
    return f"its {where} is wrong ({first['msg'].lower()})" if where else "it is no object"


def _kind(error: Exception) -> str:
    return type(error).__name__


def _places(entries: Iterable[Mapping[str, Any]]) -> dict[str, Declared]:
    found = ((str(entry.get("urn", "")), _declared(State(entry))) for entry in entries)
    return {urn: there for urn, there in found if there}


def _declared(state: State) -> Declared | None:
    # Where a resource is declared helps a person; that it can't be read hides nothing.
    try:
        return declared(state)
    except (AttributeError, TypeError):
        return None


def _resource(entry: Entry, decoder: Decoder, providers: Mapping[str, Provider]) -> Resource:
    inputs = decoder.object(entry.inputs)
    outputs = entry.outputs or {}
    # What repeats an argument may repeat a secret that was counted.
    repeated = Decoder().object({name: value for name, value in outputs.items() if name in inputs})
    besides = decoder.object({name: value for name, value in outputs.items() if name not in inputs})
    # `<URN>::<id>`
    provider = (entry.provider or "").rpartition("::")[0]
    dependencies = (entry.propertyDependencies or {}).items()
    return Resource(
        urn=entry.urn,
        type=entry.type,
        name=_name(entry.urn),
        properties=inputs,
        provider=providers.get(provider),
        parent=entry.parent or "",
        dependencies=tuple(entry.dependencies or ()),
        property_dependencies={name: tuple(urns or ()) for name, urns in dependencies},
        id=entry.id or "",
        observed=repeated | besides,
        read=bool(entry.external) and not entry.type.startswith(_PROVIDERS),
    )


def _name(urn: str) -> str:
    """The logical name at the end of a URN; it may have colons itself."""
    return urn.split("::", 3)[-1]
