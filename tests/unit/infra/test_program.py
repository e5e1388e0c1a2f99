"""What holds for everything that the program declares, in every stack."""

from boundary import load_boundary
from infra.systems import System
from tests.unit.infra.recording import REGIONS, Recording, belongs_to, configured, moved, run_program

STORING_OR_COMPUTING = ("Vault", "Key", "Bucket", "Instance")
HOME = "us-ashburn-1"
HOSTS = {"serving": "serving", "training": "training", "way": "transfer"}


def test_every_resource_and_call_has_the_explicit_provider_of_its_region(whole: Recording) -> None:
    providers = {name: f"{each.urn}::{whole.id_of('oci', name)}" for each in whole.of("oci") if (name := each.name)}
    for resource in whole.resources:
        if resource.custom and resource.kind != "oci":
            region = next((name for key, name in REGIONS.items() if belongs_to(resource.name, key)), HOME)
            assert resource.provider == providers[f"oracle-{region}"], resource.urn
    for call in whole.calls:
        assert call.provider in providers.values(), call.token


def test_the_provider_names_region_and_tenancy_and_no_credential(program: Recording) -> None:
    region = REGIONS[program.key]
    provider = program.one("oci", region).inputs
    assert provider["region"] == region
    assert provider["tenancyOcid"] == load_boundary().tenancy.ocid
    assert set(provider) == {"region", "tenancyOcid", "ignoreDefinedTags"}


def test_an_operator_chooses_a_profile_of_their_own_configuration() -> None:
    recording = run_program("rehearsal", {**configured("rehearsal"), "stateside:configFileProfile": "US"})
    assert recording.one("oci").inputs["configFileProfile"] == "US"


def test_the_program_asks_oracle_only_for_what_it_cannot_know(program: Recording) -> None:
    asked = {call.token.rpartition(":")[2] for call in program.calls}
    assert {"getServices", "getImages", "getAvailabilityDomains"} <= asked
    assert asked <= {
        "getServices",
        "getImages",
        "getAvailabilityDomains",
        "getNodePoolOption",
        "getCnvDnsResolverAssociation",
        "getDetectorRecipes",
        "getResponderRecipes",
        "getSecurityPolicies",
    }


def test_what_is_part_of_no_lane_says_so(program: Recording) -> None:
    for resource in program.of(*STORING_OR_COMPUTING):
        lane = resource.inputs["definedTags"][f"stateside-{program.stack}.Lane"]
        assert (lane == "none") != resource.name.startswith(("way-in-", "way-out-")), resource.urn


def test_every_tag_that_is_set_is_one_that_its_key_takes(program: Recording) -> None:
    namespace = program.one("TagNamespace").inputs["name"]
    # Who made it is written by Oracle, and may be anybody.
    ours = [tag.inputs for tag in program.of("Tag") if tag.inputs["name"] != "CreatedBy"]
    taken = {f"{namespace}.{tag['name']}": tag["validator"]["values"] for tag in ours}
    assert all(tag["validator"]["validatorType"] == "ENUM" for tag in ours)
    for resource in program.of(*STORING_OR_COMPUTING):
        for key, value in resource.inputs["definedTags"].items():
            assert value in taken[key], resource.urn


def test_each_system_stands_in_its_own_compartment(program: Recording) -> None:
    systems = {
        "network": ("Vcn", "Subnet", "RouteTable", "NetworkSecurityGroup", "InternetGateway", "ServiceGateway"),
        "security": ("Vault", "Key"),
    }
    expected = {kind: system for system, kinds in systems.items() for kind in kinds}
    for resource in program.of(*expected, "Instance"):
        system = expected.get(resource.kind) or HOSTS[resource.name.partition("-")[0]]
        assert resource.inputs["compartmentId"] == program.id_of("Compartment", f"-{system}"), resource.urn
        tags = resource.inputs.get("definedTags", {})
        assert tags.get(f"stateside-{program.stack}.System", system) == system, resource.urn


def test_nothing_is_stored_before_tags_and_grants_exist(program: Recording) -> None:
    needed = {resource.urn for resource in (*program.of("Tag"), program.one("Policy", "-security-services"))}
    for resource in program.of(*STORING_OR_COMPUTING):
        assert needed <= resource.dependencies, resource.urn


def test_every_resource_belongs_to_a_component(program: Recording) -> None:
    for resource in program.resources:
        if resource.custom and resource.kind != "oci":
            assert "$stateside:" in resource.parent or "::stateside:" in resource.parent, resource.urn


def test_production_protects_what_holds_data_and_the_rehearsal_can_be_destroyed(
    production: Recording, rehearsal: Recording
) -> None:
    assert {each.kind for each in production.resources if each.protected and each.custom} >= {"Vault", "Key", "Bucket"}
    assert not [each.urn for each in rehearsal.resources if each.protected]


def test_compartments_are_destroyed_with_their_environment(program: Recording) -> None:
    assert all(compartment.inputs["enableDelete"] for compartment in program.of("Compartment"))


def test_iam_stays_in_the_home_region_when_the_environment_stands_in_another() -> None:
    program = run_program("rehearsal", moved("rehearsal", "us-phoenix-1"))
    home, here = (program.one("oci", region) for region in ("us-ashburn-1", "us-phoenix-1"))
    for resource in program.resources:
        if resource.custom and resource.kind != "oci":
            at_home = resource.name.startswith(("landing-zone-", "steering", "packets"))
            assert resource.provider.startswith(home.urn if at_home else here.urn), resource.urn
    for gateway in program.of("ServiceGateway"):
        assert gateway.inputs["services"] == [{"serviceId": "ocid1.service.oc1.phx.all"}]
    for policy in program.of("Policy"):
        assert all("'phx'" in text or text.startswith("Deny ") for text in policy.inputs["statements"]), policy.name


def test_the_outputs_name_what_an_operator_looks_for(program: Recording) -> None:
    assert set(program.outputs["compartments"]) == {system.value for system in System}
    here = program.outputs[REGIONS[program.key]]
    assert here["buckets"]["models"] == f"{program.stack}-models"
    assert here["hosts"] == {"serving": "10.0.0.2", "training": "10.0.0.2"}
    assert {"vcns", "subnets", "vault", "bastion", "lanes"} < set(here)
