"""Alerts on the screen: those that are open, and the life of one."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assurance.alerts.alert import Alert, Message, Severity, State, age, worst_first
from assurance.alerts.silence import Silence

# Every night something looks; what is older than a day and a half was left out.
_OLD = 129_600
_COLOURS = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow"}


def show_alerts(alerts: Sequence[Alert], silences: Sequence[Silence], now: datetime, console: Console) -> None:
    """Those that aren't over, the worst and oldest first."""
    if not alerts:
        console.print("no alert is open")
        return
    lasting = [each for each in silences if each.lasts(now)]
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("alert", "severity", "age", "stack", "rule", "what", "state"):
        table.add_column(name, no_wrap=name not in ("what", "state"), overflow="fold")
    for each in worst_first(alerts):
        subject = each.subject
        silent = next((silence for silence in lasting if silence.match.fits(each)), None)
        table.add_row(
            each.id[:8],
            Text(subject.severity, style=_COLOURS.get(subject.severity, "")),
            age(each.opened, now),
            subject.stack,
            subject.rule,
            Text("\n".join(filter(None, (subject.says, subject.place or subject.resource)))),
            Text(_state(each, silent)),
        )
    console.print(table)


def show_looks(looks: Sequence[tuple[str, float, bool]], now: datetime, console: Console) -> None:
    """When each thing was looked at last: what nobody looks at, nothing is known of."""
    console.print()
    for look, at, whole in looks:
        since = age(datetime.fromtimestamp(at, UTC), now)
        old = now.timestamp() - at > _OLD
        mark = Text("! ", style="yellow") if old or not whole else Text("  ")
        counts = "" if whole else ", and that run did not count"
        console.print(mark + Text(f"{look}: looked at {since} ago{counts}"))
    if not looks:
        console.print("nothing was looked at yet; take the results of a run: python -m assurance.alerts take")


def show_history(alert: Alert, messages: Sequence[Message], console: Console) -> None:
    """One alert's life, a line each."""
    subject = alert.subject
    console.print(Text(f"{alert.id}  [{subject.severity}] {subject.stack} {subject.rule}: {subject.says}"))
    console.print(Text(f"{subject.resource}  {subject.place}".rstrip()))
    for each in messages:
        by = f" by {each.alert.by}" if each.alert.by else ""
        console.print(Text(f"  {each.at:%Y-%m-%d %H:%M:%S}  {each.event}{by}: {each.says}"))
    console.print(Text(f"  now {alert.state}; last seen {alert.last_seen:%Y-%m-%d %H:%M:%S} UTC"))


def _state(alert: Alert, silence: Silence | None) -> str:
    said = f"{alert.state} by {alert.by}: {alert.why}" if alert.state is State.ACKNOWLEDGED else str(alert.state)
    return f"{said}; silent until {silence.until:%Y-%m-%d %H:%M}: {silence.why}" if silence else said
