"""Every constrained argument of the catalogue, with values that violate and values that don't.

Made from the catalogue and the samples of its checks: nothing that is constrained can be without a test.
"""

from collections.abc import Mapping
from typing import NamedTuple

from policies.catalogue import load_catalogue
from policies.core import Plain, Resource
from policies.core.constraints import Constraint
from tests.policies.builder import boundary, resource
from tests.policies.samples import SAMPLES


class Case(NamedTuple):
    """One constrained argument, and values for it."""

    token: str
    constraint: Constraint
    violating: list[Plain]
    clean: list[Plain]
    # What the type requires besides, by path.
    rest: Mapping[str, Plain]

    @property
    def rule(self) -> str:
        """The rule that it is under."""
        return self.constraint.rule

    @property
    def path(self) -> str:
        """Its path, dotted."""
        return self.constraint.path

    def properties(self, value: Plain) -> dict[str, Plain]:
        """The properties of a resource with a value for the argument."""
        return properties({**self.rest, self.path: value})

    def resource(self, value: Plain) -> Resource:
        """The resource with a value for the argument."""
        return resource(self.token, self.properties(value))


def properties(values: Mapping[str, Plain]) -> dict[str, Plain]:
    """Nested properties from values by dotted path."""
    whole: dict[str, Plain] = {}
    for path, value in values.items():
        *parents, last = path.split(".")
        node = whole
        for name in parents:
            below = node.setdefault(name, {})
            assert isinstance(below, dict)
            node = below
        node[last] = value
    return whole


def _cases(token: str, constraints: tuple[Constraint, ...]) -> list[Case]:
    samples = {each.path: SAMPLES[each.check](each) for each in constraints}
    required = {each.path: samples[each.path].clean[0] for each in constraints if each.required}
    return [
        Case(
            token,
            each,
            samples[each.path].violating,
            [value for value in samples[each.path].clean if value is not None or not each.required],
            {path: value for path, value in required.items() if path != each.path},
        )
        for each in constraints
    ]


_CATALOGUE = load_catalogue(boundary())

CASES = [case for token, paths in sorted(_CATALOGUE.constrained.items()) for case in _cases(token, paths)]
DENIED = {token: group.rule for token, group in sorted(_CATALOGUE.denied.items())}
INSIDE = sorted(_CATALOGUE.inside)
