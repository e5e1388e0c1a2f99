"""What is not told for now: while a silence lasts, or while another alert says it all.

It is told when that ends, if it isn't over by then. That something is over is told whenever its beginning was.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assurance.alerts.alert import Alert, Event
from assurance.alerts.routes import Routing
from assurance.alerts.store import Store

# Silences and alerts may change while a sender runs; it looks again after so long.
_FRESH = timedelta(seconds=1)


@dataclass
class Held:
    """Which alerts are held, as of a moment ago."""

    routing: Routing
    _at: datetime | None = None
    _alerts: dict[str, Alert] = field(default_factory=dict)

    def is_held(self, store: Store, route: str, alert: str, event: Event, now: datetime) -> bool:
        """Whether a message of an alert is held. What is over while nothing of it was told, is told never."""
        self._look(store, now)
        held = self._alerts.get(alert)
        if held is None:
            return False
        if not held.is_over:
            return True
        told = store.connection.execute(
            "SELECT event FROM queue WHERE route = ? AND alert = ? AND done = 'sent' ORDER BY n DESC LIMIT 1",
            (route, alert),
        ).fetchone()
        if told is None or told[0] == Event.RESOLVED:
            store.connection.execute(
                "UPDATE queue SET done = 'over' WHERE route = ? AND alert = ? AND done IS NULL AND batch IS NULL",
                (route, alert),
            )
            return True
        return event is not Event.RESOLVED

    def _look(self, store: Store, now: datetime) -> None:
        if self._at is not None and timedelta(0) <= now - self._at < _FRESH:
            return
        self._at = now
        silences = [each for each in (*self.routing.silences, *store.silences()) if each.lasts(now)]
        if not silences and not self.routing.inhibitions:
            self._alerts = {}
            return
        everything = store.alerts(over=True)
        held = {each.id: each for each in everything if any(silence.match.fits(each) for silence in silences)}
        for inhibition in self.routing.inhibitions:
            sources = [each for each in everything if not each.is_over and inhibition.source.fits(each)]
            targets = (each for each in everything if inhibition.target.fits(each))
            held |= {each.id: each for each in targets if any(inhibition.mutes(source, each) for source in sources)}
        self._alerts = held
