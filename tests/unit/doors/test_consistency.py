"""A provider waits for IAM where its own process changed it, or where processes tell each other, and nowhere else."""

from collections.abc import Callable

import pytest

from rehearsal.doors.provider import consistency
from rehearsal.doors.provider.calls import call
from rehearsal.doors.provider.configuration import Configuration
from rehearsal.doors.provider.consistency import VARIABLE, WINDOW_S
from rehearsal.world import ServiceError, World
from tests.unit.world.small import ASHBURN, BUCKET, COMPARTMENT, PHOENIX, POLICY, VCN, tenancy

PASSING = [
    (404, "NotAuthorizedOrNotFound"),
    (400, "RelatedResourceNotAuthorizedOrNotFound"),
    (400, "InsufficientServicePermissions"),
    (400, "ResourceDisabled"),
    (409, "NotAuthorizedOrResourceAlreadyExists"),
]
LASTING = [(400, "InvalidParameter"), (409, "Conflict"), (404, "NotFound"), (400, "LimitExceeded")]


class Clock:
    """Goes on by what is slept, and by nothing else."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(consistency, "time", clock)
    monkeypatch.setattr(consistency, "_SHARED", consistency.Window())
    monkeypatch.delenv(VARIABLE, raising=False)
    return clock


@pytest.fixture
def process(world: World) -> Callable[..., Configuration]:
    """A provider's process: one for each region."""
    return lambda region=ASHBURN: Configuration(tenancy(world), region)


def refusing(status: int, code: str, times: int) -> Callable[[], str]:
    """Work that is refused so many times and done then."""
    left = [times]

    def work() -> str:
        if left[0]:
            left[0] -= 1
            raise ServiceError(status, code, "not yet")
        return "done"

    return work


def done() -> str:
    return "done"


@pytest.mark.parametrize(("status", "code"), PASSING)
def test_a_process_that_has_changed_iam_tries_again_until_it_is_there(
    world: World, clock: Clock, process: Callable[..., Configuration], status: int, code: str
) -> None:
    mine = process()
    call(world, mine, COMPARTMENT, "create", done)
    assert call(world, mine, BUCKET, "create", refusing(status, code, 9)) == "done"
    assert len(clock.slept) == 9
    assert clock.slept == sorted(clock.slept)


@pytest.mark.parametrize(("status", "code"), LASTING)
def test_what_iam_is_not_the_reason_of_is_not_tried_again(
    world: World, clock: Clock, process: Callable[..., Configuration], status: int, code: str
) -> None:
    mine = process()
    call(world, mine, COMPARTMENT, "create", done)
    with pytest.raises(ServiceError, match=code):
        call(world, mine, BUCKET, "create", refusing(status, code, 1))
    assert clock.slept == []


@pytest.mark.parametrize("type", [VCN, "oci:Identity/domainsGroup:DomainsGroup"])
def test_a_process_that_has_changed_nothing_of_iam_gives_up_at_once(
    world: World, clock: Clock, process: Callable[..., Configuration], type: str
) -> None:
    mine = process()
    call(world, mine, type, "create", done)
    call(world, mine, POLICY, "read", done)
    with pytest.raises(ServiceError, match="404"):
        call(world, mine, BUCKET, "create", refusing(*PASSING[0], 1))


def test_a_change_that_failed_opens_no_window(
    world: World, clock: Clock, process: Callable[..., Configuration]
) -> None:
    mine = process()
    with pytest.raises(ServiceError, match="Conflict"):
        call(world, mine, COMPARTMENT, "create", refusing(409, "Conflict", 1))
    with pytest.raises(ServiceError, match="404"):
        call(world, mine, BUCKET, "create", refusing(*PASSING[0], 1))


def test_the_process_of_the_other_region_gives_up_at_once(
    world: World, clock: Clock, process: Callable[..., Configuration]
) -> None:
    home, other = process(), process(PHOENIX)
    call(world, home, COMPARTMENT, "create", done)
    with pytest.raises(ServiceError, match="404"):
        call(world, other, BUCKET, "create", refusing(*PASSING[0], 1))


@pytest.mark.parametrize(("value", "shares"), [("file,/any", True), ("FILE,/any", True), ("inprocess", False)])
@pytest.mark.usefixtures("clock")
def test_processes_that_share_a_file_wait_for_each_others_changes(
    world: World, process: Callable[..., Configuration], monkeypatch: pytest.MonkeyPatch, value: str, shares: bool
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    home, other = process(), process(PHOENIX)
    call(world, home, COMPARTMENT, "create", done)
    try:
        assert call(world, other, BUCKET, "create", refusing(*PASSING[0], 3)) == "done"
    except ServiceError:
        assert not shares
    else:
        assert shares


def test_it_gives_up_when_the_window_ends(world: World, clock: Clock, process: Callable[..., Configuration]) -> None:
    mine = process()
    call(world, mine, COMPARTMENT, "create", done)
    with pytest.raises(ServiceError, match="404"):
        call(world, mine, BUCKET, "create", refusing(*PASSING[0], 10_000))
    assert sum(clock.slept) == pytest.approx(WINDOW_S)


def test_a_later_change_keeps_the_window_open(
    world: World, clock: Clock, process: Callable[..., Configuration]
) -> None:
    mine = process()
    call(world, mine, COMPARTMENT, "create", done)
    clock.now += WINDOW_S - 1
    call(world, mine, POLICY, "update", done)
    clock.now += WINDOW_S - 1
    assert call(world, mine, BUCKET, "create", refusing(*PASSING[0], 1)) == "done"
