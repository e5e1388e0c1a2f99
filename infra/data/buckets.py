"""The buckets of one region: its stores, and the copies of the other region's."""

from collections.abc import Iterator

import pulumi

from infra.config import Stack
from infra.data.bucket import BucketArgs, declare_bucket
from infra.data.stores import STORES
from infra.site import Site


def described_buckets(stack: Stack) -> Iterator[BucketArgs]:
    """One bucket for each store, and one for each copy, which has no lifecycle: what goes at the source goes here."""
    for store in STORES:
        yield BucketArgs(store.name, store.system, store.data_class, store.rules)
        if store.replicated and len(stack.regions) > 1:
            yield BucketArgs(store.replica, store.system, store.data_class, rules=(), receives_copies=True)


class Buckets(pulumi.ComponentResource):
    """The buckets, declared."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Buckets", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {
            args.name: declare_bucket(f"{name}-{args.name}", site, args, self).name
            for args in described_buckets(site.stack)
        }
        self.register_outputs({"names": self.names})
