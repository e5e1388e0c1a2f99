"""A stack without one of its regions: what is left alone, and what can't go on."""

import re

import pytest

from boundary import load_boundary
from rehearsal.commands.lost import AT_HOME, Lost, without
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT
from runs.errors import Exit
from runs.excluded import is_excluded

ASHBURN, PHOENIX = "us-ashburn-1", "us-phoenix-1"
TWO = {"config": {"stateside:regions": [ASHBURN, PHOENIX]}}
URN = "urn:pulumi:us-prod::stateside::{}::{}".format
VCN = "stateside:network:Network$oci:Core/vcn:Vcn"


def lose(region: str) -> Lost:
    return without(region, "us-prod", TWO, load_boundary())


@pytest.mark.parametrize(
    ("type", "name", "left_alone"),
    [
        (VCN, "network-iad", True),
        (VCN, "network-iad-serving", True),
        (VCN, "network-phx", False),
        (VCN, "network-phx-serving", False),
        (VCN, "network-iadx", False),
        (VCN, "phx:network-iad", False),
        ("stateside:network:RemotePeering$oci:Core/drgRouteTable:DrgRouteTable", "peering-phx", True),
        ("stateside:data:Replication", "replication-phx", True),
        ("stateside:recovery:Plans$oci:DisasterRecovery/drPlan:DrPlan", "recovery-plans-phx-failover", True),
        ("stateside:edge:Steering", "steering", True),
        ("stateside:data:DataSystem$stateside:data:Buckets", "buckets-phx", False),
        ("stateside:landing_zone:LandingZone$oci:Identity/policy:Policy", "landing-zone-people", True),
        ("stateside:landing_zone:Scanning", "scan-phx", False),
        ("pulumi:pulumi:Stack", "stateside-us-prod", False),
        ("pulumi:providers:oci", "oracle-us-phoenix-1", False),
    ],
)  # fmt: skip
def test_the_lost_half_what_links_both_and_the_landing_zone_are_left_alone(
    type: str, name: str, left_alone: bool
) -> None:
    assert is_excluded(URN(type, name), lose(ASHBURN).patterns) is left_alone


def test_with_the_home_region_there_the_landing_zone_goes_on() -> None:
    patterns = lose(PHOENIX).patterns
    assert not is_excluded(URN("stateside:landing_zone:LandingZone", "landing-zone"), patterns)
    assert is_excluded(URN(VCN, "network-phx"), patterns)


def test_the_engine_and_the_program_are_told() -> None:
    lost = lose(PHOENIX)
    assert lost.options[:4] == ["--exclude", "**::*-phx", "--exclude", "**::*-phx-*"]
    assert lost.options[1::2] == list(lost.patterns)
    assert lost.configuration == {"stateside:lost": PHOENIX}


@pytest.mark.parametrize(
    ("region", "regions", "sentence"),
    [
        ("us-sanjose-1", [ASHBURN, PHOENIX], "us-prod does not stand in 'us-sanjose-1'; name one of its regions, "),
        ("iad", [ASHBURN], "us-prod does not stand in 'iad'; name one of its regions, us-ashburn-1"),
        (ASHBURN, [ASHBURN], "us-prod stands in us-ashburn-1 alone: nothing of it goes on without; name a larger"),
    ],
)
def test_only_one_of_two_regions_can_be_lost(region: str, regions: list[str], sentence: str) -> None:
    with pytest.raises(RehearsalError) as caught:
        without(region, "us-prod", {"config": {"stateside:regions": regions}}, load_boundary())
    assert str(caught.value).startswith(sentence)
    assert caught.value.code is Exit.BAD_INPUT


def test_the_runbook_gives_the_official_command_the_same_patterns() -> None:
    runbook = (CHECKOUT / "docs" / "runbooks" / "lost-region.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"--exclude '([^']+)'", runbook)) == sorted(lose(ASHBURN).patterns)
    assert lose(PHOENIX).patterns == (
        *(pattern.replace("-iad", "-phx") for pattern in lose(ASHBURN).patterns if pattern not in AT_HOME),
    )
