"""What is said about each rule: `rules.yaml`, with the boundary's own names filled in."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary import Boundary
from boundary.load import read_model
from policies.core.ruleset import RuleInfo, Severity
from policies.wording import fill

RULES_FILE = Path(__file__).with_name("rules.yaml")


class DeclaredRule(BaseModel):
    """What the file says of a rule; the boundary's names still stand in braces."""

    model_config = ConfigDict(extra="forbid")

    title: str
    why: str
    severity: Severity
    category: str
    lets_through: str
    instead: str
    references: tuple[str, ...] = ()
    lane: bool = False
    stack: bool = False


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rules: dict[Annotated[str, Field(pattern=r"^[a-z][a-z-]+$")], DeclaredRule]


def declared_rules(path: Path = RULES_FILE) -> dict[str, DeclaredRule]:
    """Every rule of the file by id, in its order.

    Raises:
        BoundaryError: the file can't be used.
    """
    return read_model(path, _Rules).rules


def rule_infos(boundary: Boundary, path: Path = RULES_FILE) -> dict[str, RuleInfo]:
    """Every rule by id, in the order of the file.

    Raises:
        BoundaryError: the file can't be used.
    """
    return {
        id: RuleInfo(
            id=id,
            title=rule.title,
            why=rule.why,
            severity=rule.severity,
            category=rule.category,
            lets_through=fill(rule.lets_through, boundary),
            instead=fill(rule.instead, boundary),
            references=rule.references,
            lane=rule.lane,
            scope="stack" if rule.stack else "resource",
        )
        for id, rule in declared_rules(path).items()
    }
