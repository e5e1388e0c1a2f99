"""The bucket as the engine reaches it, by its S3 side: what it does all day is tried once, and leaves nothing."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from backend.errors import BackendError
from backend.settings import StateBucket
from boundary import Boundary

_BODY = b"a probe of make backend"
_PLACE = ".stateside-probe/"


def endpoint(wanted: StateBucket, boundary: Boundary) -> str:
    """The S3 side's address in the bucket's region."""
    return f"https://{boundary.tenancy.namespace}.compat.objectstorage.{wanted.region}.oci.customer-oci.com"


def login_url(wanted: StateBucket, boundary: Boundary) -> str:
    """What `pulumi login` takes."""
    address = endpoint(wanted, boundary)
    return f"s3://{wanted.bucket}?endpoint={address}&s3ForcePathStyle=true&region={wanted.region}"


def asked(wanted: StateBucket, boundary: Boundary, shows_strangers: Callable[[str], bool]) -> list[str]:
    """What the engine couldn't do, and what a stranger could; `shows_strangers` says so of one object.

    Raises:
        BackendError: the S3 side refuses what the engine does, or can't be asked.
    """
    try:
        return list(_problems(wanted, boundary, shows_strangers))
    except ClientError as error:
        said = error.response["Error"]
        raise BackendError(
            f"the S3 side refuses {error.operation_name}: {said.get('Code')}, {said.get('Message')}"
        ) from None
    except BotoCoreError as error:
        raise BackendError(
            f"the S3 side can't be asked: {error}; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
            "are to hold a customer secret key"
        ) from None


def _problems(wanted: StateBucket, boundary: Boundary, shows_strangers: Callable[[str], bool]) -> Iterator[str]:
    ours = _client(wanted, boundary)
    place = ours.get_bucket_location(Bucket=wanted.bucket)["LocationConstraint"]
    if place != wanted.region:
        yield f"the S3 side has it in {place}, not in {wanted.region}"
    name = f"{_PLACE}{uuid.uuid4()}"
    where = {"Bucket": wanted.bucket, "Key": name}
    try:
        ours.put_object(**where, Body=_BODY)
        if shows_strangers(name):
            yield "nobody in particular can read what lies in it; close it to the public"
        copy = where | {"Key": f"{name}-copy"}
        ours.copy_object(**copy, CopySource=where)
        if ours.get_object(**copy)["Body"].read() != _BODY:
            yield "it gives back something else than was put into it"
        listed = ours.list_objects_v2(Bucket=wanted.bucket, Prefix=name).get("Contents", [])
        if len(listed) != 2:
            yield f"of two objects that were put into it, it lists {len(listed)}"
    finally:
        _clean(ours, wanted.bucket, name)


def _client(wanted: StateBucket, boundary: Boundary) -> Any:
    # Oracle's S3 side takes plain bodies at any time; boto3 asks for more of its own accord since version 1.36.
    config = Config(
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    # A session of its own: the default one would keep the key that it found first.
    return boto3.Session().client(
        "s3", endpoint_url=endpoint(wanted, boundary), region_name=wanted.region, config=config
    )


def _clean(ours: Any, bucket: str, name: str) -> None:
    """Deletes every version of the probe: the state's bucket keeps what is only deleted."""
    found = ours.list_object_versions(Bucket=bucket, Prefix=name)
    for each in (*found.get("Versions", []), *found.get("DeleteMarkers", [])):
        ours.delete_object(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])
