"""Customer secret keys: what a client of the S3 side signs with.

The world keeps secrets as fingerprints alone, and a signature can't be checked with one. So the secret of such a key
follows from its identifier and from a seal that is the world's own: whoever holds the world knows it, nothing keeps it.
Source: Oracle, "Working with Customer Secret Keys",
https://docs.oracle.com/iaas/Content/Identity/access/working_with_customer_secret_keys.htm
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from rehearsal.world import late, service
from rehearsal.world.model import Resource, TenancyRecord
from rehearsal.world.store import World

KEY_TYPE = "oci:Identity/customerSecretKey:CustomerSecretKey"


@dataclass(frozen=True)
class SecretKey:
    """A key that was just made: who has it signs with it."""

    id: str
    secret: str = field(repr=False)


def issue(world: World, tenancy: TenancyRecord, user: str, name: str) -> SecretKey:
    """Makes a key of a user.

    Raises:
        ServiceError: the services refuse.
    """
    body = {"displayName": name, "userId": user}
    made = service.create(world, KEY_TYPE, region=tenancy.home, tenancy=tenancy, body=body)
    return SecretKey(made.id, secret_of(world, made.id))


def find(world: World, identifier: str, region: str) -> Resource | None:
    """A key that the region knows."""
    found = world.get(identifier)
    if found is None or found.type != KEY_TYPE or not late.is_there(world, found, region):
        return None
    return found


def secret_of(world: World, identifier: str) -> str:
    """The secret of a key: 44 characters, as Oracle's."""
    (seal,) = world.execute("SELECT bytes FROM seal").fetchone()
    return base64.b64encode(hmac.digest(seal, identifier.encode(), hashlib.sha256)).decode()
