"""PagerDuty, by its own client of the Events API v2: an alert is one incident there, by the alert's id.

A repetition has the same key, so that it is the same incident. The client's own waiting is turned off: what is to be
repeated waits in the outbox, where a kill doesn't lose it.
Source: https://developer.pagerduty.com/docs/events-api-v2-overview
"""

import logging
from datetime import UTC, datetime
from typing import Any

import pagerduty

from assurance.alerts.alert import Event, Message, Severity
from assurance.alerts.parcel import Later, Outcome, Parcel, Taken
from assurance.alerts.routes import PagerDutyRoute
from assurance.alerts.secret import secret
from assurance.alerts.senders.answers import outcome_of, unanswered

_SUMMARY = 1_024
_SEVERITY = {
    Severity.INFO: "info",
    Severity.LOW: "warning",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "critical",
}


class _Once(pagerduty.EventsApiV2Client):
    """The client, without a second attempt of its own."""

    max_network_attempts = 0

    def postprocess(self, response: Any) -> None:
        if not response.is_success:
            raise pagerduty.HttpError("not taken", response)


class PagerDutySender:
    """Events for one service."""

    def __init__(self, route: PagerDutyRoute) -> None:
        """Reads the routing key.

        Raises:
            BoundaryError: there is none.
        """
        logging.getLogger("pagerduty").disabled = True
        self._client = _Once(secret(route.secret), base_url=route.address)

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt."""
        try:
            self._event(parcel.only, parcel)
        except pagerduty.Error as error:
            if error.response is None:
                return unanswered(error.__cause__ or error)
            outcome = outcome_of(error.response.status_code, dict(error.response.headers), datetime.now(UTC))
            return Later("it doesn't answer as PagerDuty does") if isinstance(outcome, Taken) else outcome
        except Exception as error:
            return unanswered(error)
        return Taken()

    def _event(self, message: Message, parcel: Parcel) -> None:
        subject = message.alert.subject
        match message.event:
            case Event.ACKNOWLEDGED:
                self._client.acknowledge(subject.id)
            case Event.RESOLVED:
                self._client.resolve(subject.id)
            case Event.OPENED | Event.UPDATED:
                self._client.trigger(
                    summary=f"{parcel.title}: {message.says}"[:_SUMMARY],
                    source=subject.stack,
                    dedup_key=subject.id,
                    severity=_SEVERITY[subject.severity],
                    payload={
                        "timestamp": message.at.isoformat(),
                        "component": subject.system,
                        "group": subject.stack,
                        "class": subject.rule,
                        "custom_details": {"message": message.id, "text": parcel.text, "runbook": parcel.runbooks[0]},
                    },
                )
