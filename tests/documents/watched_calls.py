"""Which crossing calls are told of at once, by what, and which are only found in the archive of the audit log."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from boundary import load_boundary
from infra.config import Listener, Topic
from infra.observability.alarm_watches import WATCHES
from infra.observability.event_rules import topic_of
from infra.observability.runbooks import RUNBOOKS_OF_RULES
from infra.observability.watched import (
    AT_HOME,
    CROSSING_CALLS_FILE,
    EVERYWHERE,
    UNTOLD,
    call_of,
    event_type,
)
from policies.rules.statements.crossings import crossings
from tests.documents.document import ROOT

FILE = Path("docs") / "watched-calls.md"
FILTER = CROSSING_CALLS_FILE

_TITLE = """# Watched calls

<!-- Written by `make docs`. -->

A call that crosses, made by hand, is out of the policy pack's sight. [Who may make which](crossing-calls.md) is
limited; this page says who hears when one is made. The calls are
[the same list](../policies/rules/statements/crossings.yaml). Rules of Oracle's Events are in
[watched.py](../infra/observability/watched.py); every other call is looked for in the audit log, where each call has
its name ([crossing_calls.txt](../infra/observability/crossing_calls.txt)). Each notice goes to the topic `{topic}`. It
has who made the call, from where, and the request id.

**{seen} of {all} calls are told of at once.**

## Ours and others'

`deployers` of `stateside:observability` names who deploys. What they do is told apart, by their principal:

- The topic `boundary` gets each crossing call, and each change of a guard, by anybody else, out of the audit log.
- The topic `operations` gets our own, and the rules of Events that our deployments set off too. Events can't leave out
  one principal ([Oracle](https://docs.oracle.com/iaas/Content/Events/Concepts/filterevents.htm)).
- Where nobody is named, everybody is another, and all of it goes to `boundary`.

Neither Events nor the filter of a connector can compare a notice with the request ids of a run: Oracle's provider makes
up its ids itself. Whoever has stolen the deployer's key is told of in `operations`: each notice there without a run of
that minute is [a violation](runbooks/boundary-violation.md).

"""
_ASKED = "the audit log"


def text() -> str:
    """The page."""
    told = _told()
    title = _TITLE.format(topic=Topic.BOUNDARY, seen=len(told), all=len(crossings().calls))
    return title + "\n\n".join((_topics(), _rules(), _alarms(), *_tables(told))) + "\n"


def asked_of_the_audit_log() -> str:
    """The calls that no rule of Events tells of, one a line: the filter of a connector."""
    calls = sorted(call for call, by in _told().items() if by == _ASKED)
    return "".join(
        f"{line}\n" for line in ("# Written by `make docs`: docs/watched-calls.md says what this is.", *calls)
    )


def _topics() -> str:
    rows = []
    for topic in Topic:
        listeners = [each.endpoint for each in _listeners() if topic in each.topics]
        rows.append(f"| `{topic}` | {', '.join(f'`{each}`' for each in listeners) or 'nobody'} |")
    return "\n".join(("## Topics", "", "| topic | who gets it in us-prod |", "|---|---|", *rows))


def _listeners() -> list[Listener]:
    said = yaml.safe_load((ROOT / "stacks" / "Pulumi.us-prod.yaml").read_text(encoding="utf-8"))["config"]
    boundary = load_boundary()
    return [Listener.model_validate(each, context=boundary) for each in said["stateside:observability"]["listeners"]]


def _rules() -> str:
    rows = [
        f"| `{rule}` | {', '.join(f'`{_short(each)}`' for each in sorted(events))} | {_topic(rule)} "
        f"| {_page(RUNBOOKS_OF_RULES[rule])} |"
        for rule, events in sorted({**AT_HOME, **EVERYWHERE}.items())
    ]
    return "\n".join(("## Rules of Events", "", "| rule | events | topic | what to do |", "|---|---|---|---|", *rows))


def _topic(rule: str) -> str:
    known, unknown = (topic_of(rule, others_told=told) for told in (True, False))
    return f"`{known}`" if known == unknown else f"`{known}` (`{unknown}` where no deployer is named)"


def _alarms() -> str:
    rows = [
        f"| `{name}` | {each.system} | `{each.namespace}` `{each.query}` | `{each.topic}` | {each.says} "
        f"| {_page(each.runbook)} |"
        for name, each in sorted(WATCHES.items())
    ]
    head = ("| alarm | system | metric | topic | what it means | what to do |", "|---|---|---|---|---|---|")
    return "\n".join(("## Alarms", "", *head, *rows))


def _page(runbook: str) -> str:
    return f"[{Path(runbook).stem}]({Path(runbook).relative_to('docs').as_posix()})"


def _short(announced: str) -> str:
    return event_type(announced).removeprefix("com.oraclecloud.")


def _tables(told: Mapping[str, str]) -> Iterator[str]:
    for kind in crossings().kinds:
        rows = [f"| `{call}` | {told.get(call) or f'nobody is told: {UNTOLD[call]}'} |" for call in sorted(kind.calls)]
        yield "\n".join((f"## {kind.makes[:1].upper()}{kind.makes[1:]}", "", "| call | told by |", "|---|---|", *rows))


def _told() -> dict[str, str]:
    """What tells of each call; a rule of Events is as quick as it gets."""
    watched = [each for where in (AT_HOME, EVERYWHERE) for each in where.items()]
    rules = {call_of(event).lower(): f"`{rule}` of Events" for rule, events in watched for event in events}
    asked = {call: _ASKED for call in crossings().calls if call not in UNTOLD}
    return asked | {call: rules[call.lower()] for call in crossings().calls if call.lower() in rules}
