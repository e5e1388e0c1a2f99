"""How compute behaves: addresses, placement, boot volumes."""

from typing import Any

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.behaviour.places import availability_domains
from tests.unit.world.small import (
    ASHBURN,
    INSTANCE,
    OURS,
    THEIRS,
    change,
    make,
    make_subnet,
    make_vcn,
)

CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
RESERVATION = "oci:Core/computeCapacityReservation:ComputeCapacityReservation"


def launch(world: World, subnet: Resource, **body: Any) -> Resource:
    given: dict[str, Any] = {
        "availabilityDomain": availability_domains(OURS, ASHBURN)[0],
        "shape": "VM.Standard.E5.Flex",
        "shapeConfig": {"ocpus": 1},
        "createVnicDetails": {"subnetId": subnet.id},
    }
    return make(world, INSTANCE, **(given | body))


def vnic(subnet: Resource, **details: str) -> dict[str, Any]:
    return {"createVnicDetails": {"subnetId": subnet.id, **details}}


def test_instances_take_the_free_addresses_of_their_subnet_until_none_is_left(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world), "10.128.0.0/29")
    first = launch(world, subnet)
    asked = launch(world, subnet, **vnic(subnet, privateIp="10.128.0.5"))
    addresses = [first, asked, *(launch(world, subnet) for _ in range(3))]
    held = [made.body["privateIp"] for made in addresses]
    assert held == ["10.128.0.2", "10.128.0.5", "10.128.0.3", "10.128.0.4", "10.128.0.6"]
    with pytest.raises(ServiceError, match="has no free private address") as caught:
        launch(world, subnet)
    assert caught.value.code == "LimitExceeded"
    services.delete(world, first.id)
    assert launch(world, subnet).body["privateIp"] == "10.128.0.2"


@pytest.mark.parametrize("address", ["10.128.16.2", "10.128.0.1", "10.128.0.2", "ten"])
def test_an_address_that_is_asked_for_must_be_a_free_one_of_the_subnet(world: World, address: str) -> None:
    subnet = make_subnet(world, make_vcn(world), "10.128.0.0/24")
    launch(world, subnet)
    with pytest.raises(ServiceError, match=f"privateIp: {address} is not a free address of the subnet"):
        launch(world, subnet, **vnic(subnet, privateIp=address))


def test_an_instance_keeps_its_address_when_it_is_changed(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    first, second = launch(world, subnet), launch(world, subnet)
    services.delete(world, first.id)
    assert change(world, second, displayName="renamed").body["privateIp"] == "10.128.0.3"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"availabilityDomain": "AD-1"}, "availabilityDomain: AD-1 is not one of "),
        ({"shape": None}, "shape: an instance needs a shape"),
        ({"shapeConfig": {}}, "shapeConfig: the flexible shape VM.Standard.E5.Flex needs ocpus and memoryInGbs"),
        (
            {"shape": "VM.Standard.E5.Flx"},
            "shape: VM.Standard.E5.Flx is no shape of Oracle's that is known; write it as Oracle does, like VM",
        ),
        ({"shapeConfig": {"ocpus": 95}}, "shapeConfig: VM.Standard.E5.Flex has 1 to 94 OCPUs, not 95; "),
        (
            {"shapeConfig": {"ocpus": 2.0, "memoryInGbs": 129.0}},
            "shapeConfig: VM.Standard.E5.Flex has 2 to 128 GB of memory with 2 OCPUs, not 129; ",
        ),
        ({"shape": "VM.GPU.A10.1"}, "shapeConfig: VM.GPU.A10.1 has a fixed size of 15 OCPUs and 240 GB; "),
        (
            {"shape": "VM.GPU.A10.1", "shapeConfig": None, "platformConfig": {"type": "AMD_VM"}},
            "platformConfig.type: a machine of the shape VM.GPU.A10.1 is no AMD_VM",
        ),
        (
            {"shape": "BM.GPU.H100.8", "shapeConfig": None, "isPvEncryptionInTransitEnabled": True},
            "isPvEncryptionInTransitEnabled: there is nothing to choose on the shape BM.GPU.H100.8",
        ),
        ({"createVnicDetails": {}}, "createVnicDetails.subnetId: an instance needs a subnet"),
    ],
)
def test_an_instance_that_cannot_be_placed_is_refused(world: World, body: dict[str, Any], sentence: str) -> None:
    subnet = make_subnet(world, make_vcn(world))
    with pytest.raises(ServiceError) as caught:
        launch(world, subnet, **body)
    assert caught.value.message.startswith(sentence)


def test_a_machine_with_the_protections_of_its_shape_is_taken(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    protected = {"platformConfig": {"type": "AMD_VM"}, "isPvEncryptionInTransitEnabled": True}
    assert launch(world, subnet, **protected).state == "RUNNING"


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"shape": "VM.Standard.E5.Flex"}, "instanceDetails.launchDetails.shapeConfig: the flexible shape "),
        ({"shape": "BM.GPU.H100"}, "instanceDetails.launchDetails.shape: BM.GPU.H100 is no shape of Oracle's"),
    ],
)
def test_what_machines_of_a_pool_start_from_is_held_to_their_shape(
    world: World, details: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        make(world, CONFIGURATION, instanceDetails={"launchDetails": details})
    assert caught.value.message.startswith(sentence)


def test_a_reservation_names_a_shape_that_there_is(world: World) -> None:
    asked = {"availabilityDomain": availability_domains(OURS, ASHBURN)[0]}
    configs = [{"instanceShape": "VM.GPU.A10.3", "reservedCount": "1"}]
    with pytest.raises(ServiceError, match=r"instanceReservationConfigs.instanceShape: VM.GPU.A10.3 is no shape"):
        make(world, RESERVATION, **asked, instanceReservationConfigs=configs)


@pytest.mark.parametrize("closed", ["prohibitPublicIpOnVnic", "prohibitInternetIngress"])
def test_a_closed_subnet_gives_no_public_address(world: World, closed: str) -> None:
    vcn = make_vcn(world)
    shut: dict[str, Any] = {closed: True}
    subnet, open_subnet = make_subnet(world, vcn, **shut), make_subnet(world, vcn, "10.128.16.0/20")
    with pytest.raises(ServiceError, match="the subnet prohibits public addresses"):
        launch(world, subnet, **vnic(subnet, assignPublicIp="true"))
    assert launch(world, subnet, **vnic(subnet, assignPublicIp="false")).state == "RUNNING"
    assert launch(world, open_subnet, **vnic(open_subnet, assignPublicIp="true"))


def test_an_instance_owns_its_boot_volume(world: World) -> None:
    instance = launch(world, make_subnet(world, make_vcn(world)), displayName="serving")
    volume = world.get(instance.body["bootVolumeId"])
    assert volume
    assert (volume.body["displayName"], volume.body["sizeInGbs"]) == ("serving (Boot Volume)", "50")
    services.delete(world, instance.id)
    assert world.get(volume.id) is None


def test_a_tenancy_has_its_own_names_for_availability_domains() -> None:
    assert len(availability_domains(OURS, ASHBURN)) == 3
    assert len(availability_domains(OURS, "ap-singapore-1")) == 1
    assert set(availability_domains(OURS, ASHBURN)).isdisjoint(availability_domains(THEIRS, ASHBURN))
    assert availability_domains(OURS, ASHBURN)[2].endswith(":US-ASHBURN-AD-3")
