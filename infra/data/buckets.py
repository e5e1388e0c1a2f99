"""The buckets: private, versioned, under our key, and saying so when an object changes."""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place

STORES = {"us-lake": DataClass.US_USER, "models": DataClass.MODEL}
"""What is stored, and whose data it is."""


@dataclass(frozen=True)
class BucketsArgs:
    """Where they stand, our Object Storage namespace, and the key that their objects are encrypted under."""

    place: Place
    namespace: str
    key_id: pulumi.Input[str]


class Buckets(pulumi.ComponentResource):
    """One bucket for each thing stored."""

    def __init__(self, name: str, args: BucketsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Buckets", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {
            store: oci.objectstorage.Bucket(
                f"{name}-{store}",
                compartment_id=args.place.compartment_id,
                namespace=args.namespace,
                name=args.place.name(store),
                access_type="NoPublicAccess",
                storage_tier="Standard",
                versioning="Enabled",
                object_events_enabled=True,
                kms_key_id=args.key_id,
                defined_tags=args.place.tags(data_class),
                opts=args.place.holding(self),
            ).name
            for store, data_class in STORES.items()
        }
        self.register_outputs({"names": self.names})
