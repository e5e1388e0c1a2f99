"""The administrator of the rehearsal's own: who opens the door is this user of our tenancy, and may do everything.

As in any tenancy there are a group of administrators and its policy, here once the door has been opened; they belong
to no stack. The private half of the user's key lies in the home, with the configuration that Oracle's clients read.
Source: Oracle, "Create the IAM Module",
https://docs.oracle.com/en/solutions/multi-tenant-topology-using-terraform/create-iam-module.html
"""

from configparser import ConfigParser
from io import StringIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from rehearsal.doors.api.files import CONFIGURATION, keep, kept
from rehearsal.errors import RehearsalError
from rehearsal.world import Resource, TenancyRecord, World, is_seeded
from rehearsal.world.behaviour.credentials import API_KEY, USER, api_key_id, fingerprint_of
from rehearsal.world.model import Body
from rehearsal.world.service import create, delete

ADMINISTRATOR = "rehearsal-administrator"

_GROUP, _POLICY = "oci:Identity/group:Group", "oci:Identity/policy:Policy"
_MEMBERSHIP = "oci:Identity/userGroupMembership:UserGroupMembership"
_STATEMENT = "ALLOW GROUP Administrators to manage all-resources IN TENANCY"

_BITS, _EXPONENT = 2048, 65537


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
    configuration = directory / CONFIGURATION
    profile = {
        "user": user.id,
        "fingerprint": key.body["fingerprint"],
        "tenancy": tenancy.ocid,
        "region": tenancy.home,
        "key_file": str(secret),
    }
    keep(configuration, _ini(profile))
    return configuration


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
    user = _once(world, tenancy, USER, {"name": ADMINISTRATOR, "description": "Who opened the rehearsal's API door"})
    group = _once(world, tenancy, _GROUP, {"name": "Administrators", "description": "Administrators"})
    _once(world, tenancy, _MEMBERSHIP, {"userId": user.id, "groupId": group.id})
    policy = {"name": "Tenant Admin Policy", "description": "Tenant Admin Policy", "statements": [_STATEMENT]}
    _once(world, tenancy, _POLICY, policy)
    return user


def _once(world: World, tenancy: TenancyRecord, type: str, body: Body) -> Resource:
    """The resource of the world itself that has these values, made where there is none."""
    texts = {name: value for name, value in body.items() if isinstance(value, str)}
    known = filter(is_seeded, world.find(type, tenancy=tenancy.ocid, fields=texts))
    whole = {"compartmentId": tenancy.ocid, **body}
    return next(known, None) or create(world, type, region="", tenancy=tenancy, body=whole)


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
