"""Which crossing calls are told of at once, by what, and which are only found in the archive of the audit log."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.observability.topics import Topic
from infra.observability.watched import AT_HOME, CALLS, EVERYWHERE
from policies.rules.statements.crossings import crossings

FILE = Path("docs") / "watched-calls.md"

_TITLE = """# Watched calls

<!-- Written by `make docs`. -->

A call that crosses, made by hand, is out of the policy pack's sight. [Who may make which](crossing-calls.md) is
limited; this page says who hears when one is made. The calls are
[the same list](../policies/rules/statements/crossings.yaml), what is told of is in
[watched.py](../infra/observability/watched.py). Each notice goes to the topic `{topic}`, to everybody whom
`stateside:observability` of the stack's configuration names.

**{seen} of {all} calls are told of at once.** Every other call is in the audit log, which is archived: it is found by
who looks, and nobody is told.

"""
_NONE = "nobody is told"


def text() -> str:
    """The page."""
    told = {call: by for call, by in _calls() if by}
    title = _TITLE.format(topic=Topic.BOUNDARY, seen=len(told), all=len(crossings().calls))
    return title + "\n\n".join(_tables(told)) + "\n"


def _tables(told: Mapping[str, str]) -> Iterator[str]:
    for kind in crossings().kinds:
        rows = [f"| `{call}` | {told.get(call, _NONE)} |" for call in sorted(kind.calls)]
        yield "\n".join((f"## {kind.makes[:1].upper()}{kind.makes[1:]}", "", "| call | told by |", "|---|---|", *rows))


def _calls() -> Iterator[tuple[str, str]]:
    """Each call with what tells of it; a rule of Events is as quick as it gets."""
    watched = [each for where in (AT_HOME, EVERYWHERE) for each in where.items()]
    rules = {_operation(event): f"rule `{rule}`" for rule, events in watched for event in events}
    for call in crossings().calls:
        yield call, rules.get(call.lower(), "connector `crossings`, from the audit log" if call in CALLS else "")


def _operation(event: str) -> str:
    """The API's operation that an event is about: `com.oraclecloud.bastion.createsession.end` is of `createsession`."""
    return event.removesuffix(".begin").removesuffix(".end").rpartition(".")[2].lower()
