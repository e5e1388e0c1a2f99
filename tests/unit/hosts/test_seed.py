"""What the platform gives a machine at its start."""

from pathlib import Path

import pytest
import yaml

from rehearsal.errors import RehearsalError
from rehearsal.hosts.seed import seed
from tests.unit.hosts.worlds import a_world, change, instances

SERVING = "ocid1.instance.oc1.iad.serving"


def test_a_machine_gets_its_declared_user_data_unchanged(tmp_path: Path) -> None:
    text = "#cloud-config\nhostname: wanted\n"
    (serving,) = instances(a_world(tmp_path, {"serving": text}), "serving")
    assert seed(serving, "key")["user-data"] == text


def test_a_machine_is_told_apart_by_its_ocid_and_takes_the_platforms_name(tmp_path: Path) -> None:
    (serving,) = instances(a_world(tmp_path), "serving")
    assert yaml.safe_load(seed(serving, "key")["meta-data"]) == {
        "instance-id": SERVING,
        "local-hostname": "rehearsal-serving",
    }


def test_the_hostname_label_comes_before_the_display_name(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    change(world, SERVING, createVnicDetails={"hostnameLabel": "label"})
    assert yaml.safe_load(seed(instances(world, "serving")[0], "key")["meta-data"])["local-hostname"] == "label"


def test_one_user_may_log_in_and_only_with_the_rehearsals_key(tmp_path: Path) -> None:
    (serving,) = instances(a_world(tmp_path), "serving")
    (user,) = yaml.safe_load(seed(serving, "ssh-ed25519 AAAA console")["vendor-data"])["users"]
    assert user["name"] == "console"
    assert user["groups"] == ["sudo"], "the declared sshd lets in no other group"
    assert user["ssh_authorized_keys"] == ["ssh-ed25519 AAAA console"]
    assert user["lock_passwd"] is True


@pytest.mark.parametrize("metadata", [None, {}, {"user_data": ""}])
def test_an_instance_that_declares_nothing_gets_an_empty_document(
    tmp_path: Path, metadata: dict[str, str] | None
) -> None:
    world = a_world(tmp_path)
    change(world, SERVING, metadata=metadata)
    assert yaml.safe_load(seed(instances(world, "serving")[0], "key")["user-data"]) == {}


@pytest.mark.parametrize("data", ["#cloud-config", "/w==", "abc"])
def test_user_data_that_is_not_base64_text_is_named(tmp_path: Path, data: str) -> None:
    world = a_world(tmp_path)
    change(world, SERVING, metadata={"user_data": data})
    with pytest.raises(RehearsalError, match=r"instance rehearsal-serving: metadata\.user_data is not base64 text"):
        seed(instances(world, "serving")[0], "key")
