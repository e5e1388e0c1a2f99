"""docs/capacity.md: the assumptions, and what they come to for each stack. Written from the code, never by hand."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boundary.strict_yaml import parse_yaml
from infra.capacity import Capacity
from infra.capacity.assumptions import ASSUMPTION, Assumptions
from tests.documents.document import ROOT

FILE = Path("docs/capacity.md")

_HEAD = """# Capacity

How large everything is, computed from the number of users by [infra/capacity](../infra/capacity). Written by
`make docs`; a test fails when it isn't current.

Every region is sized to carry all users alone, for the day on which the other region is lost. Kubernetes nodes are
added within minutes, so until that day a region runs only its share of them. Brokers, databases and caches take longer,
so they always have their full size.
"""
_LARGE = ("k", "M", "G", "T", "P", "E")


def text() -> str:
    """The page, from the capacity of each stack."""
    files = sorted((ROOT / "stacks").glob("Pulumi.*.yaml"))
    stacks = {
        file.suffixes[0].removeprefix("."): _capacity(parse_yaml(file.read_text(encoding="utf-8"))["config"])
        for file in files
    }
    return "\n".join([_HEAD, *_results(stacks), "", *_assumptions()]) + "\n"


def result_names() -> list[str]:
    """The name of every result, in the order of the code."""
    classes = [each for each in reversed(Capacity.__mro__) if each.__module__.startswith("infra.capacity")]
    return [
        name
        for each in classes
        for name, value in vars(each).items()
        if isinstance(value, property) and not name.startswith("_")
    ]


def _capacity(configured: dict[str, Any]) -> Capacity:
    assumptions = Assumptions.model_validate(configured.get("stateside:capacity", {}))
    return Capacity(configured["stateside:users"], len(configured["stateside:regions"]), assumptions)


def _results(stacks: Mapping[str, Capacity]) -> list[str]:
    lines = ["## Results", "", "For one region, unless it says otherwise.", ""]
    lines += [f"| result | {' | '.join(stacks)} | unit | meaning |", f"|---|{'---:|' * len(stacks)}---|---|"]
    people = " | ".join(f"{each.users:,}" for each in stacks.values())
    regions = " | ".join(str(each.regions) for each in stacks.values())
    lines += [f"| `users` | {people} | people | who use the app in a month |", f"| `regions` | {regions} | regions | |"]
    for name in result_names():
        values = " | ".join(_shown(getattr(each, name)) for each in stacks.values())
        lines.append(f"| `{name}` | {values} | {_meaning(name)} |")
    return lines


def _meaning(name: str) -> str:
    text = inspect.getdoc(getattr(Capacity, name)) or ""
    unit, _, rest = " ".join(text.split()).partition(": ")
    return f"{unit[0].lower() if unit[1].islower() else unit[0]}{unit[1:]} | {rest.rstrip('.')}"


def _shown(value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int) and value < 1e9:
        return f"{value:,}"
    for prefix in ("", *_LARGE):
        if value < 999.5:
            return f"{value:.3g} {prefix}".strip()
        value /= 1_000
    raise ValueError(f"{value} is too large to be shown")


def _assumptions() -> list[str]:
    lines = ["## Assumptions", "", "Overridden under `stateside:capacity` in a stack's file, in camelCase.", ""]
    lines += ["| assumption | default | unit | meaning | source |", "|---|---:|---|---|---|"]
    for field in Assumptions.model_fields.values():
        extra = field.json_schema_extra
        assert isinstance(extra, dict)
        source = ASSUMPTION if extra["source"] == ASSUMPTION else f"[source]({extra['source']})"
        lines.append(f"| `{field.alias}` | {field.default:g} | {extra['unit']} | {field.description} | {source} |")
    return lines
