"""What a user proves who they are with: keys of the API, which are RSA, and named by the digest of their public half.

Sources: Oracle, "Required Keys and OCIDs", https://docs.oracle.com/iaas/Content/API/Concepts/apisigningkey.htm;
the identifier, `GetApiKeyCompositeId` of oracle/terraform-provider-oci
"""

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, invalid

API_KEY = "oci:Identity/apiKey:ApiKey"
USER = "oci:Identity/user:User"

_BITS = 2048


def api_key_id(user: str, fingerprint: str) -> str:
    """What a user's key with this fingerprint is called."""
    return f"users/{user}/apiKeys/{fingerprint}"


def fingerprint_of(pem: str) -> str:
    """The fingerprint of a public key.

    Raises:
        ServiceError: it is none that the API takes.
    """
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        raise invalid("keyValue: it is no public key in PEM format") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < _BITS:
        raise invalid(f"keyValue: it is no RSA key of {_BITS} bits or more")
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.md5(der, usedforsecurity=False).digest().hex(":")


def _check_key(change: Change) -> None:
    fingerprint_of(change.body["keyValue"])


def _name_key(change: Change) -> Body:
    fingerprint = fingerprint_of(change.body["keyValue"])
    return {"fingerprint": fingerprint, "keyId": f"{change.tenancy.ocid}/{change.body['userId']}/{fingerprint}"}


def _identify_key(change: Change) -> str:
    return api_key_id(change.body["userId"], fingerprint_of(change.body["keyValue"]))


BEHAVIOURS: dict[str, Behaviour] = {
    USER: Behaviour("user", state="ACTIVE", is_global=True),
    API_KEY: Behaviour(
        "apikey",
        state="ACTIVE",
        is_global=True,
        check=_check_key,
        compute=_name_key,
        identify=_identify_key,
    ),
}
