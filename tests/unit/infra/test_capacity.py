"""How sizes follow from users: every number by hand for production, the least for a thousand people, and the page."""

import re
from math import ceil

import pytest
from pydantic import ValidationError

from boundary import load_boundary
from boundary.load import first_problem
from infra.capacity import Assumptions, Capacity, exceeded_limit
from infra.config import StackConfig
from tests.documents.capacity import result_names
from tests.unit.infra.recording import STACKS, configured

PRODUCTION = Capacity(170_000_000, 2)
LEAST = Capacity(1_000, 1)


@pytest.mark.parametrize("field", Assumptions.model_fields)
def test_every_assumption_says_its_unit_and_where_it_comes_from(field: str) -> None:
    info = Assumptions.model_fields[field]
    assert info.description
    assert isinstance(info.json_schema_extra, dict)
    assert info.json_schema_extra["unit"]
    assert re.fullmatch(r"assumption|https://\S+", str(info.json_schema_extra["source"]))


def test_production_asks_half_a_million_requests_a_second() -> None:
    views_a_day = 170_000_000 * 0.484 * 52 * 4
    assert pytest.approx(views_a_day / 86_400 * 2.5) == PRODUCTION.requests_per_second
    assert pytest.approx(views_a_day * 5) == PRODUCTION.events_a_day
    assert pytest.approx(views_a_day * 5 * 200 * 396) == PRODUCTION.raw_bytes
    assert round(PRODUCTION.requests_per_second) == 495_204


def test_production_has_as_many_machines_as_the_load_needs_with_headroom() -> None:
    requests = PRODUCTION.requests_per_second / 0.6
    assert PRODUCTION.serving_nodes_most == ceil(requests / 100 / 64) == 129
    assert PRODUCTION.serving_nodes == 65
    assert (PRODUCTION.gpu_shape.name, PRODUCTION.gpu_nodes_most) == ("BM.GPU.L40S-NC.4", ceil(requests / 2_000 / 4))
    assert PRODUCTION.gateway_nodes == ceil(requests / 20_000)
    gpus = PRODUCTION.events_a_day / 1e9 * 20 * 4 / 24 / 0.7
    assert (PRODUCTION.training_shape.name, PRODUCTION.training_nodes) == ("BM.GPU.H100.8", ceil(gpus / 8))
    assert PRODUCTION.training_shape.has_rdma


def test_as_many_load_balancers_as_their_most_bandwidth_asks_for() -> None:
    assert PRODUCTION.load_balancers == ceil(PRODUCTION.edge_bandwidth_mbps / 8_000) == 15
    assert PRODUCTION.balancer_mbps <= 8_000
    assert PRODUCTION.balancer_mbps * PRODUCTION.load_balancers >= PRODUCTION.edge_bandwidth_mbps
    assert PRODUCTION.balancer_reserved_mbps * 4 <= PRODUCTION.balancer_mbps


def test_what_stands_alone_bears_everybody() -> None:
    alone = Capacity(170_000_000, 1)
    assert alone.serving_nodes == PRODUCTION.serving_nodes_most
    assert alone.kafka_brokers == PRODUCTION.kafka_brokers
    assert alone.edge_bandwidth_mbps == PRODUCTION.edge_bandwidth_mbps


def test_a_thousand_people_get_the_least_that_the_services_have() -> None:
    assert (LEAST.balancer_mbps, LEAST.balancer_reserved_mbps, LEAST.load_balancers) == (10, 10, 1)
    assert (LEAST.cache_node_memory_gb, LEAST.cache_nodes, LEAST.cache_shards) == (2, 1, 0)
    assert (LEAST.kafka_brokers, LEAST.kafka_broker_storage_gb, LEAST.kafka_partitions) == (1, 50, 1)
    assert (LEAST.lustre_capacity_gb, LEAST.lustre_mbps_per_tb) == (31_200, 125)
    assert (LEAST.serving_nodes, LEAST.serving_node_ocpus, LEAST.gpu_nodes, LEAST.training_nodes) == (1, 1, 1, 1)
    assert LEAST.gpu_shape.name == LEAST.training_shape.name == "VM.GPU.A10.1"
    assert (LEAST.postgres_ocpus, LEAST.postgres_nodes, LEAST.search_nodes, LEAST.spark_executors) == (2, 1, 1, 1)


