"""One call to the services: tried again where a client would, given up where it would, and replies that are lost."""

from collections.abc import Callable

import pytest

from rehearsal.doors.provider.calls import call
from rehearsal.doors.provider.configuration import Configuration
from rehearsal.doors.replies import LostReplyError
from rehearsal.world import FaultKind, ServiceError, World, bring_back, order, take_down
from tests.unit.world.small import ASHBURN, PHOENIX, POLICY, VCN, tenancy

OPERATIONS = ["create", "read", "update", "delete"]


def here(world: World, region: str = ASHBURN) -> Configuration:
    """A provider of ours."""
    return Configuration(tenancy(world), region)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept, instead of sleeping."""
    slept: list[float] = []
    monkeypatch.setattr("rehearsal.doors.provider.calls.time.sleep", slept.append)
    return slept


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> str:
        self.done += 1
        return "result"


@pytest.fixture
def work() -> Work:
    return Work()


def test_a_call_without_a_fault_is_made_once(world: World, pauses: list[float], work: Work) -> None:
    assert call(world, here(world), VCN, "create", work) == "result"
    assert (work.done, pauses) == (1, [])


@pytest.mark.parametrize("kind", [FaultKind.TOO_MANY_REQUESTS, FaultKind.INTERNAL_ERROR])
def test_a_passing_error_is_tried_again_after_growing_pauses(
    world: World, pauses: list[float], work: Work, kind: FaultKind
) -> None:
    order(world, kind, times=5)
    assert call(world, here(world), VCN, "create", work) == "result"
    assert work.done == 1
    assert pauses == sorted(pauses)
    assert len(set(pauses)) == 5


def test_a_lasting_error_is_given_up_and_the_work_is_never_done(world: World, pauses: list[float], work: Work) -> None:
    order(world, FaultKind.TOO_MANY_REQUESTS, times=6)
    with pytest.raises(ServiceError, match="429-TooManyRequests"):
        call(world, here(world), VCN, "create", work)
    assert (work.done, len(pauses)) == (0, 5)


def test_missing_capacity_is_not_tried_again(world: World, pauses: list[float], work: Work) -> None:
    order(world, FaultKind.OUT_OF_CAPACITY)
    with pytest.raises(ServiceError, match="500-OutOfHostCapacity"):
        call(world, here(world), VCN, "create", work)
    assert (work.done, pauses) == (0, [])
    assert call(world, here(world), VCN, "create", work) == "result"


def test_what_the_services_refuse_is_not_tried_again(world: World, pauses: list[float]) -> None:
    tries = []

    def refuse() -> None:
        tries.append(1)
        raise ServiceError(409, "Conflict", "taken")

    with pytest.raises(ServiceError, match="409-Conflict, taken"):
        call(world, here(world), VCN, "create", refuse)
    assert (len(tries), pauses) == (1, [])


def test_a_lost_reply_loses_the_reply_and_not_the_work(world: World, pauses: list[float], work: Work) -> None:
    order(world, FaultKind.LOST_REPLY)
    with pytest.raises(LostReplyError, match="the reply to create was lost"):
        call(world, here(world), VCN, "create", work)
    assert work.done == 1


def test_a_slow_call_takes_its_time_and_is_made(world: World, pauses: list[float], work: Work) -> None:
    order(world, FaultKind.SLOW, seconds=7)
    assert call(world, here(world), VCN, "create", work) == "result"
    assert (work.done, pauses) == (1, [7.0])


def test_only_calls_that_an_order_names_are_struck(world: World, pauses: list[float], work: Work) -> None:
    order(world, FaultKind.OUT_OF_CAPACITY, type="*Instance", operation="create")
    made: list[Callable[[], str]] = [lambda: call(world, here(world), VCN, "create", work)]
    made.append(lambda: call(world, here(world), "oci:Core/instance:Instance", "delete", work))
    assert [one() for one in made] == ["result", "result"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_region_that_is_down_does_nothing_until_it_is_back(
    world: World, pauses: list[float], work: Work, operation: str
) -> None:
    take_down(world, ASHBURN)
    for _ in range(2):
        with pytest.raises(ServiceError, match="503-ServiceUnavailable, The service is currently unavailable"):
            call(world, here(world), VCN, operation, work)
    assert (work.done, len(pauses)) == (0, 10)
    bring_back(world, ASHBURN)
    assert call(world, here(world), VCN, operation, work) == "result"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_other_region_goes_on_without_it(world: World, pauses: list[float], work: Work, operation: str) -> None:
    take_down(world, ASHBURN)
    assert call(world, here(world, PHOENIX), VCN, operation, work) == "result"


@pytest.mark.parametrize(("operation", "goes_on"), [("create", False), ("read", True), ("update", False)])
def test_without_the_home_region_iam_is_read_everywhere_and_changed_nowhere(
    world: World, pauses: list[float], work: Work, operation: str, goes_on: bool
) -> None:
    take_down(world, tenancy(world).home)
    try:
        assert call(world, here(world, PHOENIX), POLICY, operation, work) == "result"
    except ServiceError as error:
        assert error.status == 503
    assert bool(work.done) is goes_on


def test_a_region_that_comes_back_between_two_tries_is_not_missed(
    world: World, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    take_down(world, ASHBURN)
    monkeypatch.setattr("rehearsal.doors.provider.calls.time.sleep", lambda _: bring_back(world, ASHBURN))
    assert call(world, here(world), VCN, "create", work) == "result"
