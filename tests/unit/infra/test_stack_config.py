"""Bad configuration stops the program before anything is declared, with one sentence that names the key and the fix."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.infra.recording import DOMAINS, ROOT, configured, run_program

Stopped = Callable[..., str]

REHEARSAL = configured("rehearsal")


def changed(**values: Any) -> dict[str, Any]:
    """The rehearsal's configuration with keys changed; None takes a key away."""
    config = {**REHEARSAL, **{f"stateside:{key}": value for key, value in values.items()}}
    return {key: value for key, value in config.items() if value is not None}


def serving(**values: Any) -> dict[str, Any]:
    """The rehearsal's configuration with keys of the serving machine changed."""
    config = {**REHEARSAL["stateside:serving"], **values}
    return changed(serving={key: value for key, value in config.items() if value is not None})


def training(**values: Any) -> dict[str, Any]:
    """The rehearsal's configuration with keys of training changed."""
    config = {**REHEARSAL["stateside:training"], **values}
    return changed(training={key: value for key, value in config.items() if value is not None})


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (
            changed(regions=["eu-frankfurt-1"]),
            "stateside:regions: eu-frankfurt-1 is not an allowed region; choose us-ashburn-1 or us-phoenix-1",
        ),
        (
            changed(regions=["us-ashburn-1", "us-ashburn-1"]),
            "stateside:regions: us-ashburn-1 is there twice; name each region once",
        ),
        (changed(regions=None), "stateside:regions is missing; add it"),
        (
            changed(lost="us-ashburn-1"),
            "stateside:lost: us-ashburn-1 is not one of two regions (us-ashburn-1); remove it",
        ),
        (changed(regoins=["us-ashburn-1"]), "stateside:regoins is not a known key; remove it or correct its spelling"),
        (changed(serving=None), "stateside:serving is missing; add it"),
        (
            changed(access=None),
            "stateside:access: clients is missing; name the public addresses that our people's VPN leaves by",
        ),
        (serving(shape=None), "stateside:serving.shape is missing; add it"),
        (serving(cpus=4), "stateside:serving.cpus is not a known key; remove it or correct its spelling"),
        (
            serving(ocpus=None),
            "stateside:serving: VM.Standard.E5.Flex is a flexible shape; give ocpus and memoryGb",
        ),
        (
            training(shape="BM.GPU.H100.8", ocpus=112, memoryGb=None),
            "stateside:training: BM.GPU.H100.8 has a fixed size; remove ocpus and memoryGb",
        ),
        (
            serving(shape="VM.Standard.E5.Flx"),
            "stateside:serving: VM.Standard.E5.Flx is no shape of Oracle's that is known; write it as Oracle does, "
            "like VM.Standard.E5.Flex, VM.Standard.E3.Flex, VM.Standard.E4.Flex, or add it to boundary/shapes.yaml",
        ),
        (
            serving(ocpus=200),
            "stateside:serving: VM.Standard.E5.Flex has 1 to 94 OCPUs, not 200; give a number between",
        ),
        (
            serving(memoryGb=65),
            "stateside:serving: VM.Standard.E5.Flex has 1 to 64 GB of memory with 1 OCPUs, not 65; give a number "
            "between",
        ),
        (
            training(shape="BM.GPU.H100.8", ocpus=None, memoryGb=None),
            "stateside:training: BM.GPU.H100.8 has no inTransitEncryption and no shielding; write without: "
            "[inTransitEncryption, shielding], or take a shape that has it",
        ),
        (
            serving(without=["shielding"]),
            "stateside:serving: VM.Standard.E5.Flex has shielding; remove it from without",
        ),
        (
            training(acceptsTcp=[8443]),
            "stateside:training.acceptsTcp is not a known key; remove it or correct its spelling",
        ),
        (
            training(workerImage=None),
            "stateside:training: workerImage is missing; import an Ubuntu image for GPUs and cluster networks, with "
            "NVIDIA's drivers and OFED, of those that https://github.com/oracle-quickstart/oci-hpc-oke lists, and give "
            "the OCID it gets",
        ),
        (
            training(workerImage="ocid1.instance.oc1.iad.aaaa"),
            "stateside:training.workerImage: ocid1.instance.oc1.iad.aaaa is not the OCID of an image in an allowed "
            "region; correct it",
        ),
        (
            training(workerImage="ocid1.image.oc1.phx.aaaa"),
            "stateside:training.workerImage: ocid1.image.oc1.phx.aaaa is not in us-ashburn-1, where training runs; "
            "import it there",
        ),
        (
            serving(image="ocid1.image.oc1.eu-frankfurt-1.aaaa"),
            "stateside:serving.image: ocid1.image.oc1.eu-frankfurt-1.aaaa is not the OCID of an image in an allowed "
            "region; correct it",
        ),
        (
            serving(image="ocid1.instance.oc1.iad.aaaa"),
            "stateside:serving.image: ocid1.instance.oc1.iad.aaaa is not the OCID of an image in an allowed region; "
            "correct it",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_fix(stopped: Stopped, config: dict[str, Any], sentence: str) -> None:
    assert stopped("rehearsal", config) == f"Pulumi.rehearsal.yaml: {sentence}"


@pytest.mark.parametrize(
    ("config", "start"),
    [
        (serving(acceptsTcp=[70000]), "stateside:serving.acceptsTcp.0: "),
        (serving(acceptsTcp=[]), "stateside:serving.acceptsTcp: "),
        (serving(ocpus="many"), "stateside:serving.ocpus: "),
        (serving(shape="Standard"), "stateside:serving.shape: "),
        (changed(serving="large"), "stateside:serving: "),
        (changed(protect="perhaps"), "stateside:protect: "),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_what_it_is(
    stopped: Stopped, config: dict[str, Any], start: str
) -> None:
    sentence = stopped("rehearsal", config)
    assert sentence.startswith(f"Pulumi.rehearsal.yaml: {start}")
    assert "\n" not in sentence


def test_keys_of_other_packages_are_none_of_our_business() -> None:
    others = {"oci:region": "eu-frankfurt-1", "pulumi:disable-default-providers": ["*"]}
    assert run_program("rehearsal", {**REHEARSAL, **others}).outputs["regions"] == ["us-ashburn-1"]


def test_a_stack_must_be_an_environment_of_the_address_plan(stopped: Stopped) -> None:
    assert stopped("us-dev", REHEARSAL) == (
        "the address plan has no environment for a stack called us-dev (rehearsal, us-prod, us-staging); "
        "select one of these, or add it under addresses.environments in stacks/boundary.yaml"
    )


@pytest.fixture
def boundary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's boundary is read from."""
    path = tmp_path / "boundary.yaml"
    monkeypatch.setenv("STATESIDE_BOUNDARY", str(path))
    return path


def test_a_missing_boundary_is_one_sentence(stopped: Stopped, boundary_file: Path) -> None:
    assert stopped("rehearsal", REHEARSAL).startswith(f"boundary.yaml is missing at {boundary_file}; ")


def test_a_subnet_without_a_slot_is_one_sentence(stopped: Stopped, boundary_file: Path) -> None:
    boundary = yaml.safe_load((ROOT / "stacks" / "boundary.yaml").read_text(encoding="utf-8"))
    del boundary["addresses"]["subnets"]["streams"]
    boundary_file.write_text(yaml.safe_dump(boundary), encoding="utf-8")
    assert stopped("rehearsal", REHEARSAL).startswith("the address plan has no slot for 'streams' under subnets ")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            {"oci:Core/getImages:getImages": {"images": []}},
            "Oracle lists no Canonical Ubuntu 24.04 image for VM.Standard.E5.Flex; "
            "set stateside:serving.image to the OCID of one that the shape boots",
        ),
        (
            {"oci:Core/getServices:getServices": {"services": []}},
            "Oracle lists no service all-iad-services-in-oracle-services-network in us-ashburn-1; "
            "check the tenancy's subscription to it",
        ),
        (
            {"oci:Identity/getAvailabilityDomains:getAvailabilityDomains": {"availabilityDomains": []}},
            "Oracle lists no availability domain; check the tenancy's subscription to the region",
        ),
    ],
)
def test_what_oracle_lacks_is_one_sentence(stopped: Stopped, answer: dict[str, Any], sentence: str) -> None:
    said = stopped("rehearsal", REHEARSAL, answers=answer)
    # Of several machines that are asked for at the same time, any may be the first to stop.
    said = re.sub(r"VM[.\w]+", "VM.Standard.E5.Flex", said.replace("stateside:training", "stateside:serving"))
    assert said == sentence


def test_an_availability_domain_that_the_region_lacks_is_one_sentence(stopped: Stopped) -> None:
    two = {"oci:Identity/getAvailabilityDomains:getAvailabilityDomains": {"availabilityDomains": DOMAINS[:2]}}
    said = stopped("rehearsal", serving(availabilityDomain=3), answers=two)
    assert said == "stateside:serving.availabilityDomain is 3, but the region has 2; lower it"


@pytest.mark.parametrize("stack", ["us-prod", "us-staging"])
def test_no_stack_of_oracles_has_a_secret_or_says_how_secrets_are_kept(stack: str) -> None:
    text = (ROOT / "stacks" / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)) == {"config"}
    assert "secure:" not in text
