"""docs/service-limits.md: what the program needs of Oracle's service limits, and which must be raised before an `up`.

Oracle grants limits to a tenancy, not to a program, so a first `up` stops in the middle where one is too low. The page
says with numbers what to ask for. Needs are counted in the recorded program; the limits are data beside this file.
Source: Oracle, "Service Limits", https://docs.oracle.com/iaas/Content/General/Concepts/servicelimits.htm
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil, prod
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary.load import read_model
from tests.documents.machines import MACHINES, machines
from tests.unit.infra.recording import REGIONS, STACKS, Declared, Recording, belongs_to, recorded

_AT_ORACLE = tuple(stack for stack in STACKS if stack != "rehearsal")
_HOME = next(iter(REGIONS))

FILE = Path("docs") / "service-limits.md"
_DATA = Path(__file__).with_name("service_limits.yaml")
_PROVIDER = "providers"
_STRICT = ConfigDict(extra="forbid", frozen=True)

_HEAD = """# Service limits

What each stack needs of Oracle's service limits, counted in the program, beside what a tenancy on Universal Credits has
by default ([Oracle]({source}), read
in {read}; the Console's page *Limits, Quotas and Usage* says what yours has). Ask for what the first table lists before
the first `up` ([how](https://docs.oracle.com/iaas/Content/General/service-limits/requests.htm)): an `up` that meets a
limit stops in the middle. Written by `make docs` from the program and
[service_limits.yaml](../tests/documents/service_limits.yaml).

The stacks are taken to share one tenancy, so that their needs add up. The need of an availability domain is that of the
fullest: single machines are counted as if they were all in one. It is what the first `up` makes; what grows by itself
later needs more, up to what [capacity.md](capacity.md) has (`serving_nodes_most`, `gpu_nodes_most`).
"""


class Limit(BaseModel):
    """One service limit, and what of the program counts against it."""

    model_config = _STRICT

    service: str
    limit: str
    scope: Literal["tenancy", "region", "availability domain"]
    default: int | Literal["asked"]
    counts: str = ""
    machines: str = ""
    each: tuple[str, ...] = ()
    where: dict[str, str] = {}

    @model_validator(mode="after")
    def _counts_one_thing(self) -> "Limit":
        if bool(self.counts) == bool(self.machines):
            raise ValueError(f"{self.service}, {self.limit}: name either `counts` or `machines`")
        return self

    @property
    def granted(self) -> int:
        """What a tenancy has before anybody asks."""
        return 0 if self.default == "asked" else self.default


class Limits(BaseModel):
    """Every limit, and where they are from."""

    model_config = _STRICT

    source: str
    read: str
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]


def limits() -> Limits:
    """The limits as data."""
    return read_model(_DATA, Limits)


def needs(limit: Limit, recording: Recording) -> dict[str, int]:
    """What a stack needs of a limit: by the key of each region, or under an empty key for the whole tenancy."""
    if limit.scope == "tenancy":
        return {"": _sum(limit, recording, None)}
    found = {key: _sum(limit, recording, key) for key in REGIONS}
    return {key: need for key, need in found.items() if need}


def uncounted(recordings: Mapping[str, Recording]) -> list[str]:
    """The types of resources that count against no limit of the data."""
    counted = {limit.counts for limit in limits().limits}
    every = {_type(each) for recording in recordings.values() for each in recording.resources if each.custom}
    return sorted(every - counted - MACHINES - {_PROVIDER})


def text() -> str:
    """The whole document."""
    data = limits()
    recordings = {stack: recorded(stack) for stack in _AT_ORACLE}
    rows = [(limit, {stack: needs(limit, each) for stack, each in recordings.items()}) for limit in data.limits]
    needed = [row for row in rows if any(any(need.values()) for need in row[1].values())]
    raised = [row for row in needed if max(_together(row[1]).values()) > row[0].granted]
    parts = [_HEAD.format(source=data.source, read=data.read), "## To be raised\n", *_table(raised, recordings)]
    parts += ["\n## Within the default\n", *_table([row for row in needed if row not in raised], recordings)]
    parts += [
        "\n## No limit found\n",
        "Oracle's page names no limit of a tenancy, a region or an availability domain for these types:",
        "",
    ]
    parts.append(", ".join(f"`{kind}`" for kind in uncounted(recordings)) + ".")
    return "\n".join(parts) + "\n"


def _table(rows: list[tuple[Limit, dict[str, dict[str, int]]]], stacks: Mapping[str, Recording]) -> Iterator[str]:
    yield f"| service | limit | of | default | {' | '.join(stacks)} | together |"
    yield f"|---|---|---|---:|{'---:|' * len(stacks)}---:|"
    for limit, by_stack in rows:
        default = "on request" if limit.default == "asked" else f"{limit.default:,}"
        shown = " | ".join(_shown(need) for need in (*by_stack.values(), _together(by_stack)))
        yield f"| {limit.service} | {limit.limit} | {limit.scope} | {default} | {shown} |"


def _together(by_stack: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for need in by_stack.values():
        total.update(need)
    return dict(total)


def _shown(need: Mapping[str, int]) -> str:
    if len(need) == len(REGIONS) and len(set(need.values())) > 1:
        return ", ".join(f"{key} {count:,}" for key, count in need.items())
    (key, count), *others = need.items() or [("", 0)]
    alone = f"{key} " if key and not others else ""
    return f"{alone}{count:,}" if count else "—"


def _sum(limit: Limit, recording: Recording, key: str | None) -> int:
    if limit.machines:
        of_shape = [each for each in machines(recording) if each.shape.startswith(limit.machines)]
        return sum(getattr(each, name) for each in of_shape if _is_in(each.name, key) for name in limit.each)
    found = [each for each in recording.resources if each.custom and _type(each) == limit.counts]
    found = [each for each in found if limit.where.items() <= each.inputs.items()]
    return ceil(sum(_taken(each, limit) for each in found if _is_in(each.name, key)))


def _is_in(name: str, key: str | None) -> bool:
    """Whether it is in a region (None: in the tenancy). What names none is in the home region."""
    if key is None or belongs_to(name, key):
        return True
    return key == _HOME and not any(belongs_to(name, other) for other in REGIONS)


def _type(resource: Declared) -> str:
    return resource.type.split(":")[1]


def _taken(resource: Declared, limit: Limit) -> float:
    return prod(_number(_at(resource.inputs, path.split("."))) for path in limit.each)


def _number(values: list[Any]) -> float:
    """What a path holds: the sum of its numbers, or how many texts there are."""
    return sum(float(each) if isinstance(each, int | float) or each.isdigit() else 1 for each in values)


def _at(value: Any, path: list[str]) -> list[Any]:
    if isinstance(value, list):
        return [found for each in value for found in _at(each, path)]
    if not path:
        return [value]
    return _at(value[path[0]], path[1:]) if isinstance(value, dict) and path[0] in value else []
