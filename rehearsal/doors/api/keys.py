"""Keys of the API in the world: whose key a request says that it is signed with."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from rehearsal.world import World
from rehearsal.world.behaviour.credentials import api_key_id

_KEYS = 256


def public_key(world: World, tenancy: str, user: str, fingerprint: str) -> RSAPublicKey | None:
    """The key that a request says it is signed with, if the user of the tenancy has it."""
    found = world.get(api_key_id(user, fingerprint))
    if found is None or found.tenancy != tenancy:
        return None
    return _parsed(found.body["keyValue"])


@lru_cache(_KEYS)
def _parsed(pem: str) -> RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, RSAPublicKey), "the world takes no other"  # noqa: S101
    return key
