"""The declared edge: the only public addresses, open to the United States alone."""

from ipaddress import IPv4Address

import pytest

from boundary import load_boundary
from infra.territories import GEO_KEYS
from tests.unit.infra.conftest import recorded
from tests.unit.infra.recording import REGIONS, STACKS, Recording, configured, fake_id, run_program

ORACLES_CODES = {403, 503}
"""Of the codes that a refusal may have, those that are used: docstring of WebAppFirewallPolicyAction."""


def test_there_are_as_many_load_balancers_as_the_load_needs_each_with_an_address_and_a_firewall(
    program: Recording,
) -> None:
    balancers = {each.name for each in program.of("LoadBalancer")}
    assert len(balancers) == (15 if program.stack == "us-prod" else 1)
    assert (
        balancers == {each.name for each in program.of("PublicIp")} == {each.name for each in program.of("AppFirewall")}
    )
    for name in balancers:
        balancer = program.one("LoadBalancer", name).inputs
        assert balancer["reservedIps"] == [{"id": fake_id("PublicIp", name)}]
        assert program.one("AppFirewall", name).inputs["loadBalancerId"] == fake_id("LoadBalancer", name)


def test_what_oracle_writes_into_an_address_that_is_taken_is_no_change(program: Recording) -> None:
    for address in program.of("PublicIp"):
        assert address.ignored_changes == ("privateIpId",), address.name


def test_load_balancers_stand_in_the_edges_subnet_and_group(program: Recording) -> None:
    for balancer in program.of("LoadBalancer"):
        assert balancer.inputs["subnetIds"] == [program.id_of("Subnet", f"network-{program.key}-edge")]
        assert balancer.inputs["networkSecurityGroupIds"] == [
            program.id_of("NetworkSecurityGroup", f"network-{program.key}-edge")
        ]


def test_nothing_but_the_edges_load_balancers_is_public(program: Recording) -> None:
    for address in program.of("PublicIp"):
        assert address.inputs["lifetime"] == "RESERVED"
        assert "privateIpId" not in address.inputs
    public = {each.name for each in program.of("LoadBalancer") if each.inputs["isPrivate"] is not True}
    assert public == {each.name for each in program.of("PublicIp")}
    assert all(each.inputs["isPrivate"] for each in program.of("NetworkLoadBalancer"))


def test_viewers_and_gateways_are_talked_to_over_current_tls_alone(program: Recording) -> None:
    for listener in program.of("Listener"):
        if not listener.type.startswith("oci:LoadBalancer/"):
            continue
        ssl = listener.inputs["sslConfiguration"]
        assert (listener.inputs["port"], ssl["protocols"]) == (443, ["TLSv1.2", "TLSv1.3"])
        assert ssl["certificateIds"] == [program.id_of("Certificate")]
    for backends in program.of("BackendSet"):
        if not backends.type.startswith("oci:LoadBalancer/"):
            continue
        ssl = backends.inputs["sslConfiguration"]
        assert (ssl["protocols"], ssl["verifyPeerCertificate"]) == (["TLSv1.2", "TLSv1.3"], True)
        assert ssl["trustedCertificateAuthorityIds"] == [program.id_of("CertificateAuthority")]


def test_requests_go_to_the_gateways_on_a_port_that_they_listen_on(program: Recording) -> None:
    ports = configured(program.stack)["stateside:serving"]["acceptsTcp"]
    backends = [each for each in program.of("Backend") if each.type.startswith("oci:LoadBalancer/")]
    assert len(backends) == len(program.of("LoadBalancer"))
    for backend in backends:
        assert backend.inputs["port"] in ports
        assert IPv4Address(backend.inputs["ipAddress"]).is_private


def test_the_authority_signs_with_a_key_of_ours_that_is_made_for_it(program: Recording) -> None:
    key = program.one("Key", "-certificates")
    assert program.one("CertificateAuthority").inputs["kmsKeyId"] == fake_id("Key", key.name)
    assert key.inputs["keyShape"]["algorithm"] == "RSA"


def test_the_firewall_lets_in_the_united_states_and_health_checks_and_refuses_all_others(program: Recording) -> None:
    policy = program.one("AppFirewallPolicy").inputs
    actions = {each["name"]: each for each in policy["actions"]}
    access = policy["requestAccessControl"]
    assert actions[access["defaultActionName"]]["type"] == "RETURN_HTTP_RESPONSE"
    assert [(rule["actionName"], rule["condition"]) for rule in access["rules"]] == [
        ("allow", "i_contains(['US', 'PR', 'VI', 'GU', 'AS', 'MP'], connection.source.geo.countryCode)"),
        ("allow", "http.request.url.path == '/health'"),
    ]
    assert {each["code"] for each in policy["actions"] if "code" in each} == ORACLES_CODES


