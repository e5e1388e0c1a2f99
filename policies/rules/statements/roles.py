"""What the roles of the boundary may be granted: crossings to one of them alone, data not to vendors, and to trainers
nothing but features to read and models to write.
"""

from collections.abc import Iterator, Mapping

from boundary import Boundary, DataClass, Role
from iam import Statement
from iam.conditions import ANOTHER, FAR_FUTURE, may_hold
from policies.core.findings import Problem
from policies.rules.statements.grants import Crossing, Reach, grants, reached

_GROUPS = {"group", "dynamic-group"}
_INTO_MODELS = {"OBJECT_CREATE", "OBJECT_OVERWRITE"}
_CLASSES = (*(each.value for each in DataClass), ANOTHER)


def role_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """What an `allow` statement gives to a group, or to a principal without a group, that its role forbids."""
    groups = statement.subject.values if statement.subject.kind in _GROUPS else ()
    roles = {boundary.role_of(group) for group in groups}
    if roles != {Role.CROSSINGS}:
        yield from _crossings(boundary, statement)
    if Role.VENDOR in roles:
        yield from _vendors(statement)
    if Role.TRAINER in roles:
        yield from _trainers(boundary, statement)


def _crossings(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    names = [f"{environment}-{boundary.roles.crossings}" for environment in boundary.addresses.environments]
    made: dict[str, str] = {}
    for reach in reached(statement):
        crossing = reach.crosses
        # A service copies what it stores only for somebody who has the same right.
        if crossing is None or (statement.subject.kind == "service" and reach.type.data):
            continue
        if any(may_hold(statement.conditions, request) for request in _requests(reach, crossing, names)):
            made.setdefault(reach.name, crossing.makes)
    if made:
        name, makes = next(iter(made.items()))
        yield Problem(
            f"lets somebody other than {boundary.roles.crossings} make {makes} (by {name})",
            lets_through=f"{makes}, made by hand, which this pack never sees",
            instead=f"the group <environment>-{boundary.roles.crossings}; or a weaker verb, or a condition on "
            "`request.permission` that leaves this out",
        )


def _requests(reach: Reach, crossing: Crossing, names: list[str]) -> Iterator[Mapping[str, str]]:
    base = _permission(reach)
    operations = grants().operations.get(reach.permission, ())
    for operation in operations or ("",):
        request = base | ({"request.operation": operation} if operation else {})
        yield from ({**request, crossing.group: name} for name in names) if crossing.group else (request,)


def _vendors(statement: Statement) -> Iterator[Problem]:
    if may_hold(statement.conditions, {"request.utc-timestamp": FAR_FUTURE}):
        yield Problem(
            "gives a vendor authority without an end",
            lets_through="the vendor's people long after their ticket is closed",
            instead="a condition `request.utc-timestamp before '…'`, beside the others in `all {…}`",
        )
    near = next((reach for reach in reached(statement) if _is_near_data(statement, reach)), None)
    if near is not None:
        yield Problem(
            f"lets a vendor near data (by {near.name})",
            lets_through="data to people whom nobody here has chosen",
            instead="the verb `inspect`, or types that hold no data",
        )


def _is_near_data(statement: Statement, reach: Reach) -> bool:
    return reach.type.data and reach.verb != "inspect" and may_hold(statement.conditions, _permission(reach))


def _trainers(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    tags = _class_tags(boundary)
    # One sentence about reading and one about writing say enough.
    said: set[bool] = set()
    for reach in reached(statement):
        if reach.type.data and reach.reads not in said:
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
            f"lets a trainer read what isn't tagged {DataClass.US_USER} (by {reach.name})",
            lets_through="data of other classes into models",
            instead="a condition that a tag DataClass is 'us-user', such as "
            "`target.bucket.tag.stateside-<environment>.DataClass = 'us-user'`",
        )
    return Problem(
        f"lets a trainer write more than models (by {reach.name})",
        lets_through="data in the shape of a model, or over what others have stored",
        instead="`{OBJECT_CREATE, OBJECT_OVERWRITE}` where "
        "`target.bucket.tag.stateside-<environment>.DataClass = 'model'`",
    )


def _permission(reach: Reach) -> dict[str, str]:
    return {"request.permission": reach.permission} if reach.permission else {}


def _class_tags(boundary: Boundary) -> list[str]:
    """The attributes that hold the data class of what a request is for, in lower case."""
    return [
        f"target.{of}.tag.stateside-{environment}.dataclass".lower()
        for environment in boundary.addresses.environments
        for of in ("bucket", "resource")
    ]
