"""A webhook, signed as Standard Webhooks says: `webhook-id` is the same over repetitions, so that a receiver can tell.

While a key is changed there are two, apart by a space; it is signed with both, and the receiver may have either.
Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import json
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from assurance.alerts.alert import Message
from assurance.alerts.parcel import Outcome, Parcel
from assurance.alerts.routes import WebhookRoute
from assurance.alerts.secret import secret
from assurance.alerts.senders.posting import post
from boundary import BoundaryError


class WebhookSender:
    """Posts to one address."""

    def __init__(self, route: WebhookRoute) -> None:
        """Reads the key.

        Raises:
            BoundaryError: there is none, or none that can sign.
        """
        try:
            self._keys = [Webhook(each) for each in secret(route.secret).split()]
        except BoundaryError:
            raise
        except Exception:
            raise BoundaryError(f"{route.secret} is no signing key; write whsec_ and base64") from None
        self._address = route.address

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt."""
        now = datetime.now(UTC)
        body = json.dumps(_body(parcel), sort_keys=True, separators=(",", ":"))
        headers = {
            "webhook-id": parcel.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(each.sign(parcel.id, now, body) for each in self._keys),
        }
        return post(self._address, body, headers)


def _body(parcel: Parcel) -> dict[str, Any]:
    if len(parcel.messages) == 1:
        only = parcel.only
        type, data = f"alert.{only.event}", _data(only, parcel.runbooks[0])
    else:
        pairs = zip(parcel.messages, parcel.runbooks, strict=True)
        type, data = "alert.digest", {"messages": [_data(*each) for each in pairs]}
    return {"type": type, "timestamp": max(each.at for each in parcel.messages).isoformat(), "data": data}


def _data(message: Message, runbook: str) -> dict[str, Any]:
    alert = message.alert
    return {
        "id": message.id,
        "event": message.event,
        "says": message.says,
        "state": alert.state,
        "by": alert.by,
        "why": alert.why,
        "runbook": runbook,
        "first_seen": alert.first_seen.isoformat(),
        "opened": alert.opened.isoformat(),
        "last_seen": alert.last_seen.isoformat(),
        "alert": alert.subject.model_dump(mode="json"),
    }
