"""What a service or a resource acts on at a creation: where it lies, and what a condition of a statement can ask of it.

Source of the variables: Oracle, "Policy Reference" of each service, kept in `iam/data/variables.jsonl`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boundary import find_region
from rehearsal.world.authority.needs import Kind, Need, values_at
from rehearsal.world.behaviour import Change
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Body, Resource

_URI = re.compile(r"oci://(?P<bucket>[^@/]+)@(?P<namespace>[^/]+)")
_KEY, _BUCKET = "oci:Kms/key:Key", "oci:ObjectStorage/bucket:Bucket"


@dataclass(frozen=True)
class Target:
    """What is acted on: its name for people, its compartment and region, and its attributes in lower case."""

    name: str
    compartment: str
    region: str
    attributes: Mapping[str, str]

    def __str__(self) -> str:
        return self.name


def targets(change: Change, need: Need) -> Iterator[Target]:
    """Everything that a row's argument names, as far as it exists: what doesn't is refused by other rules."""
    for body in _bodies(change, need):
        region = str(next(values_at(body, need.within), change.region)) if need.within else change.region
        for value in values_at(body, need.at):
            if value == change.tenancy.ocid:
                yield place(value, region, "the tenancy")
            found = _resource(change, need, body, region, str(value))
            if found is not None:
                compartment = found.id if need.kind is Kind.COMPARTMENT else found.compartment
                yield target_of(found, compartment, found.region or change.region)


def _bodies(change: Change, need: Need) -> Iterator[Body]:
    if not need.through:
        yield change.body
        return
    for identifier in values_at(change.body, need.through):
        found = change.world.get(str(identifier))
        if found is not None:
            yield found.body


def _resource(change: Change, need: Need, body: Body, region: str, value: str) -> Resource | None:
    if need.kind in (Kind.ID, Kind.COMPARTMENT):
        return change.world.get(value)
    namespace, name = body.get("namespace") or change.tenancy.namespace, value
    if need.kind is Kind.URI:
        match = _URI.match(value)
        if match is None:
            return None
        namespace, name = match["namespace"], match["bucket"]
    return change.world.get(world_id(f"n/{namespace}/b/{name}", region))


def target_of(found: Resource, compartment: str, region: str) -> Target:
    """A resource as what is acted on, in a compartment that counts as its own."""
    name = str(found.body.get("displayName") or found.body.get("name") or found.id)
    attributes = _place(compartment, region) | {"target.resource.id": found.id}
    for namespace, tags in (found.body.get("definedTags") or {}).items():
        for key, value in tags.items():
            for kind in ("resource", *(("bucket",) if found.type == _BUCKET else ())):
                attributes[f"target.{kind}.tag.{namespace}.{key}".lower()] = str(value)
    if found.type == _BUCKET:
        attributes["target.bucket.name"] = name
    if found.type == _KEY:
        attributes |= {"target.key.id": found.id, "target.vault.id": str(found.body.get("vaultId", ""))}
    return Target(name, compartment, region, attributes)


def place(compartment: str, region: str, name: str = "a compartment") -> Target:
    """A compartment as what is acted on, where nothing is named in it."""
    return Target(name, compartment, region, _place(compartment, region))


def _place(compartment: str, region: str) -> dict[str, str]:
    known = find_region(region)
    return {"target.compartment.id": compartment, "request.region": known.key if known else region}
