"""What only tells: Slack, Teams, mail and whatever else Apprise knows. Its address is a secret as a whole.

Apprise says of an attempt whether it went well, and writes why not into a log, with addresses: nobody sees that.
"""

import logging

import apprise

from assurance.alerts.alert import Event, Severity
from assurance.alerts.parcel import Later, Outcome, Parcel, Taken
from assurance.alerts.routes import AppriseRoute
from assurance.alerts.secret import secret
from assurance.alerts.senders.answers import unanswered
from boundary import BoundaryError


class AppriseSender:
    """Tells at one address."""

    def __init__(self, route: AppriseRoute) -> None:
        """Reads the address.

        Raises:
            BoundaryError: there is none, or several, or none that Apprise knows.
        """
        logging.getLogger("apprise").disabled = True
        self._target = apprise.Apprise()
        # One answer for several targets would not say which of them has it.
        if not self._target.add(secret(route.secret)) or len(self._target) != 1:
            raise BoundaryError(f"{route.secret} is not one address that Apprise knows; write one, such as slack://…")

        for each in self._target:
            # What a target takes at a time is said by the route (`every`), and waits where a kill doesn't lose it.
            each.request_rate_per_sec = 0

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt."""
        try:
            taken = self._target.notify(
                body=parcel.text,
                title=parcel.title,
                notify_type=_type(parcel),
                body_format=apprise.NotifyFormat.TEXT,
            )
        except Exception as error:
            return unanswered(error)
        return Taken() if taken else Later("it did not take the message; look at the route's secret and address")


def _type(parcel: Parcel) -> apprise.NotifyType:
    if all(each.event is Event.RESOLVED for each in parcel.messages):
        return apprise.NotifyType.SUCCESS
    worst = max(each.alert.subject.severity.rank for each in parcel.messages)
    return apprise.NotifyType.FAILURE if worst >= Severity.HIGH.rank else apprise.NotifyType.WARNING
