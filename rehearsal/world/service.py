"""What Oracle's services do to the world: create, update, delete; nothing in use is deleted.

What they refuse for every type is in `rehearsal.world.rules`; what one type does beyond that is its row in
`rehearsal.world.behaviour`.
"""

from dataclasses import replace

from boundary import parse_ocid
from rehearsal.world import authority, states
from rehearsal.world.behaviour import Behaviour, Change, behaviour_of
from rehearsal.world.identifiers import make_ocid, shown_id, world_id
from rehearsal.world.model import Body, Resource, TenancyRecord, conflict, not_found
from rehearsal.world.objects import versions
from rehearsal.world.rules import judge
from rehearsal.world.store import World, now


def create(world: World, type: str, *, region: str, tenancy: TenancyRecord, body: Body, urn: str = "") -> Resource:
    """Creates a resource, or takes over the existing one that a type adopts.

    A resource of the same URN whose creation was never acknowledged is what a lost reply left behind. The same request
    gets it back (the retry token of Oracle's API does this); for another request it is removed first. A request that
    names a resource is an acknowledgement: the engine has noted what it builds on.

    Raises:
        ServiceError: the services refuse.
    """
    behaviour = behaviour_of(type)
    with world.transaction():
        if behaviour.adopts:
            return _adopt(world, body[behaviour.adopts], tenancy, body, urn)
        place = "" if behaviour.is_global else region
        for left_behind in world.unacknowledged(urn) if urn else ():
            if (left_behind.asked, left_behind.region, left_behind.tenancy) == (body, place, tenancy.ocid):
                return left_behind
            _remove(world, left_behind)
        if left := _left_by_a_destroy(world, type, place, tenancy, body):
            return _write(world, replace(left, urn=urn), tenancy, body)
        change = Change(world, type, place, tenancy, body)
        references = judge(change, behaviour, body)
        authority.check(change)
        full = body | behaviour.compute(change)
        moment = now()
        identifier = _identifier(change, behaviour)
        if world.get(identifier):
            raise conflict(f"{shown_id(identifier)} is there already")
        resource = Resource(
            id=identifier,
            type=type,
            region=change.region,
            tenancy=tenancy.ocid,
            compartment=body.get("compartmentId") or "",
            body=full | {"timeCreated": moment},
            asked=body,
            state=body.get("state") or behaviour.state,
            urn=urn,
            created=moment,
            updated=moment,
        )
        world.insert(resource, references)
        for target in references:
            world.acknowledge(target)
        behaviour.created(change, resource)
        return _existing(world, resource.id)


def update(world: World, identifier: str, body: Body) -> Resource:
    """Writes a resource's new body.

    Raises:
        ServiceError: it doesn't exist, or the services refuse.
    """
    with world.transaction():
        before = _existing(world, identifier)
        return _write(world, before, world.tenancies()[before.tenancy], body)


def delete(world: World, identifier: str) -> None:
    """Deletes a resource and what is part of it.

    Raises:
        ServiceError: it doesn't exist, or something uses it.
    """
    with world.transaction():
        resource = _existing(world, identifier)
        owner = world.owner_of(identifier)
        if behaviour_of(resource.type).outlives:
            _leave(world, resource)
        elif owner:
            _reset(world, resource, owner)
        else:
            _remove(world, resource)


def discard(world: World, stack: str) -> int:
    """Takes out all that a stack has made, newest first and whatever uses it, and says how many that were.

    This is for a stack whose engine knows of none of it: its first run was killed before it wrote down what it made.
    """
    with world.transaction():
        left = [each for each in reversed(world.find()) if each.urn.startswith(f"urn:pulumi:{stack}::")]
        for resource in left:
            versions.empty(world, resource)
            behaviour_of(resource.type).deleted(world, resource)
            world.remove(resource.id)
    return len(left)


def _remove(world: World, resource: Resource) -> None:
    users = world.users_of(resource.id)
    if users:
        named = ", ".join(f"{user.type.split(':')[-1]} {user.id}" for user in users[:3])
        raise conflict(f"{resource.id} is in use by {named}")
    behaviour_of(resource.type).deleted(world, resource)
    world.remove(resource.id)


def _leave(world: World, resource: Resource) -> None:
    """What the provider doesn't undo stays as it is set, asked for by nobody, and goes with what it is a setting of."""
    holder = resource.body.get(behaviour_of(resource.type).setting_of) or ""
    world.remove(resource.id)
    world.insert(replace(resource, urn="", compartment="", asked={}), set(), owner=holder)


def _left_by_a_destroy(world: World, type: str, region: str, tenancy: TenancyRecord, body: Body) -> Resource | None:
    """The setting that is there already, as whoever destroyed it last has left it."""
    fields = {name: body.get(name) for name in behaviour_of(type).outlives}
    found = world.find(type, tenancy=tenancy.ocid, region=region, fields=fields) if fields else []
    return next((each for each in found if not (each.urn or each.asked)), None)


def _existing(world: World, identifier: str) -> Resource:
    found = world.get(identifier)
    if found is None:
        raise not_found(identifier)
    return found


def _adopt(world: World, identifier: str, tenancy: TenancyRecord, body: Body, urn: str) -> Resource:
    return _write(world, replace(_existing(world, identifier), urn=urn), tenancy, body)


def _write(world: World, before: Resource, tenancy: TenancyRecord, asked: Body) -> Resource:
    """Writes what is asked for over what was; what the services computed stays, unless they compute it anew."""
    states.require_ready(world, before, before.shown_id)
    behaviour = behaviour_of(before.type)
    kept = {key: value for key, value in before.body.items() if key not in before.asked}
    change = Change(world, before.type, before.region, tenancy, kept | asked, before)
    references = judge(change, behaviour, asked)
    authority.check(change)
    after = replace(
        before,
        body=change.body | behaviour.compute(change),
        asked=asked,
        compartment=asked.get("compartmentId") or before.compartment,
        state=asked.get("state") or before.state,
    )
    world.replace(after, references)
    behaviour.updated(change, _existing(world, before.id))
    return _existing(world, before.id)


def _reset(world: World, part: Resource, owner: str) -> None:
    """A part of something goes with its owner, as a VCN's default route table does; until then it is as it was made."""
    kept = {key: value for key, value in part.body.items() if key not in part.asked}
    world.replace(replace(part, body=kept | behaviour_of(part.type).empty, asked={}, urn=""), {owner})


def _identifier(change: Change, behaviour: Behaviour) -> str:
    if behaviour.identify is None:
        return _new_ocid(change, behaviour)
    return world_id(behaviour.identify(change), change.region, change.body.get("idcsEndpoint", ""))


def _new_ocid(change: Change, behaviour: Behaviour) -> str:
    number = change.world.next_number(behaviour.kind)
    realm = parse_ocid(change.tenancy.ocid).realm
    return make_ocid(behaviour.kind, realm, change.region, change.tenancy.ocid, number)
