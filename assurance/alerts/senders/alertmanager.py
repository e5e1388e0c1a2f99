"""Prometheus' Alertmanager, by its API v2: an alert is one of its own, by labels that stay the same through its life.

How bad it is changes in an alert's life, so that it is said in an annotation. What isn't repeated, Alertmanager takes
for over after some minutes; an end far ahead keeps it until it is resolved.
Source: https://prometheus.io/docs/alerting/latest/alerts_api/
"""

import json
from datetime import timedelta
from typing import Any

from assurance.alerts.alert import Message
from assurance.alerts.parcel import Outcome, Parcel
from assurance.alerts.routes import AlertmanagerRoute
from assurance.alerts.senders.posting import post

_API = "/api/v2/alerts"
_KEPT = timedelta(days=3_650)


class AlertmanagerSender:
    """Posts to one Alertmanager."""

    def __init__(self, route: AlertmanagerRoute) -> None:
        """It has no secret."""
        self._address = f"{route.address.rstrip('/')}{_API}"

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt; of a digest the last message of each alert says all that Alertmanager keeps."""
        pairs = zip(parcel.messages, parcel.runbooks, strict=True)
        last = {each.alert.id: _alert(each, runbook) for each, runbook in pairs}
        return post(self._address, json.dumps(list(last.values()), sort_keys=True), {})


def _alert(message: Message, runbook: str) -> dict[str, Any]:
    subject, alert = message.alert.subject, message.alert
    return {
        "labels": {
            "alertname": subject.rule,
            "id": subject.id,
            "kind": subject.kind,
            "stack": subject.stack,
            "system": subject.system,
        },
        "annotations": {
            "message": message.id,
            "severity": subject.severity,
            "summary": message.says,
            "resource": subject.resource,
            "place": subject.place,
            "lets_through": subject.lets_through,
            "do": subject.instead,
            "runbook": runbook,
        },
        "startsAt": alert.opened.isoformat(),
        "endsAt": (message.at if alert.is_over else message.at + _KEPT).isoformat(),
    }
