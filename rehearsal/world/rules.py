"""The rules that Oracle's services hold every type to.

References must exist and be within reach, the compartment must be one, defined tags must be defined, names must be
free, limits must hold. What one type is held to beyond that is its row in `rehearsal.world.behaviour`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from boundary import parse_ocid
from boundary.ocid import OCID_PATTERN
from rehearsal.world import late, states
from rehearsal.world.behaviour import Behaviour, Change
from rehearsal.world.limits import check_limits
from rehearsal.world.model import Body, Resource, ServiceError, invalid, not_found
from rehearsal.world.pairs import check_pairs

COMPARTMENT = "oci:Identity/compartment:Compartment"
_TAG = "oci:Identity/tag:Tag"
_VAULT = "oci:Kms/vault:Vault"
_TAG_NAMESPACE = "oci:Identity/tagNamespace:TagNamespace"
_ORACLES_OWN_TAGS = "Oracle-Tags"


def judge(change: Change, behaviour: Behaviour, asked: Body) -> set[str]:
    """Refuses what can't be; returns what holds on to other resources."""
    check_limits(change, asked)
    references = set(_references(change, behaviour, asked))
    _check_compartment(change, asked)
    for tags in _tag_maps(asked):
        _check_tags(change, tags)
    _check_vault(change, asked)
    check_pairs(change)
    if change.before is None and behaviour.limit is not None:
        count = change.world.count(change.type, change.tenancy.ocid, change.region)
        if count >= behaviour.limit:
            where = change.region or "the tenancy"
            raise ServiceError(400, "LimitExceeded", f"the service limit of {behaviour.limit} is reached in {where}")
    behaviour.check(change)
    return references


def _references(change: Change, behaviour: Behaviour, asked: Body) -> Iterator[str]:
    for path, text in _strings(asked, ""):
        if not OCID_PATTERN.fullmatch(text) or parse_ocid(text).type == "tenancy":
            continue
        field = path.split(".")[0].split("[")[0]
        target = change.world.get(text)
        if target is None or _is_late(change, target):
            if change.before and change.before.asked.get(field) == asked[field]:
                continue  # it was there when it was asked for, and an update sends only what changes
            raise not_found(f"{path}: {text}")
        states.require_ready(change.world, target, f"{path}: {text}")
        outward = field in behaviour.outward
        foreign = target.tenancy not in (change.tenancy.ocid, "")
        elsewhere = target.region not in (change.region, "") and bool(change.region)
        if (foreign or elsewhere) and not outward:
            raise not_found(f"{path}: {text}")
        if not outward:  # either side of a peering may go
            yield text


def _check_vault(change: Change, asked: Body) -> None:
    """A key names its vault by the address at which keys are made."""
    address = asked.get("managementEndpoint")
    for vault in change.world.find(_VAULT, fields={"managementEndpoint": address}) if address else ():
        states.require_ready(change.world, vault, f"managementEndpoint: {vault.id}")


def _is_late(change: Change, target: Resource) -> bool:
    return target.type == COMPARTMENT and not late.is_there(change.world, target, change.region)


def _check_compartment(change: Change, asked: Body) -> None:
    named = asked.get("compartmentId") or change.tenancy.ocid
    compartment = change.world.get(named)
    if named != change.tenancy.ocid and (compartment is None or compartment.type != COMPARTMENT):
        raise not_found(f"compartmentId: {named}")


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")


def _tag_maps(value: Any) -> Iterator[dict[str, Any]]:
    """Every map of defined tags, however deep: an instance's VNIC has its own."""
    if isinstance(value, list):
        for item in value:
            yield from _tag_maps(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "definedTags" and isinstance(item, dict):
                yield item
            else:
                yield from _tag_maps(item)


def _check_tags(change: Change, wanted: dict[str, Any]) -> None:
    for namespace, tags in wanted.items():
        if namespace == _ORACLES_OWN_TAGS:
            continue
        namespaces = change.world.find(_TAG_NAMESPACE, tenancy=change.tenancy.ocid)
        named = (r for r in namespaces if r.body["name"] == namespace)
        owner = next((r for r in named if late.is_there(change.world, r, change.region)), None)
        if owner is None:
            raise invalid(f"definedTags: there is no tag namespace {namespace}")
        defined = {
            r.body["name"]
            for r in change.world.find(_TAG, tenancy=change.tenancy.ocid)
            if r.body["tagNamespaceId"] == owner.id and late.is_there(change.world, r, change.region)
        }
        for name in tags:
            if name not in defined:
                raise invalid(f"definedTags: the tag namespace {namespace} has no key {name}")
