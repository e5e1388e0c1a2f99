"""The real engine through the provider door: create, nothing, update, replace, refresh, import, destroy."""

import json
import re
from dataclasses import replace

import pytest

from tests.rehearsal.conftest import SMALL, SmallStack

pytestmark = pytest.mark.engine

VCN = "oci:Core/vcn:Vcn"
SUBNET = "oci:Core/subnet:Subnet"


def counts(output: str) -> dict[str, int]:
    """The numbers of the engine's closing summary."""
    words = ("created", "unchanged", "updated", "replaced", "deleted", "imported")
    return {word: int(found[1]) for word in words if (found := re.search(rf"(\d+) {word}", output))}


def test_what_the_program_declares_is_in_the_world_and_a_second_up_changes_nothing(small: SmallStack) -> None:
    assert counts(small.up()) == {"created": 6}
    made = sorted(resource.type.split(":")[-1] for resource in small.engine.made())
    assert made == ["Bucket", "Compartment", "Subnet", "Vcn"]
    before = small.engine.picture()
    assert counts(small.up()) == {"unchanged": 6}
    assert small.engine.picture() == before


def test_preview_creates_nothing_and_shows_what_only_oracle_can_know_as_unknown(small: SmallStack) -> None:
    before = small.engine.picture()
    output = small.run("preview", check=True).stdout
    assert "6 to create" in output
    assert re.search(r"routeTable\s*:\s*\[unknown\]", output)
    assert small.engine.picture() == before


def test_an_updatable_property_is_updated_in_place(small: SmallStack) -> None:
    small.up()
    (vcn,) = small.engine.world.find(VCN, tenancy=small.engine.made()[0].tenancy)
    small.set("small:subnetRange", "10.128.64.0/20")
    assert counts(small.up())["updated"] == 1
    (subnet,) = [r for r in small.engine.made() if r.type == SUBNET]
    assert subnet.body["cidrBlock"] == "10.128.64.0/20"
    assert small.output("vcn") == vcn.id


def test_a_property_that_is_not_updatable_replaces_the_resource_and_what_hangs_on_it(small: SmallStack) -> None:
    small.up()
    old = small.output("vcn")
    small.set("small:dnsLabel", "other")
    assert counts(small.up())["replaced"] == 2
    assert small.output("vcn") != old
    assert small.engine.world.get(old) is None
    assert len([r for r in small.engine.made() if r.type == VCN]) == 1


def test_refresh_sees_what_somebody_changed_or_deleted_behind_the_programs_back(small: SmallStack) -> None:
    small.up()
    assert counts(small.run("refresh", check=True).stdout) == {"unchanged": 6}
    world = small.engine.world
    (vcn,) = [r for r in small.engine.made() if r.type == VCN]
    (subnet,) = [r for r in small.engine.made() if r.type == SUBNET]
    world.replace(replace(vcn, body=vcn.body | {"displayName": "drifted"}), set())
    world.remove(subnet.id)
    assert counts(small.run("refresh", check=True).stdout) == {"updated": 1, "deleted": 1, "unchanged": 4}
    assert counts(small.up())["created"] == 1
    (vcn,) = [r for r in small.engine.made() if r.type == VCN]
    assert vcn.body["displayName"] == "small"


def test_an_existing_resource_is_imported_with_its_inputs(small: SmallStack) -> None:
    small.up()
    (bucket,) = [r for r in small.engine.made() if r.type.endswith(":Bucket")]
    engine = small.engine
    engine.run("state", "delete", "-s", "dev", "--yes", f"{bucket.urn}", cwd=SMALL, check=True)
    exported = json.loads(engine.run("stack", "export", "-s", "dev", cwd=SMALL, check=True).stdout)
    (provider,) = [r["urn"] for r in exported["deployment"]["resources"] if r["type"] == "pulumi:providers:oci"]
    what = (bucket.type, "bucket", bucket.shown_id, "--provider", f"us={provider}")
    output = small.run("import", *what, "--protect=false", "--generate-code=false", check=True)
    assert counts(output.stdout)["imported"] == 1
    assert counts(small.up()) == {"unchanged": 6}


def test_destroy_leaves_nothing_of_the_stack_and_all_of_the_rest(small: SmallStack) -> None:
    before = small.engine.picture()
    small.up()
    small.run("destroy", check=True)
    assert small.engine.picture() == before


def test_a_secret_input_stays_out_of_the_world_the_state_and_the_terminal(small: SmallStack) -> None:
    small.set("small:note", "planted-secret-4711", "--secret")
    printed = small.up()
    assert counts(small.up()) == {"unchanged": 6}
    home = small.engine.home
    small.engine.world.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in home.path.rglob("*") if path.is_file() and path.parent != home.bin]
    assert len(files) > 3
    for text in (printed, *(path.read_bytes().decode(errors="replace") for path in files)):
        assert "planted-secret-4711" not in text


def test_the_world_survives_a_restart_of_its_door(small: SmallStack) -> None:
    from rehearsal.doors.provider.process import close, ensure_open

    small.up()
    before = small.engine.picture()
    assert close(small.engine.home)
    ensure_open(small.engine.home)
    assert counts(small.up()) == {"unchanged": 6}
    assert small.engine.picture() == before
