"""One call under way: who asks for which operation, on which collection of the world."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from rehearsal.doors.api.fields import Arguments, arguments_of, shown, taken
from rehearsal.doors.api.kinds import Kind, Role
from rehearsal.doors.api.lifecycle import state_of
from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.names import Names
from rehearsal.doors.api.router import Route
from rehearsal.doors.api.sdk import Model, Operation, model_of
from rehearsal.world import Resource, TenancyRecord, World
from rehearsal.world import service as services
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.model import Body, invalid, not_found
from rehearsal.world.offers import ORACLE

_VAULT_HOST = "managementEndpoint"
_ON_AN_ITEM = frozenset({Role.GET, Role.UPDATE, Role.DELETE, Role.MOVE})
_OWN_NAMES = ("name", "displayName", "key")


@dataclass(frozen=True)
class Call:
    """A request for an operation whose collection is known."""

    world: World
    request: Request
    route: Route
    kind: Kind
    role: Role
    tenancy: TenancyRecord
    has_work_requests: bool = False

    @property
    def operation(self) -> Operation:
        """What is asked for."""
        return self.route.operation

    @property
    def type(self) -> str:
        """The type that a creation makes."""
        return self.kind.types[0]

    @cached_property
    def body(self) -> Any:
        """The request's JSON; an empty object where there is none.

        Raises:
            ServiceError: 400, it is no JSON.
        """
        try:
            return json.loads(self.request.body or b"{}")
        except ValueError:
            raise invalid("the body is no JSON") from None

    @cached_property
    def model(self) -> Model | None:
        """What the answer is, or what each item of a list is."""
        name = self.operation.response
        outer = model_of(self.operation.module, name)
        if outer is not None and self.operation.is_list and "items" in outer.fields:
            return model_of(self.operation.module, outer.fields["items"].item)
        return model_of(self.operation.module, name.removeprefix("list[").removesuffix("]"))

    @property
    def answers_collection(self) -> bool:
        """Whether a list is answered as an object with `items`."""
        return not self.operation.response.startswith("list[")

    @property
    def names_item(self) -> bool:
        """Whether what is asked for is about one resource that is there, or a setting."""
        return self.role in _ON_AN_ITEM

    @property
    def is_on_an_item(self) -> bool:
        """Whether the path ends with an item's own name."""
        return self.names_item and self.kind.item.endswith("{}")

    def place_of(self, type: str) -> str:
        """The region that the world keeps a type under, for a call that came to this one."""
        return "" if behaviour_of(type).is_global else self.route.region

    def parents(self, type: str, arguments: Arguments) -> Body:
        """What the path says about a resource of a type, by the provider's names; its own name is left out."""
        given = dict(self.route.parameters)
        if self.is_on_an_item and given:
            given.popitem()
        names = Names(type, arguments, given)
        found = {names.argument(name) or name: value for name, value in given.items()}
        host = arguments.get(_VAULT_HOST)
        # A vault has hosts of its own, and its keys name it by one of them.
        return found | ({_VAULT_HOST: f"https://{self.request.host}"} if host and not host.is_output else {})

    def parent(self) -> Resource | None:
        """The resource that the path names before the collection, if it names one by its identifier."""
        own = list(self.route.parameters.values())[-1:] if self.is_on_an_item else []
        named = (self.world.get(value) for value in self.route.parameters.values() if value not in own)
        return next((each for each in named if each and each.tenancy == self.tenancy.ocid), None)

    def all_of(self, type: str) -> list[Resource]:
        """What Oracle offers and the caller's tenancy has of a type where the call came to, as far as the path says."""
        parents = self.parents(type, arguments_of(type))
        where = self.place_of(type)
        owners = (ORACLE, self.tenancy.ocid)
        found = (self.world.find(type, tenancy=owner, region=where, fields=parents) for owner in owners)
        return [each for each in chain.from_iterable(found) if self.sees(each)]

    def sees(self, resource: Resource) -> bool:
        """Whether the caller's tenancy has it, or Oracle offers it, where the call came to."""
        return (
            resource.type in self.kind.types
            and resource.tenancy in (ORACLE, self.tenancy.ocid)
            and resource.region in ("", self.route.region)
        )

    def asked(self, type: str, given: Any = None, model: str = "") -> Body:
        """What the request asks for: its body, or one item of it (`given`, by its model), and what the path says.

        Raises:
            ServiceError: 400, it doesn't fit the model.
        """
        wanted = model_of(self.operation.module, model or self.operation.body)
        body = taken(type, self.body if given is None else given, wanted) if wanted else {}
        return body | self.parents(type, arguments_of(type))

    def make(self, body: Body) -> Resource:
        """Creates a resource of the collection.

        Raises:
            ServiceError: the services refuse.
        """
        return services.create(self.world, self.type, region=self.route.region, tenancy=self.tenancy, body=body)

    def item(self) -> Resource:
        """The resource that the path names.

        Raises:
            ServiceError: 404, there is none that the caller sees.
        """
        found = self.existing()
        if found is None:
            raise not_found(f"{self.request.path}")
        return found

    def existing(self) -> Resource | None:
        """The resource that the path names, if there is one."""
        values = list(self.route.parameters.values())
        own = values[-1] if values and self.kind.item.endswith("{}") else ""
        found = self.world.get(own) if own else None
        if found is not None:
            return found if self.sees(found) else None
        every = (each for type in self.kind.types for each in self.all_of(type))
        return next((each for each in every if not own or _is_called(each, own)), None)

    def shown(self, resource: Resource, model: Model) -> Body:
        """A resource as the API shows it."""
        whole: Mapping[str, Any] = {
            **resource.body,
            "id": resource.shown_id,
            "lifecycleState": state_of(self.world, resource, model),
            "timeCreated": resource.created,
            "timeUpdated": resource.updated,
            "compartmentId": resource.compartment or resource.body.get("compartmentId"),
        }
        return shown(resource.type, dict(whole), model)


def _is_called(resource: Resource, name: str) -> bool:
    return name in (resource.shown_id, resource.shown_id.rpartition("/")[2]) or any(
        resource.body.get(each) == name for each in _OWN_NAMES
    )


def compartment_of(world: World, resource: Resource) -> str:
    """The compartment that a resource counts as lying in; empty for what Oracle offers.

    Assumption: what has no compartment of its own lies where the first resource lies that it names, such as the DRG of
    an attachment; else in the tenancy.
    """
    if resource.compartment:
        return resource.compartment
    named = (world.get(value) for value in resource.body.values() if isinstance(value, str))
    ours = (each.compartment for each in named if each and each.tenancy == resource.tenancy)
    return next(filter(None, ours), resource.tenancy)
