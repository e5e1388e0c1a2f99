"""A live inventory as resources: what exists, declared or not, as the cloud's own API shows it.

The file is JSON:

    {"version": 1, "resources": [{
      "type": "oci:Core/vcn:Vcn",               the type token
      "id": "ocid1.vcn.oc1.iad.…",
      "region": "us-ashburn-1",                 left out for what is global, as all of IAM is
      "tenancy": "ocid1.tenancy.oc1..…",
      "compartment": "ocid1.compartment.oc1..…", left out for what lies in none
      "name": "network-iad-vcn",                the logical name, where a program declares it: lanes go by it
      "body": {…}}]}                            the API's camelCase; defined tags nested by namespace

A body holds arguments and what the services computed. Arguments are judged as a program's would be; the rest is swept.
Whoever exports a real tenancy lists identifiers with Resource Search and reads each resource by its own service, in
every subscribed region (https://docs.oracle.com/iaas/Content/Search/Concepts/queryoverview.htm), because a result of a
search has no body; and joins to a body what the API shows only elsewhere: an instance's `createVnicDetails` is its
primary VNIC's.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from boundary import BoundaryError
from boundary.load import first_problem
from policies.core import Plain, Provider, Resource
from policies.core.entries import LookUp
from policies.core.tree import ANYTHING, Node
from policies.decode import Decoder
from policies.reading import Reading, Unread, parse, read_text

_WHAT = "inventory"
_TAGS = "definedTags"
_STRICT = ConfigDict(extra="forbid", frozen=True)


class _Entry(BaseModel):
    model_config = _STRICT

    type: str
    id: str
    tenancy: str
    body: dict[str, Any]
    region: str = ""
    compartment: str = ""
    name: str = ""


class _Inventory(BaseModel):
    model_config = _STRICT

    version: Literal[1]
    resources: list[_Entry]


def read_inventory(path: Path, look_up: LookUp, home_region: str) -> Reading:
    """The resources of an inventory. What is global is made in the home region.

    Raises:
        BoundaryError: the file can't be read, or is no inventory.
    """
    try:
        inventory = _Inventory.model_validate(parse(read_text(path, _WHAT), path, _WHAT))
    except ValidationError as error:
        raise BoundaryError(f"{path}: {_without_value(error)}") from None
    decoder = Decoder()
    resources: list[Resource] = []
    unread: list[Unread] = []
    for entry in inventory.resources:
        try:
            resources.append(_resource(entry, look_up, home_region, decoder))
        except Exception as error:
            why = f"its values can't be read ({type(error).__name__})"
            unread.append(Unread(entry.id, entry.type, entry.name or entry.id, why))
    return Reading(_WHAT, str(path), len(inventory.resources), tuple(resources), tuple(unread), decoder.sealed)


def _without_value(error: ValidationError) -> str:
    """The first problem, without the value that has it, which may be a secret."""
    says, quotes, _ = first_problem(error).partition(" (it is ")
    return f"{says}; correct the value" if quotes else says


def _resource(entry: _Entry, look_up: LookUp, home_region: str, decoder: Decoder) -> Resource:
    known = look_up(entry.type)
    body = decoder.object({name: _flat_tags(value) if name == _TAGS else value for name, value in entry.body.items()})
    declared = _arguments(body, known.tree if known else ANYTHING)
    place: dict[str, Plain] = {"region": entry.region or home_region, "tenancyOcid": entry.tenancy}
    return Resource(
        urn=entry.id,
        type=entry.type,
        name=entry.name or entry.id,
        properties=declared,
        provider=Provider("pulumi:providers:oci", _WHAT, place),
        parent=entry.compartment,
        id=entry.id,
        observed=body | {"id": entry.id, "compartment": entry.compartment},
    )


def _flat_tags(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    nested = ((namespace, tags) for namespace, tags in value.items() if isinstance(tags, dict))
    return {f"{namespace}.{key}": tag for namespace, tags in nested for key, tag in tags.items()}


def _arguments(body: Mapping[str, Plain], node: Node) -> dict[str, Plain]:
    """What of a body are arguments; the rest is what the services computed."""
    if node.children is None:
        return dict(body)
    return {name: _part(value, node.children[name]) for name, value in body.items() if name in node.children}


def _part(value: Plain, node: Node) -> Plain:
    if isinstance(value, Mapping):
        return _arguments(value, node)
    return [_part(each, node) for each in value] if isinstance(value, list) else value
