"""One call of Oracle's own API, with what its handler needs of it."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.objects.access import Principal, bucket_for
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects.model import Conditions
from rehearsal.world.store import World

_MOST = 1000


@dataclass(frozen=True)
class Call:
    """A request in a region; `names` are the decoded parts of its path."""

    world: World
    request: Request
    principal: Principal
    region: str
    names: Mapping[str, str]

    def bucket(self, call: str) -> Resource:
        """The bucket of the path, for a caller who may make this call on it."""
        return bucket_for(
            self.world,
            self.region,
            self.names["namespace"],
            self.names["bucket"],
            principal=self.principal,
            call=call,
        )

    def object_name(self) -> str:
        """The object's name of the path.

        Raises:
            ServiceError: no object can be called so.
        """
        return checked_name(self.names["object"])

    def conditions(self) -> Conditions:
        """The conditions of the headers."""
        return Conditions(self.request.headers.get("if-match", ""), self.request.headers.get("if-none-match", ""))

    def limit(self) -> int:
        """How many entries a page may have.

        Raises:
            ServiceError: that is no number of entries.
        """
        given = self.request.parameters.get("limit", str(_MOST))
        if not given.isdigit() or int(given) < 1:
            raise ServiceError(400, "InvalidLimit", f"The limit '{given}' is no number from 1 to {_MOST}")
        return min(int(given), _MOST)

    def details(self) -> dict[str, Any]:
        """The body as an object of JSON.

        Raises:
            ServiceError: it is none.
        """
        try:
            read = json.loads(self.request.body or b"{}")
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise ServiceError(400, "InvalidJSON", "The request's body is no object of JSON")
        return read


def checked_name(name: Any) -> str:
    """A name, if an object can be called so: https://docs.oracle.com/iaas/Content/Object/Tasks/managingobjects.htm.

    Raises:
        ServiceError: none can.
    """
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= 1024 or set("\0\r\n") & set(name):
        raise ServiceError(400, "InvalidObjectName", "An object's name has 1 to 1024 bytes, no NUL and no line break")
    return name


def next_page(of: tuple[str, ...], position: list[Any]) -> str:
    """A page's token: good for this list alone."""
    return base64.urlsafe_b64encode(json.dumps([of, position]).encode()).decode()


def position_of(of: tuple[str, ...], token: str) -> list[Any]:
    """Where a page begins.

    Raises:
        ServiceError: the token is none of this list's.
    """
    try:
        named, position = json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        named, position = None, []
    if named != list(of):
        raise ServiceError(400, "InvalidPage", "The page is none of this list")
    return list(position)


def http_date(moment: str) -> str:
    """A moment of the world as headers have it."""
    return format_datetime(datetime.fromisoformat(moment), usegmt=True)
