"""What stays when lanes are gone: the manifests of what was let in, and the reconciliation of what was sent out.

Both hold digests and counts, no user's data, in buckets where nothing can be changed or deleted for years. An entry is
an object: `<lane>.<digest>.json` with size, inspector, time and verdict; `<lane>/<shard>/<step>.json` with how many
records were found, copied, confirmed by the receiver and deleted, and the digest of their identifiers at each step. A
shard whose four counts and digests agree has nothing left.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi

from boundary import DataClass
from infra.config import Stack
from infra.data import BucketArgs, Retention, declare_bucket
from infra.site import Site
from infra.systems import System


@dataclass(frozen=True)
class Ledger:
    """A ledger, and where it stands."""

    name: str
    system: System


LEDGERS = (
    MANIFESTS := Ledger("manifests", System.TRANSFER),
    RECONCILIATION := Ledger("reconciliation", System.DEPARTURE),
)


def described_ledgers(stack: Stack) -> Iterator[BucketArgs]:
    """The ledgers of each region."""
    config = stack.config.transfer
    retention = Retention("evidence", config.ledger_years, config.ledgers_locked_from)
    for ledger in LEDGERS:
        yield BucketArgs(ledger.name, ledger.system, DataClass.OPERATIONAL, retention=retention)


class Ledgers(pulumi.ComponentResource):
    """The ledgers of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:transfer:Ledgers", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {
            args.name: declare_bucket(f"{name}-{args.name}", site, args, self).name
            for args in described_ledgers(site.stack)
        }
        self.register_outputs({"names": self.names})
