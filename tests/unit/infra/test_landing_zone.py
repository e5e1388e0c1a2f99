"""The landing zone over the recorded program: people, machines, rights, tags, quotas and guards."""

from boundary import load_boundary
from iam import StatementKind, parse_statements
from infra.people import GROUPS
from infra.systems import System
from tests.unit.infra.recording import REGIONS, Recording, configured

TENANCY = load_boundary().tenancy.ocid
HOME = "us-ashburn-1"


def test_people_are_in_groups_of_our_own_identity_domain(whole: Recording) -> None:
    domain = whole.one("Domain")
    assert domain.inputs["displayName"] == whole.stack
    assert domain.inputs["homeRegion"] == HOME
    groups = whole.of("DomainsGroup")
    assert {group.inputs["displayName"] for group in groups} == {f"{whole.stack}-{each.name}" for each in GROUPS}
    assert {group.inputs["idcsEndpoint"] for group in groups} == {"https://idcs-1.identity.oraclecloud.com:443"}
    assert not [each for each in whole.resources if each.type.startswith("oci:Identity/group")]


def test_the_password_policy_is_that_of_every_group(whole: Recording) -> None:
    """A policy holds for the groups that it names: whoever is in another has Oracle's default."""
    named = {each["value"] for each in whole.one("DomainsPasswordPolicy").inputs["groups"]}
    assert named == {whole.id_of("DomainsGroup", each.name) for each in whole.of("DomainsGroup")}


def test_tag_keys_are_there_before_the_compartments_in_which_anything_carries_them(whole: Recording) -> None:
    keys = {each.urn for each in whole.of("Tag")}
    for compartment in whole.of("Compartment"):
        assert compartment.name.endswith("-environment") or keys <= compartment.dependencies, compartment.name


def test_the_identity_domain_is_in_both_regions_where_there_are_two(whole: Recording) -> None:
    replicas = [each.inputs["replicaRegion"] for each in whole.resources if each.kind == "DomainReplicationToRegion"]
    assert replicas == ([] if whole.stack == "rehearsal" else ["us-phoenix-1"])


def test_a_second_factor_is_something_that_the_person_holds(whole: Recording) -> None:
    settings = whole.one("DomainsAuthenticationFactorSetting").inputs
    on = {key for key, value in settings.items() if key.endswith("Enabled") and value is True}
    assert on == {"fidoAuthenticatorEnabled", "totpEnabled"}


def test_every_group_that_a_statement_names_is_declared(whole: Recording) -> None:
    declared = {f"{whole.stack}/{group.inputs['displayName']}" for group in whole.of("DomainsGroup")}
    declared |= {group.inputs["name"] for group in whole.of("DynamicGroup")}
    named = {
        name
        for policy in whole.of("Policy")
        for text in policy.inputs["statements"]
        for statement in parse_statements(text)
        if statement.subject.kind in ("group", "dynamic-group")
        for name in statement.subject.values
    }
    assert named <= declared, named - declared


def test_every_dynamic_group_is_limited_to_one_compartment_of_ours(whole: Recording) -> None:
    compartments = {whole.id_of("Compartment", f"-{system}") for system in System}
    for group in whole.of("DynamicGroup"):
        assert group.inputs["compartmentId"] == TENANCY
        rule = group.inputs["matchingRule"]
        assert rule.startswith("ALL {"), rule
        limits = [part for part in compartments if f"compartment.id = '{part}'" in rule]
        assert len(limits) == 1, rule


def test_policies_wait_for_the_groups_that_they_name(whole: Recording) -> None:
    groups = {each.urn for each in whole.of("DomainsGroup", "DynamicGroup")}
    for policy in whole.of("Policy"):
        if policy.name.endswith(("-people", "-machines")):
            assert groups <= policy.dependencies, policy.name


def test_denials_are_a_switch_that_is_on(whole: Recording) -> None:
    denied = whole.one("Policy", "-denied").inputs["statements"]
    assert all(parse_statements(text)[0].kind is StatementKind.DENY for text in denied)


def test_where_data_is_kept_nothing_is_made_without_its_class(whole: Recording) -> None:
    key = whole.id_of("Tag", "-DataClass")
    required = {
        each.inputs["compartmentId"]
        for each in whole.of("TagDefault")
        if each.inputs["isRequired"] and each.inputs["tagDefinitionId"] == key
    }
    assert required == {whole.id_of("Compartment", f"-{system}") for system in ("data", "content", "departure")}
    # Oracle takes no empty value: it has to be one of the key's own.
    filled_in = {each.inputs["value"] for each in whole.of("TagDefault") if each.inputs["isRequired"]}
    assert filled_in == {"us-user"} <= set(whole.one("Tag", "-DataClass").inputs["validator"]["values"])
    for resource in whole.resources:
        if resource.inputs.get("compartmentId") in required and "definedTags" in resource.inputs:
            assert resource.inputs["definedTags"][f"stateside-{whole.stack}.DataClass"], resource.urn


