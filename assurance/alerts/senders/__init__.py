"""One file a way of sending. A sender tries once, and says what came of it in words that have no secret in them."""

from typing import Protocol

from assurance.alerts.parcel import Outcome, Parcel
from assurance.alerts.routes import AlertmanagerRoute, AppriseRoute, OciRoute, PagerDutyRoute, Route, WebhookRoute


class Sender(Protocol):
    """A connection to one target."""

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt."""


def sender_for(route: Route) -> Sender:
    """The sender of a route; what it needs is loaded only here.

    Raises:
        BoundaryError: its secret is missing, or can't be used.
    """
    match route:
        case AlertmanagerRoute():
            from assurance.alerts.senders.alertmanager import AlertmanagerSender

            return AlertmanagerSender(route)
        case AppriseRoute():
            from assurance.alerts.senders.tells import AppriseSender

            return AppriseSender(route)
        case PagerDutyRoute():
            from assurance.alerts.senders.incidents import PagerDutySender

            return PagerDutySender(route)
        case WebhookRoute():
            from assurance.alerts.senders.webhook import WebhookSender

            return WebhookSender(route)
        case OciRoute():
            from assurance.alerts.senders.topic import OciSender

            return OciSender(route)
