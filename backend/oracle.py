"""The bucket at Oracle, by its SDK: what the S3 side can't say or set."""

from functools import cached_property
from typing import Any
from urllib.parse import quote

import oci
from oci.object_storage import ObjectStorageClient
from oci.object_storage import models as api

from backend.checks import ENABLED, PRIVATE, STANDARD, Found, Rule, wanted_rules
from backend.errors import BackendError
from backend.settings import StateBucket
from boundary import Boundary

_TIMEOUT_S = 60
_UNASKED = (oci.exceptions.RequestException, oci.exceptions.ConnectTimeout, OSError)


class Storage:
    """Object Storage in the region of a stack's state, as one profile of `~/.oci/config` reaches it."""

    def __init__(self, wanted: StateBucket, boundary: Boundary, profile: str) -> None:
        self._wanted, self._boundary, self._profile = wanted, boundary, profile

    def require_ours(self) -> None:
        """Refuses another tenancy's profile.

        Raises:
            BackendError: it is one, or can't be used.
        """
        namespace = str(self._ask(self._client.get_namespace))
        if namespace != self._boundary.tenancy.namespace:
            raise BackendError(
                f"the profile {self._profile} is of the namespace {namespace}, "
                f"the boundary of {self._boundary.tenancy.namespace}; take a profile of ours"
            )

    def exists(self) -> bool:
        """Whether the bucket is there."""
        return self._ask(self._client.get_bucket, *self._where, missing=True) is not None

    def create(self) -> None:
        """Makes the bucket, as it is wanted from its first moment on."""
        wanted = self._wanted
        details = api.CreateBucketDetails(
            name=wanted.bucket,
            compartment_id=wanted.compartment,
            public_access_type=PRIVATE,
            versioning=ENABLED,
            storage_tier=STANDARD,
            kms_key_id=wanted.key,
        )
        self._ask(self._client.create_bucket, self._where[0], details)

    def has_rules(self) -> bool:
        """Whether the bucket has lifecycle rules at all; one that was just made has none."""
        return self._ask(self._client.get_object_lifecycle_policy, *self._where, missing=True) is not None

    def add_rules(self) -> None:
        """Gives the bucket its lifecycle rules."""
        rules = [
            api.ObjectLifecycleRule(
                name=f"{rule.action.lower()}-{rule.target}",
                action=rule.action,
                target=rule.target,
                time_amount=rule.amount,
                time_unit=rule.unit,
                is_enabled=True,
            )
            for rule in sorted(wanted_rules(self._wanted))
        ]
        details = api.PutObjectLifecyclePolicyDetails(items=rules)
        self._ask(self._client.put_object_lifecycle_policy, *self._where, details)

    def found(self) -> Found:
        """What there is."""
        bucket = self._ask(self._client.get_bucket, *self._where)
        rules = self._ask(self._client.get_object_lifecycle_policy, *self._where, missing=True)
        copies = self._ask(self._every, self._client.list_replication_policies)
        links = self._ask(self._every, self._client.list_preauthenticated_requests)
        return Found(
            compartment=bucket.compartment_id,
            access=bucket.public_access_type,
            versioning=bucket.versioning,
            key=bucket.kms_key_id or "",
            tier=bucket.storage_tier,
            is_read_only=bool(bucket.is_read_only),
            copies_to=tuple(f"{each.destination_bucket_name} in {each.destination_region_name}" for each in copies),
            links=tuple(each.name for each in links),
            rules=frozenset(_rule(each) for each in (rules.items if rules else ()) if each.is_enabled),
        )

    def shows_strangers(self, name: str) -> bool:
        """Whether an object can be read without a signature."""
        namespace, bucket = self._where
        address = (
            f"https://objectstorage.{self._wanted.region}.oraclecloud.com/n/{namespace}/b/{bucket}/o/{quote(name)}"
        )
        try:
            return bool(self._client.base_client.session.get(address, timeout=_TIMEOUT_S).ok)
        except OSError as error:
            raise BackendError(f"Oracle can't be reached: {_first_line(error)}") from None

    @property
    def _where(self) -> tuple[str, str]:
        return self._boundary.tenancy.namespace, self._wanted.bucket

    @cached_property
    def _client(self) -> Any:
        try:
            config = oci.config.from_file(profile_name=self._profile)
            oci.config.validate_config(config)
        except (oci.exceptions.ClientError, ValueError, OSError) as error:
            raise BackendError(f"the profile {self._profile} can't be used: {_first_line(error)}") from None
        if config["tenancy"] != self._boundary.tenancy.ocid:
            raise BackendError(
                f"the profile {self._profile} is of {config['tenancy']}, "
                f"the boundary of {self._boundary.tenancy.ocid}; take a profile of ours"
            )
        return ObjectStorageClient(config | {"region": self._wanted.region})

    def _every(self, call: Any) -> Any:
        return oci.pagination.list_call_get_all_results(call, *self._where)

    def _ask(self, call: Any, *arguments: Any, missing: bool = False) -> Any:
        """The answer's content; with `missing`, None where there is none."""
        try:
            return call(*arguments).data
        except oci.exceptions.ServiceError as error:
            if missing and error.status == 404:
                return None
            said = f"{error.status} {error.code}, {error.message}"
            raise BackendError(f"Oracle refuses {error.operation_name}: {said}") from None
        except _UNASKED as error:
            raise BackendError(f"Oracle can't be reached: {_first_line(error)}") from None


def _rule(found: Any) -> Rule:
    narrowed = found.object_name_filter
    target = found.target or "objects"
    if narrowed and any((narrowed.inclusion_prefixes, narrowed.inclusion_patterns, narrowed.exclusion_patterns)):
        target = f"some {target}"
    return Rule(found.action, target, int(found.time_amount), found.time_unit)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
