"""docs/systems.md: every system of the split, from the recorded program and the pack's catalogue."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary.load import read_model
from policies.catalogue import Catalogue
from policies.pack import build_pack
from tests.documents.components import Component, components
from tests.unit.infra.recording import STACKS, Declared, Recording, recorded

FILE = Path("docs") / "systems.md"
_DATA = Path(__file__).with_name("systems.yaml")

_HEAD = """# Systems

What the program declares, what holds it, and where that is shown. Every resource also stands under the sweeps of the
pack (regions, identifiers, namespaces, addresses, domains) and under `provider`, `package` and `unclassified`;
[rules.md](rules.md) says what each rule is for. Written by `make docs` from the program, the catalogue and
[systems.yaml](../tests/documents/systems.yaml).
"""


class System(BaseModel):
    """One system of the split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    rooms: Annotated[tuple[str, ...], Field(min_length=1)]
    about: str
    shown_by: Annotated[tuple[str, ...], Field(min_length=1)]


class Systems(BaseModel):
    """Every system of the split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    systems: tuple[System, ...]


def systems() -> tuple[System, ...]:
    """The systems as data."""
    return read_model(_DATA, Systems).systems


def text() -> str:
    """The whole document."""
    recordings = {stack: recorded(stack) for stack in STACKS}
    catalogue = build_pack().catalogue
    declared = components()
    parts = [_HEAD, *_table(recordings, catalogue)]
    for system in systems():
        parts += _details(system, recordings["us-prod"], declared)
    return "\n".join(parts) + "\n"


def _table(recordings: dict[str, Recording], catalogue: Catalogue) -> Iterator[str]:
    stacks = list(recordings)
    yield f"| system | what it is | resources in {', '.join(stacks)} | rules of its own | shown by |"
    yield "|---|---|---|---|---|"
    for system in systems():
        counts = [str(len(_of(system, recordings[stack]))) for stack in stacks]
        rules = sorted({rule for each in _of(system, recordings["us-prod"]) for rule in _rules(each.type, catalogue)})
        shown = ", ".join(f"[{path}](../{path})" for path in system.shown_by)
        listed = ", ".join(f"`{rule}`" for rule in rules) or "—"
        link = f"[{system.name}](#{system.name.replace(' ', '-').replace(',', '')})"
        yield f"| {link} | {system.about} | {', '.join(counts)} | {listed} | {shown} |"
    totals = ", ".join(str(len(_ours(recording))) for recording in recordings.values())
    yield f"| **all** | | {totals} | | |"


def _details(system: System, recording: Recording, declared: dict[str, Component]) -> Iterator[str]:
    yield f"\n## {system.name}\n"
    yield "| component | what it is | its resources in us-prod |"
    yield "|---|---|---|"
    resources = _of(system, recording)
    for token, component in declared.items():
        if component.room in system.rooms:
            types = Counter(each.kind for each in resources if _owner(each) == token)
            listed = ", ".join(f"{count} {kind}" if count > 1 else kind for kind, count in sorted(types.items()))
            yield f"| [{token}](../{component.file}) | {component.says} | {listed or '—'} |"


def _owner(resource: Declared) -> str:
    """The type token of the component that declares a resource; empty for what no component declares."""
    types = resource.parent.split("::")[2].split("$") if resource.parent else []
    return next((each for each in reversed(types) if each.startswith("stateside:")), "")


def _room(token: str) -> str:
    return token.split(":")[1] if token else ""


def _ours(recording: Recording) -> list[Declared]:
    return [each for each in recording.resources if each.custom and each.kind != "oci"]


def _of(system: System, recording: Recording) -> list[Declared]:
    return [each for each in _ours(recording) if _room(_owner(each)) in system.rooms]


def _rules(token: str, catalogue: Catalogue) -> Iterable[str]:
    return {constraint.rule for constraint in catalogue.constrained.get(token, ())}
