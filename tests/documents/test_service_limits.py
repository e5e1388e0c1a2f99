"""The page of service limits counts what the program declares."""

from pathlib import Path

import pytest

from boundary import BoundaryError
from boundary.load import read_model
from tests.documents.machines import machines
from tests.documents.service_limits import Limit, Limits, limits, needs, text
from tests.unit.infra.recording import recorded

PRODUCTION = recorded("us-prod")


def limit(service: str, words: str) -> Limit:
    return next(each for each in limits().limits if each.service == service and words in each.limit)


def test_a_limit_of_a_region_is_counted_for_each() -> None:
    streams = [each for each in PRODUCTION.of("Stream") if "-iad-" in each.name]
    assert needs(limit("Streaming", "partitions"), PRODUCTION) == {
        "iad": sum(int(each.inputs["partitions"]) for each in streams),
        "phx": sum(int(each.inputs["partitions"]) for each in streams),
    }


def test_statements_are_counted_over_all_policies() -> None:
    statements = [text for each in PRODUCTION.of("Policy") for text in each.inputs["statements"]]
    assert needs(limit("Identity", "statements"), PRODUCTION) == {"": len(statements)}


def test_what_two_paths_say_is_multiplied() -> None:
    pools = PRODUCTION.of("Pool")
    most = sum(
        int(each["max"] * each["shapeConfig"]["ocpus"]) for pool in pools for each in pool.inputs["configurations"]
    )
    assert needs(limit("Data Flow", "OCPUs"), PRODUCTION) == {"": most}


def test_a_vault_counts_against_the_limit_of_its_kind_alone() -> None:
    assert needs(limit("Key Management", "private"), PRODUCTION) == {"iad": 1, "phx": 1}
    assert needs(limit("Key Management", "virtual"), PRODUCTION) == {}


def test_workers_of_a_cluster_network_lie_in_one_domain_and_those_of_a_pool_in_three() -> None:
    by_name = {each.name: each for each in machines(PRODUCTION)}
    (workers,) = PRODUCTION.one("ClusterNetwork").inputs["instancePools"]
    assert by_name["training-workers-iad"].gpus == 8 * workers["size"]
    assert by_name["nodes-iad-gpu"].gpus == 4 * -(
        -PRODUCTION.one("NodePool", "iad-gpu").inputs["nodeConfigDetails"]["size"] // 3
    )


def test_what_exceeds_the_default_is_listed_first_with_its_number() -> None:
    raised, within, _ = text().split("\n## ")[1:]
    assert "| Key Management | private vaults | region | on request | 1 | — | 1 |" in raised
    assert "| Networking | VCNs |" in within
    assert "| Networking | VCNs |" not in raised


def test_a_row_that_counts_two_things_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "limits.yaml"
    file.write_text(
        "source: s\nread: r\n"
        "limits: [{service: A, limit: b, scope: region, default: 1, counts: Core/vcn, machines: VM}]\n"
    )
    with pytest.raises(BoundaryError, match="A, b: name either `counts` or `machines`"):
        read_model(file, Limits)
