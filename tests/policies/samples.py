"""Values for each check of the catalogue: some that it must find, some that it must let pass.

Every check needs samples. From them and the catalogue the fixtures of every constrained argument are made, so that who
constrains an argument writes no test, and who writes a check writes a line here.
"""

from collections.abc import Callable
from typing import NamedTuple

from policies.core import Plain
from policies.core.constraints import Constraint
from tests.policies.builder import OURS, THEIRS


class Samples(NamedTuple):
    """Values of both kinds; None is an argument that is left out."""

    violating: list[Plain]
    clean: list[Plain]


def _listed(constraint: Constraint) -> Samples:
    """Anything but the listed values; also what only looks like one of them."""
    strings = [value for value in constraint.values if isinstance(value, str)]
    alike = [value.swapcase() for value in strings if value.swapcase() not in strings]
    opposite = [not value for value in constraint.values if not isinstance(value, str)]
    return Samples([*opposite, *alike[:1], "ANOTHER", 7.0, {}], [*constraint.values, None])


def _always(violating: list[Plain], clean: list[Plain]) -> Callable[[Constraint], Samples]:
    return lambda _: Samples(violating, clean)


SAMPLES: dict[str, Callable[[Constraint], Samples]] = {
    "one-of": _listed,
    "absent": _always(["x", {}, True, 1.0], [None]),
    "allowed-region": _always(
        ["eu-frankfurt-1", "us-chicago-1", "us-gov-ashburn-1", "FRA", "mars", "", 1.0, {}],
        ["us-ashburn-1", "us-phoenix-1", "phx", None],
    ),
    "allowed-domain": _always(
        ["abcd:FRA-AD-1", "abcd:EU-FRANKFURT-1-AD-1", "FRA-AD-1", "AD-1", "", 1.0],
        ["abcd:PHX-AD-2", "abcd:US-ASHBURN-AD-3", None],
    ),
    "allowed-ocid": _always(
        ["ocid1.drg.oc1.fra.aa", "ocid1.drg.oc3.iad.aa", "ocid1.drg.oc1..aa", "x", "", 1.0],
        ["ocid1.drg.oc1.us-ashburn-1.aa", "ocid1.drg.oc1.phx.aa", None],
    ),
    "own-tenancy": _always([THEIRS, "", "ours", "ocid1.vcn.oc1.iad.a", {}], [OURS, None]),
    "own-namespace": _always(["theirspace", "other", "", 1.0], ["ourspace", None]),
    "statements": _always(
        ["x", "", 1.0, "endorse group A to use drgs in any-tenancy"], ["allow group A to use drgs in tenancy", None]
    ),
}
