"""One alert through every route, to see that it arrives. It is resolved at once, so that nobody is left with it."""

from datetime import datetime

from assurance.alerts import life
from assurance.alerts.alert import Kind, Severity, Subject
from assurance.alerts.observation import Look, Observation, Sighting, identity
from assurance.alerts.parcel import Taken, parcel_of
from assurance.alerts.routes import Route, Routing
from assurance.alerts.senders import sender_for
from boundary import BoundaryError


def try_routes(routing: Routing, now: datetime) -> dict[str, str]:
    """Why it did not arrive, by route; empty where it did."""
    return {each.name: _try(each, routing, now) for each in routing.routes}


def _try(route: Route, routing: Routing, now: datetime) -> str:
    opened = life.advance({}, Observation(Look("rehearsal", "test"), whole=True, found=(_sighting(now),)), now)
    over = life.resolve(opened.alerts[0], "", "a test ends", now)
    try:
        sender = sender_for(route)
    except BoundaryError as error:
        return str(error)
    for message in (*opened.messages, *over.messages):
        outcome = sender.send(parcel_of(route, routing, [message]))
        if not isinstance(outcome, Taken):
            return outcome.why
    return ""


def _sighting(now: datetime) -> Sighting:
    return Sighting(
        Subject(
            # Another one each time: a target may keep what it has once been told.
            id=identity("test", now.isoformat()),
            kind=Kind.TEST,
            stack="rehearsal",
            system="stack",
            rule="test",
            severity=Severity.HIGH,
            resource="nothing",
            says="this is a test of the route; nothing is wrong",
            instead="nothing: it ends by itself",
        )
    )
