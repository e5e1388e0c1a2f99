"""IAM that is late: who needs what was just made is refused for a while, longer in the other region."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.world import ServiceError, World, order_late_iam
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    PHOENIX,
    TAG,
    TAG_NAMESPACE,
    TOPIC,
    VCN,
    grant,
    make,
    seeded,
)

SECONDS = 40.0
LIFECYCLE = "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy"
AUTHORITY = "oci:CertificatesManagement/certificateAuthority:CertificateAuthority"
DYNAMIC_GROUP = "oci:Identity/dynamicGroup:DynamicGroup"
Wait = Callable[[float], None]


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wait]:
    """Lets the world's clock go on by so many seconds, and by nothing else."""
    moment = [datetime(2026, 11, 26, tzinfo=UTC)]

    def now() -> str:
        return moment[0].strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    for module in ("store", "service", "late", "authority"):
        monkeypatch.setattr(f"rehearsal.world.{module}.now", now)

    def go_on(seconds: float) -> None:
        moment[0] += timedelta(seconds=seconds)

    yield go_on


@pytest.fixture
def world(tmp_path: Path, wait: Wait) -> World:
    """A world in which IAM is late from now on."""
    world = seeded(tmp_path)
    wait(1)
    order_late_iam(world, SECONDS)
    wait(1)
    return world


def goes(work: Callable[[], object], status: int, code: str) -> bool:
    """Whether a call goes through; otherwise it is refused just so."""
    try:
        work()
    except ServiceError as error:
        assert (error.status, error.code) == (status, code)
        return False
    return True


def test_a_new_compartment_is_not_found_for_a_while_and_longer_in_the_other_region(world: World, wait: Wait) -> None:
    new = make(world, COMPARTMENT, name="new")

    def found(region: str) -> bool:
        return goes(lambda: make(world, TOPIC, region=region, compartmentId=new.id), 404, "NotAuthorizedOrNotFound")

    assert not found(ASHBURN) and not found(PHOENIX)
    wait(SECONDS - 1)
    assert not found(ASHBURN)
    wait(1)
    assert found(ASHBURN) and not found(PHOENIX)
    wait(SECONDS - 1)
    assert not found(PHOENIX)
    wait(1)
    assert found(PHOENIX)


def test_a_compartment_in_a_new_one_waits_as_the_home_region_does(world: World, wait: Wait) -> None:
    new = make(world, COMPARTMENT, name="new")

    def found() -> bool:
        inside = {"name": "inside", "compartmentId": new.id}
        return goes(lambda: make(world, COMPARTMENT, region=PHOENIX, **inside), 404, "NotAuthorizedOrNotFound")

    assert not found()
    wait(SECONDS)
    assert found()


def test_a_new_tag_is_invalid_for_a_quarter_of_the_time(world: World, wait: Wait) -> None:
    namespace = make(world, TAG_NAMESPACE, name="place", description="d")
    wait(SECONDS)
    make(world, TAG, tagNamespaceId=namespace.id, name="Lane", description="d")

    def valid() -> bool:
        tagged = {"definedTags": {"place": {"Lane": "any"}}, "cidrBlocks": ["10.128.0.0/16"]}
        return goes(lambda: make(world, VCN, **tagged), 400, "InvalidParameter")

    assert not valid()
    wait(SECONDS / 4)
    assert valid()


def test_a_key_of_a_new_namespace_is_invalid_as_long_as_the_namespace(world: World, wait: Wait) -> None:
    make(world, TAG_NAMESPACE, name="place", description="d")
    with pytest.raises(ServiceError, match="there is no tag namespace place"):
        make(world, VCN, definedTags={"place": {"Lane": "any"}}, cidrBlocks=["10.128.0.0/16"])
    wait(SECONDS / 4)
    with pytest.raises(ServiceError, match="the tag namespace place has no key Lane"):
        make(world, VCN, definedTags={"place": {"Lane": "any"}}, cidrBlocks=["10.128.0.0/16"])


def test_a_new_statement_lets_nobody_do_anything_yet(world: World, wait: Wait) -> None:
    where = {"namespace": "statesideus", "name": "store"}
    for region in (ASHBURN, PHOENIX):
        make(world, BUCKET, region=region, **where)
    grant(world, "Allow any-user to manage object-family in tenancy")

    def granted(region: str) -> bool:
        body = {"namespace": "statesideus", "bucket": "store", "rules": [{"name": "gone"}]}
        return goes(lambda: make(world, LIFECYCLE, region=region, **body), 400, "InsufficientServicePermissions")

    assert not granted(ASHBURN)
    wait(SECONDS)
    assert granted(ASHBURN) and not granted(PHOENIX)
    wait(SECONDS)
    assert granted(PHOENIX)


def test_a_new_dynamic_group_has_nobody_in_it_yet(world: World, wait: Wait) -> None:
    topic = make(world, TOPIC, name="key")
    grant(world, "Allow dynamic-group authorities to use keys in tenancy")
    wait(SECONDS)
    rule = "resource.type = 'certificateauthority'"
    make(world, DYNAMIC_GROUP, name="authorities", description="d", matchingRule=rule)

    def granted() -> bool:
        config = {"configType": "ROOT_CA_GENERATED_INTERNALLY", "subject": {"commonName": "c"}}
        body = {"name": "a", "kmsKeyId": topic.id, "certificateAuthorityConfig": config}
        return goes(lambda: make(world, AUTHORITY, **body), 404, "NotAuthorizedOrNotFound")

    assert not granted()
    wait(SECONDS)
    assert granted()


def test_what_was_there_before_the_order_is_there(tmp_path: Path, wait: Wait) -> None:
    world = seeded(tmp_path)
    old = make(world, COMPARTMENT, name="old")
    wait(1)
    order_late_iam(world, SECONDS)
    assert make(world, TOPIC, region=PHOENIX, compartmentId=old.id)


def test_it_is_called_off_with_no_seconds(world: World) -> None:
    new = make(world, COMPARTMENT, name="new")
    order_late_iam(world, 0)
    assert make(world, TOPIC, compartmentId=new.id)


def test_iam_is_never_there_before_it_is_made(world: World) -> None:
    with pytest.raises(RehearsalError, match="-1 seconds: IAM can't be there before it is made"):
        order_late_iam(world, -1)
