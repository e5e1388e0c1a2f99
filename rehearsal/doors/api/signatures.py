"""Oracle's signatures of requests, version 1: who has sent a request, and whether it is as it was sent.

Sources: Oracle, "Request Signatures", https://docs.oracle.com/iaas/Content/API/Concepts/signingrequests.htm; the words
of a refusal, https://github.com/oracle/oci-cli/issues/514, https://github.com/hitrov/oci-arm-host-capacity/issues/127
and https://github.com/oracle/terraform-provider-oci/issues/474

The SDK sends headers of the body with an object and doesn't sign them, against the documentation: so they may be left
out there even where they are sent.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.keys import public_key
from rehearsal.doors.api.messages import Request
from rehearsal.world import ServiceError, World

CLOCK_SKEW = timedelta(minutes=5)

_INCOMPLETE = "The required information to complete authentication was not provided or was incorrect."
_WRONG = "Failed to verify the HTTP(S) Signature"

_SCHEME = "signature "
_PARAMETER = re.compile(r'\s*(\w+)="([^"]*)"\s*')
_TARGET, _DIGEST = "(request-target)", "x-content-sha256"
_OF_A_BODY = frozenset({"content-length", "content-type", _DIGEST})
_WITH_A_BODY = frozenset({"POST", "PUT", "PATCH"})
_STORAGE, _UPLOAD = "objectstorage", re.compile(r"/n/[^/]+/b/[^/]+/[ou]/.+")
"""PutObject and UploadPart."""


def signed_by(world: World, request: Request) -> Caller:
    """Who has signed a request.

    Raises:
        ServiceError: 401; it isn't signed, or not as it has to be.
    """
    given = _parameters(request.headers.get("authorization", ""))
    if given.get("version", "1") != "1" or given.get("algorithm") != "rsa-sha256":
        raise _refused(_INCOMPLETE)
    names = given.get("headers", "date").split()
    text = _signed_text(request, names)
    if not _required(request) <= set(names):
        raise _refused(_INCOMPLETE)
    _check_date(request.headers["x-date" if "x-date" in request.headers else "date"])
    tenancy, user, fingerprint = _key_id(given.get("keyId", ""))
    key = public_key(world, tenancy, user, fingerprint)
    if key is None:
        raise _refused(_INCOMPLETE)
    try:
        key.verify(base64.b64decode(given.get("signature", ""), validate=True), text, PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature):
        raise _refused(_WRONG) from None
    if _DIGEST in names and request.headers[_DIGEST] != _digest(request.body):
        raise _refused(_WRONG)
    return Caller(tenancy, user)


def _refused(message: str) -> ServiceError:
    return ServiceError(401, "NotAuthenticated", message)


def _parameters(authorization: str) -> Mapping[str, str]:
    if not authorization.lower().startswith(_SCHEME):
        raise _refused(_INCOMPLETE)
    pairs = [_PARAMETER.fullmatch(each) for each in authorization[len(_SCHEME) :].split(",")]
    given = {pair[1]: pair[2] for pair in pairs if pair}
    if len(given) != len(pairs):  # one isn't a parameter, or is there twice
        raise _refused(_INCOMPLETE)
    return given


def _signed_text(request: Request, names: list[str]) -> bytes:
    values = {**request.headers, _TARGET: f"{request.method.lower()} {request.target}"}
    if not all(name in values for name in names):
        raise _refused(_INCOMPLETE)
    return "\n".join(f"{name}: {values[name]}" for name in names).encode("latin-1")


def _required(request: Request) -> frozenset[str]:
    date = "x-date" if "x-date" in request.headers else "date"
    always = frozenset({date, _TARGET, "host"})
    is_upload = request.method == "PUT" and _STORAGE in request.host.split(".") and _UPLOAD.match(request.path)
    return always | _OF_A_BODY if request.method in _WITH_A_BODY and not is_upload else always


def _check_date(text: str) -> None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        raise _refused(_INCOMPLETE) from None
    date = date.replace(tzinfo=UTC) if date.tzinfo is None else date
    now = datetime.now(UTC)
    earliest, latest = now - CLOCK_SKEW, now + CLOCK_SKEW
    if not earliest <= date <= latest:
        span = f"['{_written(earliest)}', '{_written(latest)}']"
        sentence = f"Date '{_written(date)}' is not within allowed clock skew."
        raise _refused(f"{sentence} Current '{_written(now)}', valid datetime range: {span}")


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%a, %d %b %Y %H:%M:%S} UTC"


def _key_id(text: str) -> tuple[str, str, str]:
    parts = text.split("/")
    if len(parts) != 3:
        raise _refused(_INCOMPLETE)
    return parts[0], parts[1], parts[2]


def _digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
