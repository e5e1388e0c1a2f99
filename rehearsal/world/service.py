"""What Oracle's services do to the world: create, update, delete, with the rules that hold for every type.

References must exist and be within reach, defined tags must be defined, names must be free, limits must hold, nothing
in use is deleted. What one type does beyond that is its row in `rehearsal.world.behaviour`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from boundary import parse_ocid
from boundary.ocid import OCID_PATTERN
from rehearsal.world.behaviour import Behaviour, Change, behaviour_of
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, Resource, ServiceError, TenancyRecord, conflict, invalid, not_found
from rehearsal.world.store import World, now

_ORACLES_OWN_TAGS = "Oracle-Tags"
_TAG = "oci:Identity/tag:Tag"
_TAG_NAMESPACE = "oci:Identity/tagNamespace:TagNamespace"


def create(world: World, type: str, *, region: str, tenancy: TenancyRecord, body: Body, urn: str = "") -> Resource:
    """Creates a resource, or takes over the existing one that a type adopts.

    A resource of the same URN whose creation was never acknowledged is what a lost reply left behind. The same request
    gets it back (the retry token of Oracle's API does this); for another request it is removed first.

    Raises:
        ServiceError: the services refuse.
    """
    behaviour = behaviour_of(type)
    with world.transaction():
        if behaviour.adopts:
            return _adopt(world, behaviour, Change(world, type, region, tenancy, body), urn)
        for left_behind in world.unacknowledged(urn) if urn else ():
            if left_behind.asked == body:
                return left_behind
            _remove(world, left_behind)
        change = Change(world, type, "" if behaviour.is_global else region, tenancy, body)
        references = _judge(change, behaviour)
        full = body | behaviour.compute(change)
        moment = now()
        resource = Resource(
            id=behaviour.identify(change) if behaviour.identify else _new_ocid(change, behaviour),
            type=type,
            region=change.region,
            tenancy=tenancy.ocid,
            compartment=body.get("compartmentId") or "",
            body=full | {"timeCreated": moment},
            asked=body,
            state=behaviour.state,
            urn=urn,
            created=moment,
            updated=moment,
        )
        world.insert(resource, references)
        behaviour.created(change, resource)
        return _existing(world, resource.id)


def update(world: World, identifier: str, body: Body) -> Resource:
    """Writes a resource's new body.

    Raises:
        ServiceError: it doesn't exist, or the services refuse.
    """
    with world.transaction():
        before = _existing(world, identifier)
        behaviour = behaviour_of(before.type)
        tenancy = world.tenancies()[before.tenancy]
        change = Change(world, before.type, before.region, tenancy, body, before)
        references = _judge(change, behaviour)
        kept = {key: value for key, value in before.body.items() if key not in before.asked}
        full = kept | body | behaviour.compute(change)
        world.replace(
            replace(before, body=full, asked=body, compartment=body.get("compartmentId") or before.compartment),
            references,
        )
        behaviour.updated(change, _existing(world, identifier))
        return _existing(world, identifier)


def delete(world: World, identifier: str) -> None:
    """Deletes a resource and what is part of it.

    Raises:
        ServiceError: it doesn't exist, or something uses it.
    """
    with world.transaction():
        resource = _existing(world, identifier)
        if world.owner_of(identifier):
            return  # a part of something: it goes with its owner, as a VCN's default route table does
        _remove(world, resource)


def _remove(world: World, resource: Resource) -> None:
    users = world.users_of(resource.id)
    if users:
        named = ", ".join(f"{user.type.split(':')[-1]} {user.id}" for user in users[:3])
        raise conflict(f"{resource.id} is in use by {named}")
    behaviour_of(resource.type).deleted(world, resource)
    world.remove(resource.id)


def _existing(world: World, identifier: str) -> Resource:
    found = world.get(identifier)
    if found is None:
        raise not_found(identifier)
    return found


def _adopt(world: World, behaviour: Behaviour, change: Change, urn: str) -> Resource:
    existing = _existing(world, change.body[behaviour.adopts])
    references = _judge(replace(change, before=existing), behaviour)
    world.replace(replace(existing, body=existing.body | change.body, urn=urn), references)
    return _existing(world, existing.id)


def _judge(change: Change, behaviour: Behaviour) -> set[str]:
    """Refuses what can't be; returns what the body refers to."""
    references = set(_references(change, behaviour))
    _check_tags(change)
    _check_unique(change, behaviour)
    if change.before is None and behaviour.limit is not None:
        count = change.world.count(change.type, change.tenancy.ocid, change.region)
        if count >= behaviour.limit:
            where = change.region or "the tenancy"
            raise ServiceError(400, "LimitExceeded", f"the service limit of {behaviour.limit} is reached in {where}")
    behaviour.check(change)
    return references


def _references(change: Change, behaviour: Behaviour) -> Iterator[str]:
    for path, text in _strings(change.body, ""):
        if not OCID_PATTERN.fullmatch(text) or parse_ocid(text).type == "tenancy":
            continue
        target = change.world.get(text)
        if target is None:
            raise not_found(f"{path}: {text}")
        outward = path.split(".")[0].split("[")[0] in behaviour.outward
        foreign = target.tenancy not in (change.tenancy.ocid, "")
        elsewhere = target.region not in (change.region, "") and bool(change.region)
        if (foreign or elsewhere) and not outward:
            raise not_found(f"{path}: {text}")
        yield text


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")


def _check_tags(change: Change) -> None:
    wanted = change.body.get("definedTags") or {}
    for namespace, tags in wanted.items():
        if namespace == _ORACLES_OWN_TAGS:
            continue
        namespaces = change.world.find(_TAG_NAMESPACE, tenancy=change.tenancy.ocid)
        owner = next((r for r in namespaces if r.body["name"] == namespace), None)
        if owner is None:
            raise invalid(f"definedTags: there is no tag namespace {namespace}")
        defined = {
            r.body["name"]
            for r in change.world.find(_TAG, tenancy=change.tenancy.ocid)
            if r.body["tagNamespaceId"] == owner.id
        }
        for name in tags:
            if name not in defined:
                raise invalid(f"definedTags: the tag namespace {namespace} has no key {name}")


def _check_unique(change: Change, behaviour: Behaviour) -> None:
    if not behaviour.unique:
        return
    fields = {name: change.body.get(name) for name in behaviour.unique}
    for other in change.siblings(**fields):
        raise conflict(f"{', '.join(f'{k} {v}' for k, v in fields.items())}: {other.id} has this already")


def _new_ocid(change: Change, behaviour: Behaviour) -> str:
    number = change.world.next_number(behaviour.kind)
    realm = parse_ocid(change.tenancy.ocid).realm
    return make_ocid(behaviour.kind, realm, change.region, change.tenancy.ocid, number)
