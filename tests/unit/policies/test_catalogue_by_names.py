"""A second look at the catalogue, by the names of arguments alone: what is plainly a way across is under its check.

The catalogue was written by reading, and its fixtures are made from what it says. This doesn't read: it would find a
region that was read over, one under the wrong check, or one that a new version of the provider brings.
"""

import re
from collections.abc import Iterator

import pytest

from policies.core.tree import Node
from policies.pack import Pack

REGION = re.compile(r"(.*R|r)egions?(Names?|Ids?|Keys?)?")
TENANCY = re.compile(r"(.*T|t)enancy(Id|Ocid)")
NAMESPACE = re.compile(r"(.*N|n)ame[sS]pace(Name)?")
BUCKET = re.compile(r"(.*B|b)ucket(Name)?")

# Names of something else: regions of time and of letters, and what metrics are grouped by.
ELSE = {"timezoneRegion", "addresses.region", "target.metricNamespace"}


def under(pack: Pack, token: str) -> Iterator[tuple[str, Node, Node]]:
    """Every argument of a type: its dotted path, its node and the node that holds it. Not below what may not be set."""
    entry = pack.catalogue.look_up(token)
    assert entry is not None
    pending: list[tuple[str, Node]] = [("", entry.tree)]
    while pending:
        path, node = pending.pop()
        for name, below in (node.children or {}).items():
            yield f"{path}{name}", below, node
            if all(constraint.check != "absent" for constraint in below.constraints):
                pending.append((f"{path}{name}.", below))


def checks(node: Node) -> set[str]:
    """The checks that a value there must pass."""
    return {constraint.check for constraint in node.constraints}


def judged(pack: Pack) -> list[str]:
    """Every type that isn't denied."""
    return sorted(token for token in pack.catalogue.types - pack.catalogue.denied.keys() if token.startswith("oci:"))


@pytest.mark.parametrize(
    ("names", "allowed"),
    [(REGION, {"allowed-region", "absent"}), (TENANCY, {"own-tenancy", "absent"})],
    ids=["region", "tenancy"],
)
def test_what_is_named_like_a_place_is_checked_as_one(pack: Pack, names: re.Pattern[str], allowed: set[str]) -> None:
    unchecked = [
        f"{token} {path}"
        for token in judged(pack)
        for path, node, _ in under(pack, token)
        if names.fullmatch(path.rpartition(".")[2])
        and node.children is None
        and path not in ELSE
        and checks(node).isdisjoint(allowed)
    ]
    assert unchecked == []


def test_a_namespace_beside_a_bucket_is_checked_to_be_our_own(pack: Pack) -> None:
    unchecked = [
        f"{token} {path}"
        for token in judged(pack)
        for path, node, holder in under(pack, token)
        if NAMESPACE.fullmatch(path.rpartition(".")[2])
        and any(map(BUCKET.fullmatch, holder.children or {}))
        and path not in ELSE
        and checks(node).isdisjoint({"own-namespace", "absent"})
    ]
    assert unchecked == []
