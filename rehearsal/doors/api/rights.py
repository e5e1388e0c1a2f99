"""Who may: a call is answered when the statements of the world give its caller what it needs.

Oracle tells nobody apart who may not from what isn't there: both are 404.
Sources: `iam/data` (what each call needs); https://docs.oracle.com/iaas/Content/API/References/apierrors.htm

Assumption: of a call that the reference doesn't know, a verb on its service's family is needed (`services.yaml`); of a
service that isn't in that table, `manage all-resources`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from boundary.load import read_model
from iam import Allowed, allowed, parse_statements
from iam.reference import VERBS, calls
from iam.reference import Call as Needed
from rehearsal.doors.api.calls import Call, compartment_of
from rehearsal.doors.api.kinds import Role
from rehearsal.doors.api.sdk import Operation
from rehearsal.world.authority import Target, given, place, target_of
from rehearsal.world.authority.needs import missing
from rehearsal.world.authority.people import person
from rehearsal.world.model import not_found

_VERBS: Mapping[Role, str] = {Role.LIST: "inspect", Role.GET: "read", Role.UPDATE: "use"}
_ALL = "all-resources"


class _Service(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    otherwise: str


class _Services(RootModel[dict[str, _Service]]):
    pass


def require(call: Call, user: str) -> None:
    """Refuses a call that no statement gives its caller.

    Raises:
        ServiceError: 404 NotAuthorizedOrNotFound.
    """
    caller = person(call.world, call.tenancy.ocid, user)
    for target in _targets(call):
        if not are_given(call.operation, call.role, given(call.world, call.tenancy.ocid, caller, target)):
            raise not_found(call.request.path)


def needed(operation: Operation) -> Needed | None:
    """What the reference says that a call needs; None where it doesn't know the call."""
    service = services().get(operation.module)
    return _by_name().get((service.service, operation.api_name)) if service else None


@cache
def services() -> Mapping[str, _Service]:
    """The services by module of the SDK, as `services.yaml` has them."""
    return read_model(Path(__file__).with_name("services.yaml"), _Services).root


def are_given(operation: Operation, role: Role, held: Allowed) -> bool:
    """Whether what somebody holds is enough for an operation."""
    known = needed(operation)
    if known is not None and known.for_everybody:
        return True
    if known is not None and (known.needs or known.any_of or known.others):
        return known.is_given_by(held.permissions)
    service = services().get(operation.module)
    verb = _VERBS.get(role, VERBS[-1]) if service else VERBS[-1]
    wanted = _spoken_of(verb, service.otherwise if service else _ALL)
    return not missing(wanted, held)


def _targets(call: Call) -> Iterator[Target]:
    """What the call acts on: what its path names, else a compartment; to move something acts on where it goes, too.

    A compartment that a request names counts only where the path names nothing: else it could be any.
    """
    acted_on = (call.existing() if call.names_item else None) or call.parent()
    if acted_on is None:
        yield place(_named(call), call.route.region)
        return
    yield target_of(acted_on, compartment_of(call.world, acted_on) or call.tenancy.ocid, call.route.region)
    if call.role is Role.MOVE:
        yield place(_named(call), call.route.region)


def _named(call: Call) -> str:
    """The compartment that a request names; else the tenancy."""
    named = call.body.get("compartmentId") if isinstance(call.body, dict) else None
    return str(named or call.request.parameters.get("compartmentId") or call.tenancy.ocid)


@cache
def _by_name() -> Mapping[tuple[str, str], Needed]:
    return {(each.service, each.api or each.operation): each for each in calls().values()}


@cache
def _spoken_of(verb: str, name: str) -> Allowed:
    return allowed(parse_statements(f"Allow any-user to {verb} {name} in tenancy")[0])
