"""Machines that Oracle runs in a network of its own, which reaches the internet."""

from typing import Any

import pytest

from policies.core import UNKNOWN
from policies.flow.builders.managed import managed
from policies.flow.graph import Node
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Sample

SESSION, STAGE, JOB = "DataScience/notebookSession", "DevOps/buildPipelineStage", "DataScience/job"


def kind_of_job(of: object) -> dict[str, Any]:
    return {"jobInfrastructureConfigurationDetails": {"jobInfrastructureType": of}}


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        (SESSION, {"displayName": "s"}, "default networking of the session"),
        (SESSION, {"notebookSessionConfigDetails": {"shape": "VM"}}, "default networking of the session"),
        (SESSION, {"notebookSessionConfigDetails": {"subnetId": "ocid1.subnet.oc1..a"}}, None),
        (SESSION, {"notebookSessionConfigDetails": {"subnetId": UNKNOWN}}, None),
        (JOB, kind_of_job("ME_STANDALONE"), "default networking of the job"),
        (JOB, kind_of_job("STANDALONE"), None),
        # What isn't known, or not said, may be such a machine.
        (JOB, kind_of_job(UNKNOWN), "default networking of the job"),
        (JOB, {"displayName": "j"}, "default networking of the job"),
        (STAGE, {"buildPipelineStageType": "BUILD"}, "managed build container"),
        (STAGE, {"buildPipelineStageType": "DELIVER_ARTIFACT"}, None),
        (STAGE, {"buildPipelineStageType": "BUILD", "privateAccessConfig": {"subnetId": "ocid1.subnet.oc1..a"}}, None),
        ("Core/instance", {"displayName": "m"}, None),
    ],
)
def test_a_machine_of_oracles_reaches_the_internet_unless_it_has_a_subnet_of_ours(
    kind: str, properties: dict[str, Any], words: str | None
) -> None:
    built = Built(Sample().add(kind, "it", **properties), managed)
    if words is None:
        assert built.edges == set()
        return
    it = built.resources["it"]
    assert built.edges == {f"{built.site.stack.words(it)} → {words}", f"{words} → internet"}
    assert built.node(words) == Node(words, urn=it.urn)
    assert built.node("internet").outside


def test_each_machine_reaches_it_by_its_own_network() -> None:
    stack = Sample().add(SESSION, "a", displayName="a").add(SESSION, "b", displayName="b")
    built = Built(stack, managed)
    assert [node.urn.rpartition("::")[2] for node in built.graph.nodes if node.words.startswith("default")] == [
        "a",
        "b",
    ]