def test_one_address_is_limited_and_attacks_are_refused(program: Recording) -> None:
    policy = program.one("AppFirewallPolicy").inputs
    actions = {each["name"]: each["type"] for each in policy["actions"]}
    (limit,) = policy["requestRateLimiting"]["rules"]
    (protection,) = policy["requestProtection"]["rules"]
    assert limit["configurations"][0]["requestsLimit"] == 6_000
    assert len(protection["protectionCapabilities"]) == 5
    assert {actions[rule["actionName"]] for rule in (limit, protection)} == {"RETURN_HTTP_RESPONSE"}


@pytest.mark.parametrize("stack", STACKS)
def test_questions_from_elsewhere_get_no_answer_and_the_primary_is_asked_first(stack: str) -> None:
    policy = recorded(stack).one("SteeringPolicy").inputs
    keys = [key for key, name in REGIONS.items() if name in configured(stack)["stateside:regions"]]
    place, health, priority, limit = policy["rules"]
    inside, outside = place["cases"]
    known = ", ".join(f"geoKey '{key}'" for key in GEO_KEYS.values())
    assert inside["caseCondition"] == f"query.client.geoKey in ({known})"
    assert inside["answerDatas"] == [{"answerCondition": "answer.isDisabled != true", "shouldKeep": True}]
    assert outside == {"answerDatas": [{"shouldKeep": False}]}
    assert health["ruleType"] == "HEALTH"
    assert [each["answerCondition"] for each in priority["defaultAnswerDatas"]] == [
        f"answer.pool == '{key}'" for key in keys
    ]
    assert limit["ruleType"] == "LIMIT"


@pytest.mark.parametrize("stack", STACKS)
def test_every_address_is_an_answer_and_is_checked(stack: str) -> None:
    whole = recorded(stack)
    addresses = {f"203.0.113.1-{each.name}" for each in whole.of("PublicIp")}
    policy, monitor = whole.one("SteeringPolicy").inputs, whole.one("HttpMonitor").inputs
    assert {answer["rdata"] for answer in policy["answers"]} == set(monitor["targets"]) == addresses
    assert policy["healthCheckMonitorId"] == fake_id("HttpMonitor", "steering")
    assert whole.one("SteeringPolicyAttachment").inputs["domainName"] == whole.one("Zone", "steering").inputs["name"]


def test_what_the_edge_does_is_logged(program: Recording) -> None:
    logged = {
        (log.inputs["configuration"]["source"]["resource"], log.inputs["configuration"]["source"]["category"])
        for log in program.of("Log")
    }
    for balancer in program.of("LoadBalancer"):
        name = balancer.name
        assert {(fake_id("LoadBalancer", name), "access"), (fake_id("LoadBalancer", name), "error")} <= logged
        assert (fake_id("AppFirewall", name), "all") in logged


def edge(stack: str, **keys: object) -> dict[str, object]:
    config = configured(stack)
    return config | {"stateside:edge": config["stateside:edge"] | keys}


def test_an_imported_certificate_is_shown_instead_of_our_own() -> None:
    imported = "ocid1.certificate.oc1.iad.public"
    program = run_program("rehearsal", edge("rehearsal", certificates={"us-ashburn-1": imported}))
    (listener,) = [each for each in program.of("Listener") if each.type.startswith("oci:LoadBalancer/")]
    assert listener.inputs["sslConfiguration"]["certificateIds"] == [imported]
    assert not [each for each in program.resources if each.kind == "Certificate"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"domain": "globalvideo.example"}, "globalvideo.example is in no domain of ours (stateside.example)"),
        ({"domain": "notstateside.example"}, "notstateside.example is in no domain of ours"),
        ({"territories": ["US", "CA"]}, "CA is no part of the United States; choose of US, PR, VI, GU, AS, MP"),
        ({"territories": []}, "at least 1 item"),
        ({"certificates": {"us-ashburn-1": "ocid1.certificate.oc1.eu-frankfurt-1.x"}}, "in an allowed region"),
        ({"certificates": {"us-ashburn-1": "ocid1.cabundle.oc1.iad.x"}}, "is not the OCID of a certificate"),
    ],
)
def test_a_wrong_edge_is_one_sentence(stopped, keys: dict[str, object], says: str) -> None:
    message = stopped("rehearsal", edge("rehearsal", **keys))
    assert message.startswith("Pulumi.rehearsal.yaml: stateside:edge")
    assert says in message


def test_the_domain_is_in_one_of_ours() -> None:
    for stack in STACKS:
        domain = configured(stack)["stateside:edge"]["domain"]
        assert any(f".{domain}".endswith(f".{ours}") for ours in load_boundary().domains)
