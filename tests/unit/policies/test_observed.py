"""Outputs: what the service fills in is no decision, and what somebody changed elsewhere is judged in its place."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policies.core import UNKNOWN, Plain, Secret
from policies.core.observed import differing, standing
from policies.pack import Pack
from tests.policies.builder import PRIVATE, lane, resource
from tests.unit.policies.readers import READERS

BUCKET = "oci:ObjectStorage/bucket:Bucket"
ADDRESS = "oci:Core/publicIp:PublicIp"
INSTANCE = "oci:Core/instance:Instance"
CONNECTOR = "oci:Sch/connector:Connector"
BACKUPS = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"

RULES = [{"destination": "0.0.0.0/0", "networkEntityId": "a"}, {"destination": "10.128.0.0/9", "networkEntityId": "b"}]


@pytest.mark.parametrize(
    ("declared", "found", "differs"),
    [
        # The same in the provider's words.
        ("x", "x", None),
        ("NoPublicAccess", "NOPUBLICACCESS", None),
        (5.0, "5", None),
        (1.5, "1.5", None),
        ("true", True, None),
        (True, "True", None),
        (Secret("x"), "x", None),
        ("x", Secret("x"), None),
        (Secret({"a": "x"}), Secret({"a": "X"}), None),
        (["a", "b"], ["b", "a"], None),
        ("a", ["a"], None),
        (RULES, [{**RULES[1], "description": ""}, {**RULES[0], "routeType": ""}], None),
        ([{"a": "x"}, {"a": "x", "b": "y"}], [{"a": "x"}, {"a": "x", "b": "y", "c": ""}], None),
        ({"a": 1.0}, {"a": 1.0, "b": "", "c": [], "d": {}, "e": None, "f": False, "g": 0.0}, None),
        # Nobody knows, or nothing is there.
        ("x", UNKNOWN, None),
        ("x", Secret(UNKNOWN), None),
        ("x", None, None),
        ("x", "", None),
        (["x"], [], None),
        ({"a": "x"}, {}, None),
        (None, False, None),
        (None, {"a": "", "b": [{"c": 0.0}]}, None),
        (UNKNOWN, UNKNOWN, None),
        # Drift.
        ("NoPublicAccess", "ObjectRead", "ObjectRead"),
        (True, False, False),
        (30.0, 0.0, 0.0),
        (1.5, 1.0, 1.0),
        (None, "None", "None"),
        (None, "ObjectRead", "ObjectRead"),
        (None, True, True),
        ("x", Secret("y"), Secret("y")),
        (["a", "b"], ["b", "a", "c"], [None, None, "c"]),
        ({"a": {"b": "x"}}, {"a": {"b": "y", "c": ""}}, {"a": {"b": "y"}}),
        (RULES, [{**RULES[1]}, {**RULES[0], "networkEntityId": "z"}], [None, {"destination": "0.0.0.0/0",
         "networkEntityId": "z"}]),
        (RULES, [RULES[0], {**RULES[1], "routeType": "STATIC"}], [None, {"routeType": "STATIC"}]),
        (RULES, [{**RULES[1], "routeType": "STATIC"}, RULES[0]], [{"routeType": "STATIC"}, None]),
        (RULES[:1], [{**RULES[0], "networkEntityId": "z"}], [{"networkEntityId": "z"}]),
        ([{"a": "x"}], ["y"], ["y"]),
        ("x", {"a": "y"}, {"a": "y"}),
    ],
)  # fmt: skip
def test_what_differs_is_what_was_found_and_not_declared(declared: Plain, found: Plain, differs: Plain) -> None:
    expected = {} if differs is None else {"it": differs}
    assert differing({"it": found}, {} if declared is None else {"it": declared}) == expected


@pytest.mark.parametrize(
    ("declared", "found", "stands"),
    [
        ("x", "y", "y"),
        ("x", None, "x"),
        ("x", UNKNOWN, "x"),
        (UNKNOWN, UNKNOWN, UNKNOWN),
        (None, UNKNOWN, None),
        (None, Secret(UNKNOWN), None),
        (Secret("x"), Secret(UNKNOWN), Secret("x")),
        ("x", Secret(UNKNOWN), Secret("x")),
        (Secret({"a": "x"}), Secret({"a": "y", "b": UNKNOWN}), Secret({"a": "y"})),
        (["a", UNKNOWN], UNKNOWN, ["a", UNKNOWN]),
        (["a"], ["b", UNKNOWN], ["a"]),
        (None, ["a", UNKNOWN], ["a"]),
        (None, [UNKNOWN], None),
        ({"a": "x"}, {"a": "y", "b": UNKNOWN}, {"a": "y"}),
        ({"a": UNKNOWN}, {"a": UNKNOWN, "b": UNKNOWN}, {"a": UNKNOWN}),
        ({"a": UNKNOWN, "c": "x"}, {"a": UNKNOWN}, {"a": UNKNOWN, "c": "x"}),
        ({"a": {"c": "x"}}, {"a": {"c": UNKNOWN, "d": UNKNOWN}, "e": "z"}, {"a": {"c": "x"}, "e": "z"}),
        (Secret({"a": "x"}), Secret({"a": "x", "b": UNKNOWN}), Secret({"a": "x"})),
        (None, {"a": UNKNOWN}, None),
        ([{"a": "x"}], [{"a": "x", "b": UNKNOWN}], [{"a": "x"}]),
    ],
)
def test_what_stands_is_what_was_found_and_where_that_is_not_known_what_was_declared(
    declared: Plain, found: Plain, stands: Plain
) -> None:
    before = resource(BUCKET, {"name": "b"} if declared is None else {"name": "b", "it": declared})
    after = standing(replace(before, observed={"it": found}))
    assert after.properties == {"name": "b"} | ({} if stands is None else {"it": stands})


DRIFT: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any], set[tuple[str, str]]]] = {
    "a public bucket": (
        BUCKET,
        {"namespace": "ourspace", "name": "b", "accessType": "NoPublicAccess"},
        {"namespace": "ourspace", "name": "b", "accessType": "ObjectRead"},
        {("exposure", "accessType")},
    ),
    "a public bucket of which nobody said anything": (
        BUCKET,
        {"namespace": "ourspace", "name": "b"},
        {"namespace": "ourspace", "name": "b", "accessType": "ObjectRead"},
        {("exposure", "accessType")},
    ),
    "a backup abroad among others": (
        BACKUPS,
        {"schedules": [{"period": "ONE_DAY"}], "destinationRegion": "us-phoenix-1"},
        {"schedules": [{"period": "ONE_DAY", "hourOfDay": 0}], "destinationRegion": "eu-madrid-1"},
        {("backup-copy", "destinationRegion")},
    ),
    "a name of a place abroad": (
        INSTANCE,
        {**PRIVATE, "metadata": {"sink": "here"}},
        {**PRIVATE, "metadata": {"sink": "https://x.eu-madrid-1.example"}},
        {("foreign-region", "metadata.sink")},
    ),
    "a public address": (
        INSTANCE,
        PRIVATE,
        {"createVnicDetails": {"assignPublicIp": "true", "displayName": "it", "nsgIds": []}},
        {("public-address", "createVnicDetails.assignPublicIp")},
    ),
    "a secret": (
        INSTANCE,
        {**PRIVATE, "metadata": Secret({"a": "x"})},
        {**PRIVATE, "metadata": Secret({"a": "eu-madrid-1"})},
        {("foreign-region", "metadata")},
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("what", DRIFT)
def test_drift_is_judged_in_the_place_of_the_argument_by_every_reader(
    pack: Pack, tmp_path: Path, reader: str, what: str
) -> None:
    token, inputs, outputs, expected = DRIFT[what]
    assert {rule for rule, _ in READERS[reader](pack, tmp_path, token, inputs, inputs)} <= {"flow"}
    found = {(rule, line.split(": ")[0].split(", ")[1]) for rule, line in
             READERS[reader](pack, tmp_path, token, inputs, outputs) if rule != "flow"}  # fmt: skip
    assert found == expected


@pytest.mark.parametrize("reader", READERS)
def test_drift_that_a_lane_is_open_for_is_excepted(pack_with: Any, tmp_path: Path, reader: str) -> None:
    token, inputs, outputs, _ = DRIFT["a backup abroad among others"]
    pack = pack_with(lane("backup-copy", f"{token}::it"))
    assert {rule for rule, _ in READERS[reader](pack, tmp_path, token, inputs, outputs)} <= {"lane", "flow"}


@pytest.mark.parametrize("reader", READERS)
def test_what_a_service_fills_in_for_what_was_declared_is_no_drift(pack: Pack, tmp_path: Path, reader: str) -> None:
    inputs = {"compartmentId": "c", "lifetime": "RESERVED"}
    taken = {**inputs, "privateIpId": "ocid1.privateip.oc1.iad.a"}
    assert READERS[reader](pack, tmp_path, ADDRESS, inputs, taken) == set()
    assert {rule for rule, _ in READERS[reader](pack, tmp_path, ADDRESS, taken, taken)} == {"public-address"}
    abroad = {**inputs, "privateIpId": "ocid1.privateip.oc1.eu-madrid-1.a"}
    assert {rule for rule, _ in READERS[reader](pack, tmp_path, ADDRESS, inputs, abroad)} == {"foreign-region"}


@pytest.mark.parametrize("reader", READERS)
def test_what_the_service_computes_is_swept_in_files_alone(pack: Pack, tmp_path: Path, reader: str) -> None:
    """Of what it computes, only arguments are judged in a run, which that would stop when everything is made."""
    outputs = {**DRIFT["a public bucket"][1], "endpoint": "https://x.eu-madrid-1.example"}
    found = READERS[reader](pack, tmp_path, BUCKET, DRIFT["a public bucket"][1], outputs)
    assert {rule for rule, _ in found} == (set() if reader == "engine" else {"foreign-region"})


@pytest.mark.parametrize("reader", READERS)
def test_what_a_service_fills_in_is_not_known_in_a_preview_and_no_decision(
    pack: Pack, tmp_path: Path, reader: str
) -> None:
    source, target = {"kind": "logging"}, {"kind": "objectStorage", "bucket": "logs"}
    filled = {"source": {**source, "pluginName": UNKNOWN, "configMap": UNKNOWN}, "displayName": UNKNOWN}
    outputs = {**filled, "target": {**target, "namespace": UNKNOWN, "topicId": UNKNOWN}, "id": UNKNOWN}
    inputs = {"source": source, "target": target}
    assert READERS[reader](pack, tmp_path, CONNECTOR, inputs, outputs) == set()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("found", [UNKNOWN, None, [], "us-phoenix-1"])
def test_what_decides_and_is_not_known_stays_a_violation_whatever_the_outputs_say(
    pack: Pack, tmp_path: Path, reader: str, found: Plain
) -> None:
    outputs = {"destinationRegion": found, "schedules": UNKNOWN}
    rules = {rule for rule, _ in READERS[reader](pack, tmp_path, BACKUPS, {"destinationRegion": UNKNOWN}, outputs)}
    assert "backup-copy" in rules
