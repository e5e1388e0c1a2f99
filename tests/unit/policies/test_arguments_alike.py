"""Arguments that are alike are judged alike: what is mail by its name, and what has one shape in one object."""

import re
from collections.abc import Iterator

import pytest

from policies.catalogue import load_catalogue
from policies.core.tree import Node
from tests.policies.builder import boundary

CATALOGUE = load_catalogue(boundary())
JUDGED = sorted(CATALOGUE.types - CATALOGUE.denied.keys())

MAIL = re.compile(r"(?i)e-?mail|recipient|contact")
# What is mail by its name and is none that anybody gets, and why.
NO_MAIL = re.compile(
    r"(?x)"
    r"  Id$"  # of a template, a domain, a pool of addresses or a group of recipients
    r"| Disabled$ | Enabled$ | Required$ | InMins$ | Length$ | SecondaryEmail$ | AdminChangesPrimaryEmail$"
    r"| ToSetRecoveryEmail$"  # settings
    r"| ^emailIpPool | ^contactPreference"
)
# Nothing is sent there any more.
SUPPRESSED = ("oci:Email/suppression:Suppression", "emailAddress")

# What has the shape of a constrained argument beside it, and can't cross as that can.
APART = {
    ("oci:DataIntegration/workspaceTask:WorkspaceTask", "requestUrl", "pollIntervalUnit"),
    ("oci:DataIntegration/workspaceTask:WorkspaceTask", "requestUrl", "pollMaxDurationUnit"),
    ("oci:StackMonitoring/discoveryJob:DiscoveryJob", "properties", "tags"),
}


def arguments(node: Node, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every argument of a type, however deep, by path."""
    for name, child in (node.children or {}).items():
        yield (*above, name), child
        yield from arguments(child, (*above, name))


def tree(token: str) -> Node:
    """What the catalogue knows of a type."""
    entry = CATALOGUE.look_up(token)
    assert entry is not None
    return entry.tree


@pytest.mark.parametrize("token", JUDGED)
def test_an_argument_that_is_mail_by_its_name_is_judged(token: str) -> None:
    unjudged = [
        ".".join(path)
        for path, node in arguments(tree(token))
        if MAIL.search(path[-1])
        and not NO_MAIL.search(path[-1])
        and (token, ".".join(path)) != SUPPRESSED
        and not (node.constraints or any(True for _ in node.below()))
    ]
    assert unjudged == []


def shape(node: Node) -> tuple[object, ...]:
    """The names in an object, however deep."""
    return tuple(sorted((name, shape(child)) for name, child in (node.children or {}).items()))


def judged(node: Node) -> list[tuple[str, str]]:
    """How what is in an object is judged."""
    return sorted((each.path.rpartition(".")[2], each.check) for each in node.below())


def pairs(node: Node) -> Iterator[tuple[str, str]]:
    """The arguments of one shape in one object of which only one is judged, that one first."""
    for _, holder in [((), node), *arguments(node)]:
        objects = {name: child for name, child in (holder.children or {}).items() if child.children}
        for name, child in objects.items():
            for other, twin in objects.items():
                if judged(child) and not (judged(twin) or twin.constraints) and shape(child) == shape(twin):
                    yield name, other


@pytest.mark.parametrize("token", sorted(CATALOGUE.constrained))
def test_an_older_name_of_an_argument_is_judged_as_the_newer_one_is(token: str) -> None:
    assert [each for each in pairs(tree(token)) if (token, *each) not in APART] == []
