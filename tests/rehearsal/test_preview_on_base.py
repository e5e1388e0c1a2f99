"""The base is deployed first and the change previewed on it, in a rehearsal beside the user's own."""

import json
from typing import Any

import pytest

from rehearsal.doors.provider.process import door_process
from rehearsal.home import Home
from runs.errors import Exit
from tests.support.checkout import Checkout, edit

pytestmark = pytest.mark.engine

STACK = "rehearsal"


def preview(checkout: Checkout) -> tuple[int, str, dict[str, Any]]:
    """How a preview on the commit before ended, what it said, and its report."""
    ended = checkout.run("preview", "--stack", STACK, "--base", "HEAD~1")
    report = checkout.home / "base" / STACK / "out" / "report.json"
    return ended.returncode, ended.stderr, json.loads(report.read_text(encoding="utf-8"))


def test_a_change_is_previewed_on_its_base_which_stays_deployed_for_the_next_one(quick_checkout: Checkout) -> None:
    program = quick_checkout.path / "infra" / "__main__.py"
    quick_checkout.commit("base")
    edit(program, "NETWORKS = 8", "# Lines further down move.\n\nNETWORKS = 9")
    edit(program, 'display_name="hub"', 'display_name="middle"')
    quick_checkout.commit("one network more")

    # The small program builds its provider itself, which the pack has against the base too.
    code, said, report = preview(quick_checkout)
    assert code == Exit.VIOLATION, said
    assert "deploying the base" in said
    found = [(each["rule"], each.get("is_new", True)) for each in report["findings"]["items"]]
    assert (report["verdict"], found) == ("violation", [("program-provider", False)])
    assert "judgement" not in report
    changes = [(each["operation"], each["type"].rpartition(":")[2]) for each in report["changes"]["items"]]
    assert sorted(changes) == [
        ("create", "NetworkSecurityGroup"),
        ("create", "RouteTable"),
        ("create", "SecurityList"),
        ("create", "Subnet"),
        ("create", "Vcn"),
        ("update", "Drg"),
    ]
    assert report["proof"]["registered"] == report["proof"]["judged"] == 42 + 5 + 2
    assert report["proof"]["rules"] == report["proof"]["ran"]

    # What isn't committed yet belongs to the change too.
    gateway = 'oci.core.LocalPeeringGateway("x", compartment_id=compartment.id, vcn_id=vcn.id, opts=options)'
    program.write_text(f"{program.read_text(encoding='utf-8')}{gateway}\n", encoding="utf-8")
    code, said, report = preview(quick_checkout)
    assert code == Exit.VIOLATION, said
    assert "is deployed" in said
    new = {each["rule"] for each in report["findings"]["items"] if each.get("is_new", True)}
    assert "peering" in new

    base = Home(quick_checkout.home / "base" / STACK / "rehearsal")
    assert door_process(base) is None
    assert not Home(quick_checkout.home).world.exists()

    assert quick_checkout.run("down").returncode == 0
    assert not base.path.exists()
