"""`python -m infra.capacity`: writes docs/capacity.md from the stacks' files."""

from pathlib import Path
from typing import Any

from boundary.strict_yaml import parse_yaml
from infra.capacity import Assumptions, Capacity
from infra.capacity.document import document

_ROOT = Path(__file__).parents[2]


def capacity_of(configured: dict[str, Any]) -> Capacity:
    """What a stack's file asks for."""
    assumptions = Assumptions.model_validate(configured.get("stateside:capacity", {}))
    return Capacity(configured["stateside:users"], len(configured["stateside:regions"]), assumptions)


def page() -> str:
    """The page as it should be."""
    files = sorted((_ROOT / "stacks").glob("Pulumi.*.yaml"))
    stacks = {
        file.suffixes[0].removeprefix("."): parse_yaml(file.read_text(encoding="utf-8"))["config"] for file in files
    }
    return document({name: capacity_of(configured) for name, configured in stacks.items()})


if __name__ == "__main__":
    (_ROOT / "docs" / "capacity.md").write_text(page(), encoding="utf-8")
