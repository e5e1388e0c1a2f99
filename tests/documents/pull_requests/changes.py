"""The ten changes of which docs/examples/pull-requests has the comments, as edits of the program and its boundary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from tests.support.checkout import edit
from tests.support.lanes import write_open_lanes

STACK = "rehearsal"
BOUNDARY = Path("stacks") / "boundary.yaml"

_PEERING = """    import pulumi_oci as oci

    gateway = oci.core.LocalPeeringGateway(
        f"analytics-{region.key}",
        compartment_id=landing_zone.place(System.NETWORK).compartment_id,
        vcn_id=network.attachment(Role.TRAINING).vcn_id,
        peer_id="ocid1.localpeeringgateway.oc1.iad.aaaaaaaaglobalanalytics00000000000000000000000000000000000000000",
        display_name="analytics",
        opts=here,
    )
    routes = oci.core.RouteTable(
        f"analytics-{region.key}",
        compartment_id=landing_zone.place(System.NETWORK).compartment_id,
        vcn_id=network.attachment(Role.TRAINING).vcn_id,
        route_rules=[
            oci.core.RouteTableRouteRuleArgs(
                destination="10.0.0.0/16", destination_type="CIDR_BLOCK", network_entity_id=gateway.id
            )
        ],
        opts=here,
    )
    oci.core.RouteTableAttachment(
        f"analytics-{region.key}",
        subnet_id=network.attachment(Role.TRAINING).subnet_id,
        route_table_id=routes.id,
        opts=here,
    )
    oci.core.NetworkSecurityGroupSecurityRule(
        f"analytics-{region.key}",
        network_security_group_id=network.attachment(Role.TRAINING).security_group_id,
        direction="EGRESS",
        protocol="6",
        destination="10.0.0.0/16",
        destination_type="CIDR_BLOCK",
        opts=here,
    )
"""
_MANY = """    for number in range(20):
        oci.logging.LogGroup(
            f"team-{number}",
            compartment_id=landing_zone.place(System.OBSERVABILITY).compartment_id,
            display_name=f"team-{number}",
            defined_tags=landing_zone.place(System.OBSERVABILITY).tags(DataClass.OPERATIONAL),
            opts=here,
        )
"""
_IMPORTS = "import pulumi_oci as oci\n\nfrom boundary import DataClass\n"
_BEFORE_VAULT = "    vault = Vault("


@dataclass(frozen=True)
class Change:
    """One change: its name, what it is, what it makes of a copy of the checkout, and how many resources it shows."""

    name: str
    says: str
    make: Callable[[Path], None]
    resources: int = 0


def _edits(*edits: tuple[str, str, str]) -> Callable[[Path], None]:
    def make(checkout: Path) -> None:
        for file, old, new in edits:
            edit(checkout / file, old, new)

    return make


def _open_lane(checkout: Path) -> None:
    """One lane of the stack's, open for some weeks."""
    _write_lane(checkout, {})


def _expire_lane(checkout: Path) -> None:
    """The same lane, over since two days."""
    now = datetime.now(UTC).replace(microsecond=0)
    _write_lane(
        checkout, {"opens": (now - timedelta(days=60)).isoformat(), "expires": (now - timedelta(days=2)).isoformat()}
    )


def _write_lane(checkout: Path, more: Mapping[str, str]) -> None:
    write_open_lanes(checkout / BOUNDARY, STACK, switch="off")
    data = yaml.safe_load((checkout / BOUNDARY).read_text(encoding="utf-8"))
    data["lanes"] = [data["lanes"][0] | more]
    (checkout / BOUNDARY).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


CHANGES = (
    Change(
        "harmless",
        "an alarm says something else",
        _edits(("infra/observability/alarm_watches.py", "and find out who made it", "and tell the head of security")),
    ),
    Change(
        "replaced-bucket",
        "a bucket gets a storage tier that it can only have anew",
        _edits(
            (
                "infra/data/bucket.py",
                'storage_tier="Standard",',
                'storage_tier="Archive" if args.name == "us-raw" else "Standard",',
            )
        ),
    ),
    Change(
        "peering",
        "a network is peered with the global stack's, with a route and a rule that let packets through",
        _edits(("infra/one_region.py", _BEFORE_VAULT, _PEERING + _BEFORE_VAULT)),
    ),
    Change("new-lane", "a lane is opened in `boundary.yaml`, and the program builds what belongs to it", _open_lane),
    Change("expired-lane", "the same lane, but it ended two days ago", _expire_lane),
    Change(
        "many-resources",
        "2,000 log groups",
        _edits(
            ("infra/one_region.py", "import pulumi\n", f"import pulumi\n{_IMPORTS}"),
            ("infra/one_region.py", _BEFORE_VAULT, _MANY + _BEFORE_VAULT),
        ),
        resources=2_000,
    ),
    Change(
        "secret",
        "every bucket gets a secret in its metadata",
        _edits(
            (
                "infra/data/bucket.py",
                "        object_events_enabled=True,",
                '        metadata={"token": pulumi.Output.secret("swordfish-swordfish")},\n'
                "        object_events_enabled=True,",
            )
        ),
    ),
    Change(
        "failing-program",
        "the program raises an error, whose text has a password in it",
        _edits(
            (
                "infra/data/buckets.py",
                "    for store in STORES:",
                '    if stack.regions:\n        raise ValueError("no answer from db: password=swordfish-swordfish")\n'
                "    for store in STORES:",
            )
        ),
    ),
    Change(
        "new-region",
        "the stack gets its second region",
        _edits(("stacks/Pulumi.rehearsal.yaml", "[us-ashburn-1]", "[us-ashburn-1, us-phoenix-1]")),
    ),
    Change(
        "half-the-network",
        "flows of training, data and people are taken out, and with them what they need",
        _edits(
            (
                "infra/network/flow_table.py",
                "        *_training(),\n        *_data(),\n        *_people(subnets),\n",
                "",
            )
        ),
    ),
)
