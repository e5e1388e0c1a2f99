"""What the roles of the boundary may be granted: crossings to one of them alone, data not to vendors, and to trainers
nothing but features to read and models to write; and whom the boundary names besides.
"""

from collections.abc import Iterator
from datetime import timedelta

from boundary import Boundary, DataClass, Role
from boundary.clock import now
from iam import Statement
from iam.conditions import ANOTHER, may_hold
from policies.core.findings import Problem
from policies.rules.statements.crossings import PERMISSION, Crossing, crossings_of, unknown_of
from policies.rules.statements.data import Reach, reached
from policies.rules.statements.who import granted_to, may_cross, roles_of, subjects

_INTO_MODELS = {"OBJECT_CREATE", "OBJECT_OVERWRITE"}
_CLASSES = (*(each.value for each in DataClass), ANOTHER)
_VENDORS_DAYS = 90


def role_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """What an `allow` statement gives to a group, or to a principal without a group, that its role forbids."""
    if not may_cross(boundary, statement):
        crossing = tuple(_crossings(boundary, statement))
        yield from crossing or _unknown(statement)
    roles = roles_of(boundary, statement)
    if Role.VENDOR in roles:
        yield from _vendors(boundary, statement)
    if Role.TRAINER in roles:
        yield from _trainers(boundary, statement)


def _unknown(statement: Statement) -> Iterator[Problem]:
    for unknown in unknown_of(statement)[:1]:
        yield Problem(
            f"gives what nobody knows: {{token}} is a {unknown.kind} of which Oracle's reference doesn't tell all",
            token=unknown.name,
            lets_through="calls that nobody has judged, such as those that cross",
            instead="names that the reference has (iam/data); or classify it: a line with its source under "
            "`classified` in policies/rules/statements/crossings.yaml, and its calls that cross under `kinds`",
        )


def _crossings(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    made = [each for each in crossings_of(statement, _closed_groups(boundary)) if not _is_served(statement, each)]
    if not made:
        return
    for who in subjects(boundary, statement) or (None,):
        granted = frozenset[str]().union(*(each.calls for each in granted_to(boundary, statement, who))) if who else ()
        left = next((each for each in made if each.call not in granted), None)
        if left is not None:
            yield Problem(
                f"lets somebody other than {boundary.roles.crossings} make {left.kind.makes} "
                f"({left.call}, by {left.by})",
                lets_through=f"{left.kind.makes}, made by hand, which this pack never sees",
                instead=f"the group <environment>-{boundary.roles.crossings}; or a weaker verb, or a condition on "
                "`request.permission` that leaves this out; or a line under `granted` in stacks/boundary.yaml",
            )
            return


def _closed_groups(boundary: Boundary) -> tuple[str, ...]:
    return tuple(f"{environment}-{boundary.roles.crossings}" for environment in boundary.addresses.environments)


def _is_served(statement: Statement, crossing: Crossing) -> bool:
    """A service copies what it stores only for somebody who has the same right."""
    return statement.subject.kind == "service" and crossing.kind.served


def _near(boundary: Boundary, statement: Statement) -> Iterator[Reach]:
    """What of data is reached that the boundary doesn't name for all of the subjects."""
    everybody = subjects(boundary, statement)
    named = [frozenset[str]().union(*(each.data for each in granted_to(boundary, statement, who))) for who in everybody]
    free = frozenset.intersection(*named) if named else frozenset()
    yield from (reach for reach in reached(statement) if reach.type not in free and statement.resource not in free)


def _vendors(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    latest = now() + timedelta(days=_VENDORS_DAYS)
    if may_hold(statement.conditions, {"request.utc-timestamp": f"{latest:%Y-%m-%dt%H:%M:%Sz}"}):
        yield Problem(
            f"gives a vendor authority without an end in the next {_VENDORS_DAYS} days",
            lets_through="the vendor's people long after their ticket is closed",
            instead="a condition `request.utc-timestamp before '…'`, beside the others in `all {…}`",
        )
    near = next((reach for reach in _near(boundary, statement) if _is_near_data(statement, reach)), None)
    if near is not None:
        yield Problem(
            f"lets a vendor near data (by {near.type})",
            lets_through="data to people whom nobody here has chosen",
            instead="the verb `inspect`, or types that hold no data",
        )


def _is_near_data(statement: Statement, reach: Reach) -> bool:
    return reach.verb != "inspect" and may_hold(statement.conditions, _permission(reach))


def _trainers(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    tags = _class_tags(boundary)
    # One sentence about reading and one about writing say enough.
    said: set[bool] = set()
    for reach in _near(boundary, statement):
        if reach.reads not in said:
            requests = (
                _permission(reach) | dict.fromkeys(tags, data_class)
                for data_class in _CLASSES
                if not _is_for_trainers(reach, data_class)
            )
            if any(may_hold(statement.conditions, request) for request in requests):
                said.add(reach.reads)
                yield _trainer_problem(reach)


def _is_for_trainers(reach: Reach, data_class: str) -> bool:
    if reach.reads:
        return data_class == DataClass.US_USER
    return reach.permission in _INTO_MODELS and data_class == DataClass.MODEL


def _trainer_problem(reach: Reach) -> Problem:
    if reach.reads:
        return Problem(
            f"lets a trainer read what isn't tagged {DataClass.US_USER} (by {reach.type})",
            lets_through="data of other classes into models",
            instead="a condition that a tag DataClass is 'us-user', such as "
            "`target.bucket.tag.stateside-<environment>.DataClass = 'us-user'`",
        )
    return Problem(
        f"lets a trainer write more than models (by {reach.type})",
        lets_through="data in the shape of a model, or over what others have stored",
        instead="`{OBJECT_CREATE, OBJECT_OVERWRITE}` where "
        "`target.bucket.tag.stateside-<environment>.DataClass = 'model'`",
    )


def _permission(reach: Reach) -> dict[str, str]:
    return {PERMISSION: reach.permission} if reach.permission else {}


def _class_tags(boundary: Boundary) -> list[str]:
    """The attributes that hold the data class of what a request is for, in lower case."""
    return [
        f"target.{of}.tag.stateside-{environment}.dataclass".lower()
        for environment in boundary.addresses.environments
        for of in ("bucket", "resource")
    ]
