"""Which lists of what is declared would differ for ever, if Oracle answered each the other way round: a known list."""

import re
from pathlib import Path

import yaml

from provider_schema import described
from rehearsal.doors.provider.diff import Difference, differences
from rehearsal.world import lists
from rehearsal.world.lists import in_another_order
from tests.unit.infra.recording import Declared, recorded

KNOWN = yaml.safe_load(Path(lists.__file__).with_name("lists.yaml").read_text(encoding="utf-8"))


def turned(each: Declared) -> list[Difference]:
    """What differs once lists are turned round, and didn't before."""
    arguments = described(each.type).arguments
    before = {found.path for found in differences(arguments, each.inputs, each.inputs)}
    after = differences(arguments, in_another_order(each.inputs), each.inputs)
    return [found for found in after if found.path not in before]


def test_what_another_order_would_change_for_ever_is_known() -> None:
    declared = [each for each in recorded("us-prod").resources if each.custom and each.type.startswith("oci:")]
    found = {
        (each.type.removeprefix("oci:"), re.sub(r"\[\d+\].*", "", one.path), "replace" if one.replaces else "update")
        for each in declared
        for one in turned(each)
    }
    assert found == {(row["type"], row["path"], row["then"]) for row in KNOWN}


def test_what_to_do_about_each_is_said() -> None:
    assert {row["do"] for row in KNOWN} == {"order", "ignore"}
    assert all(row["then"] == "replace" for row in KNOWN if row["do"] == "ignore")
