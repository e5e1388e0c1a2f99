"""Keys of the API in the world: those that a stack has made for its users, and one of an administrator of our own.

The administrator is a user of our tenancy who belongs to no stack. The private half of the key lies in the home, with
the configuration that Oracle's clients read.
"""

from configparser import ConfigParser
from functools import lru_cache
from io import StringIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from rehearsal.doors.api.files import keep, kept
from rehearsal.errors import RehearsalError
from rehearsal.world import Resource, TenancyRecord, World, is_seeded
from rehearsal.world.behaviour.credentials import API_KEY, USER, api_key_id, fingerprint_of
from rehearsal.world.service import create, delete

ADMINISTRATOR = "rehearsal-administrator"

_BITS, _EXPONENT = 2048, 65537
_KEYS = 256


def public_key(world: World, tenancy: str, user: str, fingerprint: str) -> RSAPublicKey | None:
    """The key that a request says it is signed with, if the user of the tenancy has it."""
    found = world.get(api_key_id(user, fingerprint))
    if found is None or found.tenancy != tenancy:
        return None
    return _parsed(found.body["keyValue"])


def configure(world: World, tenancy: TenancyRecord, directory: Path) -> Path:
    """Makes the administrator's key where there is none, and writes the file that Oracle's clients are configured by.

    Raises:
        RehearsalError: a file can't be read, written or understood.
    """
    secret = directory / "administrator.pem"
    pem = _public_half(_private_key(secret))
    with world.transaction():
        user = _administrator(world, tenancy)
        key = _key(world, tenancy, user, pem)
    configuration = directory / "config"
    profile = {
        "user": user.id,
        "fingerprint": key.body["fingerprint"],
        "tenancy": tenancy.ocid,
        "region": tenancy.home,
        "key_file": str(secret),
    }
    keep(configuration, _ini(profile))
    return configuration


@lru_cache(_KEYS)
def _parsed(pem: str) -> RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, RSAPublicKey), "the world takes no other"  # noqa: S101
    return key


def _private_key(path: Path) -> RSAPrivateKey:
    found = kept(path)
    if found is None:
        made = generate_private_key(_EXPONENT, _BITS)
        keep(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return made
    try:
        key = load_pem_private_key(found, None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise RehearsalError(f"{path} is no RSA key; remove it to get a new one")
    return key


def _public_half(key: RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _administrator(world: World, tenancy: TenancyRecord) -> Resource:
    named = world.find(USER, tenancy=tenancy.ocid, fields={"name": ADMINISTRATOR})
    if known := next(filter(is_seeded, named), None):
        return known
    body = {"compartmentId": tenancy.ocid, "name": ADMINISTRATOR, "description": "Who opened the rehearsal's API door"}
    return create(world, USER, region="", tenancy=tenancy, body=body)


def _key(world: World, tenancy: TenancyRecord, user: Resource, pem: str) -> Resource:
    """The user's one key; of one whose private half is lost nothing stays."""
    wanted = api_key_id(user.id, fingerprint_of(pem))
    for other in world.find(API_KEY, tenancy=tenancy.ocid, fields={"userId": user.id}):
        if other.id == wanted:
            return other
        delete(world, other.id)
    return create(world, API_KEY, region="", tenancy=tenancy, body={"userId": user.id, "keyValue": pem})


def _ini(profile: dict[str, str]) -> bytes:
    parser, text = ConfigParser(interpolation=None), StringIO()
    parser["DEFAULT"] = profile
    parser.write(text)
    return text.getvalue().encode()
