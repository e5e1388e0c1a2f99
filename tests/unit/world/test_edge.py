"""The edge: public addresses and what a load balancer listens with."""

import pytest

from rehearsal.world import ServiceError, World
from tests.unit.world.small import PHOENIX, make, make_subnet, make_vcn

PUBLIC_IP = "oci:Core/publicIp:PublicIp"
BALANCER = "oci:LoadBalancer/loadBalancer:LoadBalancer"
LISTENER = "oci:LoadBalancer/listener:Listener"
BACKEND_SET = "oci:LoadBalancer/backendSet:BackendSet"


def test_public_addresses_are_given_once_in_all_regions(world: World) -> None:
    given = [make(world, PUBLIC_IP, region=region, lifetime="RESERVED") for region in ("us-ashburn-1", PHOENIX)]
    assert len({each.body["ipAddress"] for each in given}) == 2


def test_a_load_balancer_has_the_address_that_was_reserved_for_it(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world), prohibitPublicIpOnVnic=False)
    reserved = make(world, PUBLIC_IP, lifetime="RESERVED")
    made = make(world, BALANCER, subnetIds=[subnet.id], isPrivate=False, reservedIps=[{"id": reserved.id}])
    assert made.body["ipAddresses"] == [reserved.body["ipAddress"]]


def test_a_private_load_balancer_has_an_address_of_its_subnet_and_no_reserved_one(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world), prohibitPublicIpOnVnic=True)
    asked = {"subnetIds": [subnet.id], "isPrivate": True}
    made = make(world, BALANCER, **asked)
    assert made.body["ipAddressDetails"] == [{"ipAddress": "10.128.0.128", "isPublic": False}]
    reserved = make(world, PUBLIC_IP, lifetime="RESERVED")
    with pytest.raises(ServiceError, match="takes no public address"):
        make(world, BALANCER, **asked, reservedIps=[{"id": reserved.id}])


def test_a_public_load_balancer_needs_a_subnet_that_takes_public_addresses(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world), prohibitPublicIpOnVnic=True)
    with pytest.raises(ServiceError, match="takes no public addresses"):
        make(world, BALANCER, subnetIds=[subnet.id], isPrivate=False)


def test_a_listener_needs_the_backend_set_that_it_names(world: World) -> None:
    balancer = make(world, BALANCER, subnetIds=[make_subnet(world, make_vcn(world)).id], isPrivate=True)
    asked = {"loadBalancerId": balancer.id, "name": "https", "defaultBackendSetName": "gateways"}
    with pytest.raises(ServiceError, match="has no backend set gateways"):
        make(world, LISTENER, **asked)
    make(world, BACKEND_SET, loadBalancerId=balancer.id, name="gateways")
    make(world, LISTENER, **asked)
