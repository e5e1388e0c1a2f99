"""Which operations of Oracle's API the rehearsal answers, of those that somebody uses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import gettempdir

import yaml

from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.sdk import Operation
from rehearsal.home import cache_directory
from rehearsal.world import World
from tests.unit.infra.recording import recorded

FILE = Path("docs") / "api-door.md"
STACK = "us-prod"

_TOOLS = Path(__file__).with_name("api_operations.yaml")
_TITLE = """# The API door

<!-- Written by `make docs`. -->

The rehearsal's world has two doors. Pulumi's engine comes in by the provider's protocol. Oracle's own clients come in
by Oracle's REST API: the `oci` SDK and what is built on it. What one makes, the other reads, and both are refused what
the services refuse.

- The operations are read from the sources of the installed SDK ([why](decisions/0016-api-from-the-sdk.md)).
- A client keeps Oracle's host names, regions and signatures. It reaches the door by a proxy on loopback, which forwards
  to nobody, and trusts the certificates of the home's own authority.
- A signature is verified by the keys of the world's users. A call is answered when a statement of the world gives its
  caller what Oracle's reference says that it needs; otherwise it is 404, as at Oracle.
- Regions are apart, IAM is written in the home region alone, and a region that is down doesn't answer.
- What isn't answered is 501 with the operation's name. It is never an empty answer.

## Answered

Used are the operations that make, read and change the types of {stack}, and those that two compliance tools call
([api_operations.yaml](../tests/documents/api_operations.yaml)). The SDK has {all} operations in all.

**{answered} of {used} used operations are answered.** Of all operations of the SDK {of_all} are.

Answered means that the door knows which resources of the world an operation is about. That the answers are right is
shown with the SDK's own clients: [a test](../tests/rehearsal/test_api_door.py) gets and lists every type of a deployed
stack, and [others](../tests/unit/api) create, change and delete some.

Of {stack}, these types are made by an action alone, which isn't answered: {actions}. The world holds no logs, no
problems of Cloud Guard and no service limits.

| client | used | answered | not answered |
|---|---:|---:|---|
"""


def text() -> str:
    """The page."""
    door, used = _door(), operations_in_use()
    by_client: Mapping[str, list[Operation]] = _by_client(used)
    title = _TITLE.format(
        stack=STACK,
        all=f"{len(door.table.operations):,}",
        answered=sum(map(door.answers, used)),
        used=len(used),
        actions=", ".join(f"`{each}`" for each in _without_collection()),
        of_all=f"{sum(map(door.answers, door.table.operations)):,}",
    )
    return title + "".join(_row(client, its) for client, its in sorted(by_client.items()))


def operations_in_use() -> list[Operation]:
    """What the stack's types need, and what the compliance tools call."""
    door = _door()
    types = {each.type for each in recorded(STACK).resources if each.type.startswith("oci:")}
    kinds = {kind for type in types if (kind := door.kind_of(type))}
    of_types = {each for kind in kinds for each in door.roles_of(kind).values()}
    return sorted(of_types | set(called_by_tools()), key=lambda each: (each.client, each.name))


def called_by_tools() -> Iterable[Operation]:
    """What the compliance tools call.

    Raises:
        KeyError: the SDK has no such operation.
    """
    named = {(each.client, each.name): each for each in _door().table.operations}
    wanted: Mapping[str, list[str]] = yaml.safe_load(_TOOLS.read_text(encoding="utf-8"))
    return [named[client, name] for client, names in wanted.items() for name in names]


def answers(operation: Operation) -> bool:
    """Whether the door answers an operation."""
    return _door().answers(operation)


def _without_collection() -> list[str]:
    types = {each.type for each in recorded(STACK).resources if each.type.startswith("oci:")}
    return sorted(each for each in types if not _door().kind_of(each) and "/domains" not in each)


@cache
def _door() -> Dispatcher:
    # Nothing is asked of the world: it is there because a door has one.
    return Dispatcher(World(Path(gettempdir()) / "none"), cache_directory())


def _by_client(operations: Iterable[Operation]) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = defaultdict(list)
    for each in operations:
        found[each.client].append(each)
    return found


def _row(client: str, used: list[Operation]) -> str:
    left = [each.api_name for each in used if not answers(each)]
    return f"| {client} | {len(used)} | {len(used) - len(left)} | {', '.join(f'`{each}`' for each in left) or '—'} |\n"
