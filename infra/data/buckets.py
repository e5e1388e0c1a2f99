"""The buckets of one region: its stores, and the copies of the other region's."""

import pulumi

from infra.data.bucket import BucketArgs, declare_bucket
from infra.data.stores import STORES
from infra.site import Site


class Buckets(pulumi.ComponentResource):
    """One bucket for each store, and one for each copy, which has no lifecycle: what goes at the source goes here."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Buckets", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {}
        for store in STORES:
            args = BucketArgs(store.name, site.place(store.system), store.data_class, store.rules)
            self.names[store.name] = declare_bucket(f"{name}-{store.name}", site, args, self).name
            if store.replicated and site.other_region:
                args = BucketArgs(store.replica, site.place(store.system), store.data_class, rules=())
                self.names[store.replica] = declare_bucket(f"{name}-{store.replica}", site, args, self).name
        self.register_outputs({"names": self.names})
