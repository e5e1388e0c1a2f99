"""What Search knows of a resource: the summary that every type has, and the fields of its own type.

A region's index has what lies there; the home region's has IAM too. What has just been made is there at once.
Sources: Oracle, "Overview of Search", https://docs.oracle.com/iaas/Content/Search/Concepts/queryoverview.htm; an answer
in full, with all that has no value, https://github.com/oracle/oci-python-sdk/issues/431

Assumption: IAM is found in the home region alone; what is a type's own are all fields of the API's object.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rehearsal.doors.api import lifecycle
from rehearsal.doors.api.fields import shown
from rehearsal.doors.api.scim.identifiers import is_in_domain, ocid_of
from rehearsal.doors.api.sdk import Model, model_of
from rehearsal.doors.api.search.types import SearchType
from rehearsal.world import Resource, TenancyRecord, World, late
from rehearsal.world.model import Body

Models = Callable[[str], Model | None]
"""The API's object of a type of the world; read from the SDK when it is asked for."""

_TAGS = ("freeformTags", "definedTags", "systemTags")
SUMMARY = (
    "resourceType",
    "identifier",
    "compartmentId",
    "timeCreated",
    "displayName",
    "availabilityDomain",
    "lifecycleState",
    *_TAGS,
)
"""The fields that every type has, in Oracle's order."""


@dataclass(frozen=True)
class Found:
    """One resource as Search has it."""

    world: World
    resource: Resource
    type: SearchType
    models: Models

    @cached_property
    def model(self) -> Model | None:
        """The API's object of it; None where the API has none."""
        return self.models(self.resource.type)

    @cached_property
    def summary(self) -> Body:
        """What is answered of every type, in Oracle's order; what isn't asked for has no value."""
        body = self.resource.body
        return {
            "resourceType": self.type.name,
            "identifier": body.get(self.type.identifier) or self._identifier,
            "compartmentId": self.compartment,
            "timeCreated": self.resource.created,
            "displayName": next((body[each] for each in self._names if body.get(each)), None),
            "availabilityDomain": body.get("availabilityDomain"),
            "lifecycleState": lifecycle.state_of(self.world, self.resource, self.model),
            **{name: body.get(name) or {} for name in _TAGS},
            "searchContext": None,
            "identityContext": {},
            "additionalDetails": {},
        }

    @cached_property
    def details(self) -> Body:
        """What its own type has beyond the summary."""
        if self.model is None:
            return {}
        body = self.resource.body | {"compartmentId": self.compartment, "timeUpdated": self.resource.updated}
        whole = _complete(shown(self.resource.type, body, self.model), self.model)
        own = {name: value for name, value in whole.items() if name not in (*SUMMARY, "id")}
        return {self.type.renamed.get(name, name): value for name, value in own.items()}

    def field(self, name: str) -> Any:
        """The value of a field, in any case; tags are lists of objects. A type's own are computed when asked for."""
        wanted = name.lower()
        value = next((value for key, value in self._kept.items() if key.lower() == wanted), None)
        return value if value is not None else self._own.get(wanted)

    @property
    def texts(self) -> Mapping[str, Any]:
        """All that a text is looked for in."""
        return {**self.details, **self._kept}

    @cached_property
    def _kept(self) -> Body:
        tags = {name: [*_tags(self.summary[name])] for name in _TAGS}
        return {name: self.summary[name] for name in SUMMARY if name not in _TAGS} | tags

    @cached_property
    def _own(self) -> Body:
        return {name.lower(): value for name, value in self.details.items()}

    @property
    def _identifier(self) -> str:
        return ocid_of(self.resource) if is_in_domain(self.resource.type) else self.resource.shown_id

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.type.named, "displayName", "name")))

    @cached_property
    def compartment(self) -> str:
        """Where it lies, as what it is part of does; what is the tenancy's lies in the root."""
        resource, inside = self.resource, self.type.inside
        own = resource.compartment or resource.body.get("compartmentId")
        parent = self.world.get(resource.body.get(inside) or "") if inside and not own else None
        return own or (parent.compartment if parent else "") or resource.tenancy


def found_in(
    world: World, tenancy: TenancyRecord, region: str, types: Sequence[SearchType], models: Models
) -> Iterator[Found]:
    """All that a tenancy's index has of these types in a region, the newest first."""
    by_token = {token: type for type in types for token in type.tokens}
    places = {region, ""} if region == tenancy.home else {region}
    one = next(iter(by_token)) if len(by_token) == 1 else None
    for resource in reversed(world.find(one, tenancy=tenancy.ocid)):
        type = by_token.get(resource.type)
        if type is not None and resource.region in places and late.is_there(world, resource, region):
            yield Found(world, resource, type, models)


def _complete(value: Any, model: Model) -> Any:
    """An object with every field of its model: one without a value is null, as Search has it."""
    if not isinstance(value, dict):
        return value
    model = model.of(value)
    return {name: _inner(value.get(name), field.item or field.type, model) for name, field in model.fields.items()}


def _inner(value: Any, type: str, model: Model) -> Any:
    inner = model_of(model.module, type) if isinstance(value, list | dict) else None
    if inner is None:
        return value
    return [_complete(each, inner) for each in value] if isinstance(value, list) else _complete(value, inner)


def _tags(tags: Mapping[str, Any]) -> Iterator[Body]:
    for name, value in tags.items():
        if isinstance(value, Mapping):
            yield from ({"namespace": name, "key": key, "value": inner} for key, inner in value.items())
        else:
            yield {"key": name, "value": value}
