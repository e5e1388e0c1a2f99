"""The rehearsal's Object Storage, S3 side: behind the door's own tunnel, under Oracle's host names, over TLS."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.messages import Request, Response
from rehearsal.doors.api.objects import s3
from rehearsal.doors.api.objects.places import place_of
from rehearsal.doors.api.objects.strictness import AFTER, Strictness
from rehearsal.doors.api.tunnel import Tunnel
from rehearsal.world import World
from rehearsal.world.secret_keys import SecretKey

HOST = "statesideus.compat.objectstorage.us-ashburn-1.oci.customer-oci.com"
_NOBODY = Caller("", "")


@dataclass
class ObjectStorage:
    """What clients are told, and what they were answered: request line and status."""

    authority: Path
    proxy: str = ""
    answered: list[tuple[str, int]] = field(default_factory=list)

    def url(self, bucket: str, region: str = "us-ashburn-1") -> str:
        """The address that the engine logs in to."""
        return f"s3://{bucket}?endpoint=https://{HOST}&s3ForcePathStyle=true&region={region}"

    def environment(self, key: SecretKey) -> dict[str, str]:
        """What the engine needs to get there."""
        return {
            "HTTPS_PROXY": self.proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "AWS_CA_BUNDLE": str(self.authority),
            "AWS_ACCESS_KEY_ID": key.id,
            "AWS_SECRET_ACCESS_KEY": key.secret,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client(self, key: SecretKey, region: str = "us-ashburn-1", host: str = HOST, **config: Any) -> Any:
        """boto3's client for a key."""
        style = {"addressing_style": "path"} | config.pop("s3", {})
        return boto3.client(
            "s3",
            endpoint_url=f"https://{host}",
            region_name=region,
            aws_access_key_id=key.id,
            aws_secret_access_key=key.secret,
            verify=str(self.authority),
            config=Config(s3=style, retries={"total_max_attempts": 1}, proxies={"https": self.proxy}, **config),
        )


@contextmanager
def object_storage(
    world: World,
    directory: Path,
    strictness: Strictness = AFTER,
    others: Callable[[Request], Response] | None = None,
) -> Iterator[ObjectStorage]:
    """Serves until the block ends, other hosts by `others`; the certificate's authority lies in the directory."""
    authority = Authority.open(directory / "authority")
    storage = ObjectStorage(authority.certificate)

    def serve(request: Request) -> Response:
        place = place_of(request.host)

        if others and not (place and place.is_s3):
            return others(request)
        answer = s3.serve(world, request, _NOBODY, strictness)
        storage.answered.append((f"{request.method} {request.target}", answer.status))
        return answer

    tunnel = Tunnel(authority, serve)
    storage.proxy = f"http://127.0.0.1:{tunnel.port}"
    try:
        yield storage
    finally:
        tunnel.close()
