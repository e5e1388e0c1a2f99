"""Which crossing calls are told of at once, by what, and which are only found in the archive of the audit log."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.observability.topics import Topic
from infra.observability.watched import AT_HOME, CROSSING_CALLS_FILE, EVERYWHERE, UNTOLD
from policies.rules.statements.crossings import crossings

FILE = Path("docs") / "watched-calls.md"
FILTER = CROSSING_CALLS_FILE

_TITLE = """# Watched calls

<!-- Written by `make docs`. -->

A call that crosses, made by hand, is out of the policy pack's sight. [Who may make which](crossing-calls.md) is
limited; this page says who hears when one is made. The calls are
[the same list](../policies/rules/statements/crossings.yaml). Rules of Oracle's Events are in
[watched.py](../infra/observability/watched.py); every other call is looked for in the audit log, where each call has
its name ([crossing_calls.txt](../infra/observability/crossing_calls.txt)). Each notice goes to the topic `{topic}`, to
everybody whom `stateside:observability` of the stack's configuration names. It has who made the call, from where, and
the request id.

**{seen} of {all} calls are told of at once.** Our own deployments make some of these calls too: such a notice names the
principal that deploys. Neither Events nor the filter of a connector can compare it with the request ids of a run.

"""
_ASKED = "the audit log"


def text() -> str:
    """The page."""
    told = _told()
    title = _TITLE.format(topic=Topic.BOUNDARY, seen=len(told), all=len(crossings().calls))
    return title + "\n\n".join(_tables(told)) + "\n"


def asked_of_the_audit_log() -> str:
    """The calls that no rule of Events tells of, one a line: the filter of a connector."""
    calls = sorted(call for call, by in _told().items() if by == _ASKED)
    return "".join(
        f"{line}\n" for line in ("# Written by `make docs`: docs/watched-calls.md says what this is.", *calls)
    )


def _tables(told: Mapping[str, str]) -> Iterator[str]:
    for kind in crossings().kinds:
        rows = [f"| `{call}` | {told.get(call) or f'nobody is told: {UNTOLD[call]}'} |" for call in sorted(kind.calls)]
        yield "\n".join((f"## {kind.makes[:1].upper()}{kind.makes[1:]}", "", "| call | told by |", "|---|---|", *rows))


def _told() -> dict[str, str]:
    """What tells of each call; a rule of Events is as quick as it gets."""
    watched = [each for where in (AT_HOME, EVERYWHERE) for each in where.items()]
    rules = {_operation(event): f"`{rule}` of Events" for rule, events in watched for event in events}
    asked = {call: _ASKED for call in crossings().calls if call not in UNTOLD}
    return asked | {call: rules[call.lower()] for call in crossings().calls if call.lower() in rules}


def _operation(event: str) -> str:
    """The API's operation that an event is about: `com.oraclecloud.bastion.createsession.end` is of `createsession`."""
    return event.removesuffix(".begin").removesuffix(".end").rpartition(".")[2].lower()