def test_oracle_writes_on_everything_who_made_it_and_the_program_lets_it(whole: Recording) -> None:
    (default,) = [each for each in whole.of("TagDefault") if not each.inputs["isRequired"]]
    assert default.inputs["value"] == "${iam.principal.name}"
    assert default.inputs["compartmentId"] == whole.id_of("Compartment", "-environment")
    for provider in whole.of("oci"):
        assert f"stateside-{whole.stack}.CreatedBy" in provider.inputs["ignoreDefinedTags"]


def test_what_a_tenancy_has_only_one_of_is_productions(whole: Recording) -> None:
    once = [each for each in whole.resources if each.kind in ("CloudGuardConfiguration", "Target", "Configuration")]
    ours = [each for each in once if each.type.startswith(("oci:CloudGuard/", "oci:Audit/"))]
    assert len(ours) == (3 if whole.stack == "us-prod" else 0)
    tenancy_wide = {text for quota in whole.of("Quota") for text in quota.inputs["statements"] if "in tenancy" in text}
    assert bool(tenancy_wide) == (whole.stack == "us-prod")


def test_cloud_guard_reports_home_and_watches_by_clones_of_oracles_recipes(production: Recording) -> None:
    # Were its resources ours to make, there would be none of Oracle's recipes to clone.
    assert production.one("CloudGuardConfiguration").inputs == {
        "compartmentId": TENANCY,
        "reportingRegion": HOME,
        "status": "ENABLED",
    }
    sources = {each.inputs["sourceDetectorRecipeId"].rpartition(".")[2] for each in production.of("DetectorRecipe")}
    assert sources == {f"iaas_{kind}_detector" for kind in ("activity", "configuration", "threat")}
    target = production.one("Target").inputs
    assert {each["detectorRecipeId"] for each in target["targetDetectorRecipes"]} == {
        production.id_of("DetectorRecipe", each.name) for each in production.of("DetectorRecipe")
    }
    assert target["targetResourceId"] == TENANCY


def test_the_audit_log_is_kept_for_a_year(production: Recording) -> None:
    (audit,) = [each for each in production.resources if each.type.startswith("oci:Audit/")]
    assert audit.inputs == {"compartmentId": TENANCY, "retentionPeriodDays": 365}


def test_whatever_holds_data_is_in_a_security_zone_that_asks_for_our_key(whole: Recording) -> None:
    zones = {zone.inputs["compartmentId"] for zone in whole.of("SecurityZone")}
    systems = ("data", "training", "serving", "content", "transfer", "departure")
    assert zones == {whole.id_of("Compartment", f"-{system}") for system in systems}
    policies = {each.rpartition(".")[2] for each in whole.one("SecurityRecipe").inputs["securityPolicies"]}
    assert policies == {
        "deny-public_buckets",
        "deny-db_instance_public_access",
        "deny-buckets_without_vault_key",
        "deny-block_volume_without_vault_key",
        "deny-boot_volume_without_vault_key",
        "deny-file_system_without_vault_key",
    }


def test_every_machine_and_image_is_scanned_in_each_region(program: Recording) -> None:
    assert program.one("HostScanTarget").inputs["targetCompartmentId"] == program.id_of("Compartment", "-environment")
    registry = program.one("ContainerScanTarget").inputs["targetRegistry"]
    assert registry == {"compartmentId": program.id_of("Compartment", "-codebase"), "type": "OCIR"}
    agent = program.one("HostScanRecipe").inputs["agentSettings"]["agentConfiguration"]
    assert agent["vendor"] == "OCI"


def test_production_has_a_budget_that_people_of_ours_hear_of(production: Recording) -> None:
    budget = production.one("Budget").inputs
    assert budget["targets"] == [production.id_of("Compartment", "-environment")]
    rules = [each.inputs for each in production.of("Rule") if each.type.startswith("oci:Budget/")]
    assert {rule["type"] for rule in rules} == {"ACTUAL", "FORECAST"}
    assert {rule["recipients"] for rule in rules} == {"cloud-costs@stateside.example"}


def test_iams_objects_and_guards_are_made_at_home(whole: Recording) -> None:
    home = next(each for each in whole.of("oci") if each.name.endswith(HOME))
    for each in whole.resources:
        if each.custom and each.name.startswith("landing-zone-"):
            assert each.provider.startswith(home.urn), each.urn


def test_a_bastion_lets_in_few_for_an_hour_and_stands_in_the_access_network(program: Recording) -> None:
    bastion = program.one("Bastion").inputs
    assert bastion["clientCidrBlockAllowLists"] == configured(program.stack)["stateside:access"]["clients"]
    assert bastion["maxSessionTtlInSeconds"] == 3600
    assert bastion["bastionType"] == "STANDARD"
    assert bastion["targetSubnetId"] == program.id_of("Subnet", "-access")
    assert REGIONS[program.key]
