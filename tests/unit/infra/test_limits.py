"""What `pulumi up` against Oracle would refuse, and a rehearsal might not: values, lengths, numbers, combinations.

The bounds are data: `limits.yaml` and `allowed_values.yaml`, each with its source. Nothing is asserted of an argument
that the program doesn't declare, and a bound on one that it no longer declares fails.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.infra.provider_docs import docstring, token
from tests.unit.infra.recording import STACKS, Declared, recorded

_HERE = Path(__file__).parent
LIMITS: list[dict[str, Any]] = yaml.safe_load((_HERE / "limits.yaml").read_text(encoding="utf-8"))
ALLOWED: dict[str, dict[str, list[str]]] = yaml.safe_load((_HERE / "allowed_values.yaml").read_text(encoding="utf-8"))
VALUES = [(type, path, allowed) for type, paths in ALLOWED.items() for path, allowed in paths.items()]

HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "least": lambda value, bound: float(value) >= bound,
    "most": lambda value, bound: float(value) <= bound,
    "multiple_of": lambda value, bound: float(value) % bound == 0,
    "matches": lambda value, bound: re.fullmatch(bound, value) is not None,
    "one_of": lambda value, bound: value in bound,
    "at_least": lambda value, bound: len(value) >= bound,
    "at_most": lambda value, bound: len(value) <= bound,
}
BOUNDS = [(row["type"], row["path"], kind, row[kind]) for row in LIMITS for kind in HOLDS if kind in row]


@cache
def declared(type: str) -> tuple[Declared, ...]:
    """Every resource of a type, in every stack."""
    return tuple(each for stack in STACKS for each in recorded(stack).resources if each.type == token(type))


def found(value: Any, path: str) -> Iterator[Any]:
    """What an argument holds at a path: `rules[].action`."""
    name, _, rest = path.partition(".")
    listed = name.endswith("[]")
    inner = value.get(name.removesuffix("[]")) if isinstance(value, dict) else None
    for each in (inner or []) if listed else [inner]:
        if each is not None:
            yield from found(each, rest) if rest else (each,)


def everywhere(type: str, path: str) -> list[Any]:
    """The values of an argument in all stacks, of which there must be one."""
    values = [value for each in declared(type) for value in found(each.inputs, path)]
    assert values, f"the program declares no {path} of {type}: remove its row"
    return values


@pytest.mark.parametrize(("type", "path", "allowed"), VALUES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_value_is_one_that_oracle_takes(type: str, path: str, allowed: list[str]) -> None:
    assert set(everywhere(type, path)) <= set(allowed)


@pytest.mark.parametrize(("type", "path", "kind", "bound"), BOUNDS, ids=lambda each: str(each)[:40])
def test_a_value_is_within_oracles_bounds(type: str, path: str, kind: str, bound: Any) -> None:
    assert [value for value in everywhere(type, path) if not HOLDS[kind](value, bound)] == []


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row['type']}-{row['path']}")
def test_a_bound_is_cited_and_what_is_quoted_is_there(row: dict[str, Any]) -> None:
    if "says" in row:
        assert row["says"] in docstring(row["type"], row["path"])
    else:
        assert row["source"].startswith("https://docs.oracle.com/")


def test_no_value_that_looks_chosen_from_a_list_is_unchecked() -> None:
    checked = {(token(type), path) for type, path, _ in VALUES} | {(token(row["type"]), row["path"]) for row in LIMITS}
    unchecked = {
        (each.type, path, value)
        for stack in STACKS
        for each in recorded(stack).resources
        if each.type.startswith("oci:")
        for path, value in strings(each.inputs)
        if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Z]{4,}", value) and (each.type, path) not in checked
    }
    assert not unchecked


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an argument that is no name of somebody's own, with its path."""
    if isinstance(value, dict):
        for name, below in value.items():
            if not name.endswith(("Tags", "Attributes")) and name != "metadata":
                yield from strings(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for below in value:
            yield from strings(below, f"{path}[]")
    elif isinstance(value, str):
        yield path, value


SETTINGS = ("Identity/domainsAuthenticationFactorSetting", "Identity/domainsPasswordPolicy")


def test_settings_of_the_identity_domain_are_in_the_ranges_of_their_docstrings() -> None:
    seen = 0
    for type in SETTINGS:
        for each in declared(type):
            for path, value in numbers(each.inputs):
                for name, holds in (("idcsMinValue", float.__ge__), ("idcsMaxValue", float.__le__)):
                    if bound := re.search(rf"{name}: (\d+)", docstring(type, path)):
                        assert holds(value, float(bound[1])), (path, value, bound[0])
                        seen += 1
    assert seen


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number in an argument, with its path."""
    for name, below in value.items():
        here = f"{path}.{name}" if path else name
        if isinstance(below, dict):
            yield from numbers(below, here)
        elif isinstance(below, int | float) and not isinstance(below, bool):
            yield here, float(below)


# The most of what is limited together. Statements: from the root compartment down to any leaf,
# https://docs.oracle.com/iaas/Content/Identity/policymgmt/policy-limits-compartment-hierarchy.htm; rules of a group:
# https://docs.oracle.com/iaas/Content/Network/Concepts/networksecuritygroups.htm.
MOST_STATEMENTS, MOST_RULES = 500, 120


@pytest.mark.parametrize("stack", STACKS)
def test_statements_and_rules_are_not_more_than_oracle_takes_together(stack: str) -> None:
    program = recorded(stack)
    assert sum(len(each.inputs["statements"]) for each in program.of("Policy")) <= MOST_STATEMENTS
    rules = Counter(each.inputs["networkSecurityGroupId"] for each in program.of("NetworkSecurityGroupSecurityRule"))
    assert max(rules.values()) <= MOST_RULES


# Pairs of arguments, by type, that hold for each resource. Sources: the docstrings of the arguments; versions and
# retention, https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm.
TOGETHER: dict[str, Callable[[dict[str, Any]], bool]] = {
    "Core/vcn": lambda it: ("cidrBlock" in it) != ("cidrBlocks" in it),
    "Dns/zone": lambda it: it["scope"] == "GLOBAL" or it["zoneType"] == "PRIMARY",
    "HealthChecks/httpMonitor": lambda it: it["timeoutInSeconds"] <= it["intervalInSeconds"],
    "Kms/key": lambda it: (
        it["keyShape"]["length"] in {"AES": (16, 24, 32), "RSA": (256, 384, 512)}[it["keyShape"]["algorithm"]]
    ),
    "LoadBalancer/loadBalancer": lambda it: (
        it["shapeDetails"]["minimumBandwidthInMbps"] <= it["shapeDetails"]["maximumBandwidthInMbps"]
    ),
    "ObjectStorage/bucket": lambda it: not it.get("retentionRules") or it["versioning"] == "Disabled",
    "ObjectStorage/objectLifecyclePolicy": lambda it: all(
        (rule["target"] == "multipart-uploads") == (rule["action"] == "ABORT") for rule in it["rules"]
    ),
    "Psql/dbSystem": lambda it: (
        it["storageDetails"]["isRegionallyDurable"] == ("availabilityDomain" not in it["storageDetails"])
    ),
    "Sch/connector": lambda it: (
        it["target"]["kind"] != "notifications"
        or {each["logGroupId"] for each in it["source"]["logSources"]} == {"_Audit"}
    ),
    "Streaming/stream": lambda it: ("compartmentId" in it) != ("streamPoolId" in it),
}


@pytest.mark.parametrize("type", TOGETHER)
def test_arguments_fit_together(type: str) -> None:
    assert declared(type)
    assert [each.urn for each in declared(type) if not TOGETHER[type](each.inputs)] == []
