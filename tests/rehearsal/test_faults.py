"""What can go wrong at Oracle, on order: the engine sees it as it would there, and the next `up` converges."""

import pytest

from rehearsal.world import FaultKind, order, order_late_iam, order_late_states
from tests.rehearsal.conftest import SmallStack

pytestmark = pytest.mark.engine

VCN = "oci:Core/vcn:Vcn"


def vcns(small: SmallStack) -> int:
    return len([resource for resource in small.engine.made() if resource.type == VCN])


def converges(small: SmallStack) -> None:
    small.up()
    assert "6 unchanged" in small.up()
    assert vcns(small) == 1


@pytest.mark.parametrize("kind", [FaultKind.TOO_MANY_REQUESTS, FaultKind.INTERNAL_ERROR])
def test_a_passing_error_is_tried_again_and_a_lasting_one_is_shown(small: SmallStack, kind: FaultKind) -> None:
    order(small.engine.world, kind, type=VCN, operation="create", times=3)
    assert "6 created" in small.up()
    small.run("destroy", check=True)
    order(small.engine.world, kind, type=VCN, operation="create", times=6)
    failed = small.run("up", "--skip-preview")
    error = kind.error()
    assert failed.returncode
    assert error is not None
    assert f"{error.status}-{error.code}" in failed.stdout
    assert vcns(small) == 0
    converges(small)


def test_out_of_capacity_is_shown_at_once(small: SmallStack) -> None:
    order(small.engine.world, FaultKind.OUT_OF_CAPACITY, type=VCN, operation="create")
    failed = small.run("up", "--skip-preview")
    assert failed.returncode
    assert "500-OutOfHostCapacity, Out of host capacity." in failed.stdout
    converges(small)


def test_a_lost_reply_leaves_a_resource_that_the_next_up_takes_over(small: SmallStack) -> None:
    order(small.engine.world, FaultKind.LOST_REPLY, type=VCN, operation="create")
    failed = small.run("up", "--skip-preview")
    assert failed.returncode
    assert vcns(small) == 1
    (left_behind,) = [r for r in small.engine.made() if r.type == VCN]
    converges(small)
    assert small.output("vcn") == left_behind.id


def test_a_lost_reply_followed_by_another_request_leaves_no_orphan(small: SmallStack) -> None:
    order(small.engine.world, FaultKind.LOST_REPLY, type=VCN, operation="create")
    assert small.run("up", "--skip-preview").returncode
    (left_behind,) = [r for r in small.engine.made() if r.type == VCN]
    small.set("small:dnsLabel", "changed")
    converges(small)
    assert small.engine.world.get(left_behind.id) is None


def test_a_replacement_whose_reply_is_lost_ends_with_one_resource(small: SmallStack) -> None:
    small.up()
    small.set("small:dnsLabel", "changed")
    order(small.engine.world, FaultKind.LOST_REPLY, type=VCN, operation="create")
    assert small.run("up", "--skip-preview").returncode
    assert vcns(small) == 2
    converges(small)


def test_iam_that_is_late_is_waited_for_by_the_process_that_changed_it(small: SmallStack) -> None:
    order_late_iam(small.engine.world, 2)
    assert "6 created" in small.up()
    assert "6 unchanged" in small.up()


def test_what_is_made_is_used_only_once_it_is_ready(small: SmallStack) -> None:
    order_late_states(small.engine.world, 1)
    assert "6 created" in small.up()
    assert "6 unchanged" in small.up()


def test_a_slow_answer_is_waited_for(small: SmallStack) -> None:
    order(small.engine.world, FaultKind.SLOW, type=VCN, operation="create", seconds=3)
    assert "6 created" in small.up()


def test_a_delete_whose_reply_is_lost_is_done(small: SmallStack) -> None:
    small.up()
    order(small.engine.world, FaultKind.LOST_REPLY, type="*Bucket", operation="delete")
    assert small.run("destroy").returncode
    small.run("destroy", check=True)
    assert small.engine.made() == []