@pytest.mark.parametrize("users", [10_000, 1_000_000, 170_000_000])
def test_from_ten_thousand_people_on_nothing_hangs_on_one_machine(users: int) -> None:
    it = Capacity(users, 2)
    machines = (it.kafka_brokers, it.cache_nodes, it.postgres_nodes, it.search_nodes, it.gateway_nodes)
    assert min(machines) >= 3


@pytest.mark.parametrize("name", result_names())
def test_more_people_never_get_less(name: str) -> None:
    if name in {"cache_node_memory_gb", "gpu_nodes", "gpu_nodes_most", "training_nodes", "lustre_mbps_per_tb"}:
        return  # more shards, larger machines, a larger file system: another unit takes over
    if name in {"balancer_mbps", "balancer_reserved_mbps", "kafka_broker_storage_gb", "search_storage_gb"}:
        return
    sizes = [getattr(Capacity(users, 2), name) for users in (1, 10**3, 10**4, 10**6, 10**7, 10**8, 170 * 10**6)]
    if not isinstance(sizes[0], int | float):
        assert sizes[0].gpus <= sizes[-1].gpus
    else:
        assert sizes == sorted(sizes)


@pytest.mark.parametrize("users", [10**n for n in range(8)] + [170_000_000])
def test_a_file_system_has_a_size_that_the_service_has(users: int) -> None:
    size = Capacity(users).lustre_capacity_gb
    assert size >= 31_200
    steps = (size - 31_200) / 10_400 if size <= 124_800 else (size - 124_800) / 41_600
    assert steps == int(steps)


def test_a_large_file_system_grows_in_large_steps() -> None:
    assert Capacity(170_000_000, 2, Assumptions(training_days=32)).lustre_capacity_gb == 124_800 + 3 * 41_600


@pytest.mark.parametrize("users", [10**n for n in range(9)])
def test_a_cache_has_an_odd_number_of_shards_within_its_limits(users: int) -> None:
    it = Capacity(users)
    assert it.cache_shards == 0 or (it.cache_shards >= 3 and it.cache_shards % 2 == 1)
    assert 2 <= it.cache_node_memory_gb <= 500


@pytest.mark.parametrize("stack", STACKS)
def test_every_stack_fits_oracles_limits(stack: str) -> None:
    config = configured(stack)
    assert exceeded_limit(Capacity(config["stateside:users"], len(config["stateside:regions"]))) is None


def test_a_limit_that_would_not_hold_stops_the_stack() -> None:
    config = {key.removeprefix("stateside:"): value for key, value in configured("us-prod").items()}
    with pytest.raises(ValidationError) as refused:
        StackConfig.model_validate({**config, "users": 300_000_000}, context=load_boundary())
    assert first_problem(refused.value).endswith(
        "users: 300000000 people would need 44 Kafka brokers in a cluster, and the most is 30; "
        "change an assumption under capacity"
    )


def test_a_shard_that_no_node_can_hold_stops_the_stack() -> None:
    large = Capacity(170_000_000, 2, Assumptions.model_validate({"cacheShardGb": 10_000}))
    assert (exceeded_limit(large) or "").endswith("GB of memory in a cache node, and the most is 500")


def test_a_stack_overrides_an_assumption_by_its_name() -> None:
    assumptions = Assumptions.model_validate({"minutesADay": 104})
    assert Capacity(170_000_000, 2, assumptions).events_a_day == 2 * PRODUCTION.events_a_day


@pytest.mark.parametrize("wrong", [{"dailyShare": 1.5}, {"dailyShare": 0}, {"minutesADay": -1}, {"usres": 1}])
def test_an_assumption_that_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        Assumptions.model_validate(wrong)


def test_the_pods_fit_their_subnet() -> None:
    plan = load_boundary().addresses
    network, subnet = next(iter(plan.networks)), next(iter(plan.subnets))
    there = plan.subnet_range("us-prod", "us-ashburn-1", network, subnet).num_addresses - 3
    assert PRODUCTION.serving_pods <= there
