"""One call of the S3 side, with what its handler needs of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.objects.access import bucket_for, may_in
from rehearsal.doors.api.objects.call import checked_name
from rehearsal.doors.api.objects.places import Place
from rehearsal.doors.api.objects.strictness import Strictness
from rehearsal.world.model import Resource, ServiceError, TenancyRecord
from rehearsal.world.store import World


@dataclass(frozen=True)
class Signer:
    """The user whose key a request is signed with."""

    tenancy: str
    user: str


@dataclass(frozen=True)
class S3Call:
    """A request, signed rightly; `body` is what it carries, without the form that it came in."""

    world: World
    request: Request
    signer: Signer
    place: Place
    bucket_name: str
    object_name: str
    body: bytes
    checksums: Mapping[str, str] = field(hash=False)
    strictness: Strictness

    def bucket(self, call: str, name: str = "") -> Resource:
        """The bucket of the path, or another one, for a caller who may make this call of Oracle's own on it."""
        return bucket_for(
            self.world,
            self.place.region,
            self.place.namespace,
            name or self.bucket_name,
            principal=self.signer,
            call=call,
        )

    def name(self) -> str:
        """The object's name of the path."""
        return checked_name(self.object_name)

    def header(self, name: str) -> str:
        """A header's value; empty where there is none."""
        return self.request.headers.get(name, "")

    def asked(self, name: str) -> str:
        """A parameter's value; empty where there is none."""
        return self.request.parameters.get(name, "")

    def number(self, name: str, default: int) -> int:
        """A parameter that is a number, never above the default.

        Raises:
            ServiceError: it is no number.
        """
        given = self.asked(name) or str(default)
        if not given.isdigit():
            raise ServiceError(400, "InvalidArgument", f"{name} is no number: {given}")
        return min(int(given), default)

    def tenancy(self, call: str) -> TenancyRecord:
        """The caller's tenancy, where they may make this call in its root.

        Raises:
            ServiceError: they may not, or the host is of another's namespace.
        """
        tenancy = self.world.tenancies()[self.signer.tenancy]
        if tenancy.namespace != self.place.namespace:
            raise ServiceError(403, "AccessDenied", f"The namespace {self.place.namespace} is of another tenancy.")
        if not may_in(self.world, self.place.region, tenancy.ocid, self.signer, call):
            raise ServiceError(403, "AccessDenied", "Access Denied")
        return tenancy
