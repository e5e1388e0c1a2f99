"""A topic of OCI Notifications, by Oracle's SDK: signed with a profile of ~/.oci/config, or as the instance it runs on.

A topic takes sixty messages a minute, of 64 KB each; `every` and `digest` of the route keep to that. It knows no
repetition: one after a kill has the same id in its text.
Source: https://docs.oracle.com/iaas/Content/Notification/Tasks/publishingmessages.htm
"""

from datetime import UTC, datetime
from typing import Any

import oci
from oci.ons import NotificationDataPlaneClient
from oci.ons.models import MessageDetails

from assurance.alerts.parcel import Outcome, Parcel, Taken
from assurance.alerts.routes import OciRoute
from assurance.alerts.senders.answers import outcome_of, unanswered
from boundary import BoundaryError

_SECONDS = (5, 10)


class OciSender:
    """Publishes to one topic."""

    def __init__(self, route: OciRoute) -> None:
        """Reads who signs.

        Raises:
            BoundaryError: the profile can't be used, or this is no instance of Oracle's.
        """
        more: dict[str, Any] = {"timeout": _SECONDS, "retry_strategy": oci.retry.NoneRetryStrategy()}
        if route.address:
            more["service_endpoint"] = route.address
        try:
            if route.profile:
                config = oci.config.from_file(profile_name=route.profile)
            else:
                config, more["signer"] = {}, oci.auth.signers.InstancePrincipalsSecurityTokenSigner()
            self._client = NotificationDataPlaneClient(config, **more)
        except Exception as error:
            who = f"the profile {route.profile}" if route.profile else "the instance that this runs on"
            kind = type(error).__name__
            raise BoundaryError(f"{who} can't sign for Oracle ({kind}); name a profile of ~/.oci/config") from None
        self._topic = route.topic

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt."""
        try:
            self._client.publish_message(self._topic, MessageDetails(title=parcel.title, body=parcel.text))
        except oci.exceptions.ServiceError as error:
            return outcome_of(error.status, dict(error.headers or {}), datetime.now(UTC))
        except Exception as error:
            return unanswered(error)
        return Taken()
