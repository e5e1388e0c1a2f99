"""Amazon's signature, version 4, of a request to the S3 side.

Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html; what Oracle says of a key
or a region that it doesn't know is one sentence for both, https://github.com/minio/mc/issues/4329.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from rehearsal.doors.api.messages import Request
from rehearsal.world import secret_keys
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.store import World

UNSIGNED = "UNSIGNED-PAYLOAD"
SKEW = timedelta(minutes=15)

_ALGORITHM = "AWS4-HMAC-SHA256"
_HEADER = re.compile(
    rf"{_ALGORITHM} Credential=(?P<credential>[^,\s]+),\s*"
    r"SignedHeaders=(?P<headers>[^,\s]+),\s*Signature=(?P<signature>[0-9a-f]+)"
)
_IN_QUERY = ("Credential", "SignedHeaders", "Signature")
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class _Claim:
    """What a request says of its own signature, in a header or in its query."""

    key: str
    scope: str
    headers: str
    signature: str
    moment: str
    lasts: timedelta
    payload: str


def signer(world: World, request: Request, region: str) -> Resource:
    """The key that a request is signed with, rightly.

    Raises:
        ServiceError: it isn't signed, or not so.
    """
    claim = _claim(request)
    signed_at = _moment(claim.moment)
    if not -SKEW <= datetime.now(UTC) - signed_at <= claim.lasts:
        raise ServiceError(
            403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."
        )
    key = secret_keys.find(world, claim.key, region)
    if key is None or claim.scope != f"{signed_at:%Y%m%d}/{region}/s3/aws4_request":
        raise _mismatch(
            "The secret key required to complete authentication could not be found. "
            "The region must be specified if this is not the home region for the tenancy."
        )
    expected = _signature(secret_keys.secret_of(world, key.id), claim, _canonical(request, claim))
    if not hmac.compare_digest(expected, claim.signature):
        raise _mismatch("The request signature we calculated does not match the signature you provided.")
    return key


def _claim(request: Request) -> _Claim:
    asked, headers = request.parameters, request.headers
    if asked.get("X-Amz-Algorithm") == _ALGORITHM:
        credential, names, signature = (asked.get(f"X-Amz-{each}", "") for each in _IN_QUERY)
        seconds = asked.get("X-Amz-Expires", "")
        lasts = timedelta(seconds=int(seconds) if seconds.isdigit() else 0)
        moment, payload = asked.get("X-Amz-Date", ""), UNSIGNED
    else:
        found = _HEADER.fullmatch(headers.get("authorization", ""))
        if found is None:
            raise ServiceError(403, "AccessDenied", "The request has no signature of version 4.")
        credential, names, signature = found.groups()
        lasts, moment, payload = SKEW, headers.get("x-amz-date", ""), headers.get("x-amz-content-sha256", "")
    key, _, scope = credential.partition("/")
    if "host" not in names.split(";"):
        raise _mismatch("The host must be signed.")
    return _Claim(key, scope, names, signature, moment, lasts, payload)


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise ServiceError(403, "AccessDenied", "The request has no valid x-amz-date.") from None


def _canonical(request: Request, claim: _Claim) -> str:
    path = quote(unquote(request.path), safe="/~")
    pairs = ((quote(name, safe="~"), quote(value, safe="~")) for name, value in request.query)
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs) if name != "X-Amz-Signature")
    values = {name: " ".join(request.headers.get(name, "").split()) for name in claim.headers.split(";")}
    headers = "".join(f"{name}:{value}\n" for name, value in values.items())
    return "\n".join((request.method, path, query, headers, claim.headers, claim.payload))


def _signature(secret: str, claim: _Claim, canonical: str) -> str:
    key = f"AWS4{secret}".encode()
    for each in claim.scope.split("/"):
        key = hmac.digest(key, each.encode(), hashlib.sha256)
    text = "\n".join((_ALGORITHM, claim.moment, claim.scope, hashlib.sha256(canonical.encode()).hexdigest()))
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _mismatch(message: str) -> ServiceError:
    return ServiceError(403, "SignatureDoesNotMatch", message)
