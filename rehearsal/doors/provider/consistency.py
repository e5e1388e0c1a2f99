"""What a provider's process does about IAM that isn't there yet: it waits, if it knows that IAM was changed.

Oracle's SDK opens a window of four minutes after each change that its own process made with IAM's client. A request
that begins within it and fails with one of five answers is tried again until the window ends; so does the provider. The
process of another region changes no IAM and gives up at once, unless the variable OCI_GO_SDK_EC_CONFIG, set to `file,`
and a path, lets processes share the window. An unknown tag (400 InvalidParameter) is not among the five.
Sources: https://github.com/oracle/oci-go-sdk, common/eventual_consistency.go and identity/identity_client.go;
https://github.com/oracle/terraform-provider-oci, internal/tfresource/retry.go. Pauses are shorter here.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rehearsal.world.model import ServiceError

Result = TypeVar("Result")

VARIABLE = "OCI_GO_SDK_EC_CONFIG"
WINDOW_S = 240.0

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0
_PASSING = frozenset(
    {
        (404, "NotAuthorizedOrNotFound"),
        (400, "RelatedResourceNotAuthorizedOrNotFound"),
        (400, "InsufficientServicePermissions"),
        (400, "ResourceDisabled"),
        (409, "NotAuthorizedOrResourceAlreadyExists"),
    }
)


@dataclass
class Window:
    """When the effects of the last change of IAM that a process knows of are over."""

    ends: float = 0.0

    def open(self) -> None:
        """Begins it anew: IAM has just been changed."""
        self.ends = time.monotonic() + WINDOW_S

    @property
    def left(self) -> float:
        """The seconds that are left of it."""
        return max(0.0, self.ends - time.monotonic())


_SHARED = Window()


def new_window() -> Window:
    """The window of a new process: its own, or the one that all share."""
    return _SHARED if os.environ.get(VARIABLE, "").lower().startswith("file,") else Window()


def changes_iam(type: str, operation: str) -> bool:
    """Whether a call is one of IAM's client that changes something; identity domains have a client of their own."""
    return operation != "read" and type.startswith("oci:Identity/") and not type.startswith("oci:Identity/domains")


def patiently(window: Window, work: Callable[[], Result]) -> Result:
    """Does the work, again and again within a window that is open, while IAM may be why it fails.

    Raises:
        ServiceError: the services refuse for another reason, or the window is closed.
    """
    is_open, pause = window.left > 0, _FIRST_PAUSE_S
    while True:
        try:
            return work()
        except ServiceError as error:
            if not is_open or not window.left or (error.status, error.code) not in _PASSING:
                raise
        time.sleep(min(pause, window.left))
        pause = min(2 * pause, _LONGEST_PAUSE_S)
