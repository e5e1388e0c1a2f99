"""Engagements of vendors: short, approved by somebody else, for named systems that hold no data, and gone when over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from boundary import load_boundary
from infra.access.grants import engagement_grants
from infra.config import AccessConfig

NOW = datetime.now(UTC).replace(microsecond=0)


def engagement(**changed: Any) -> dict[str, Any]:
    return {
        "name": "switch-firmware",
        "ticket": "US-1",
        "requester": "ada",
        "approver": "grace",
        "targets": ["serving"],
        "opens": (NOW - timedelta(hours=1)).isoformat(),
        "expires": (NOW + timedelta(days=1)).isoformat(),
        **changed,
    }


def configured(**keys: Any) -> AccessConfig:
    return AccessConfig.model_validate({"clients": ["192.0.2.240/28"]} | keys, context=load_boundary())


def problem(**keys: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        configured(**keys)
    return str(refused.value)


def test_an_open_engagement_gives_sessions_machines_and_logs_of_its_targets_until_it_ends() -> None:
    grants = list(engagement_grants(configured(engagements=[engagement()]).engagements))
    assert {(grant.to.name, grant.does, grant.what, str(grant.system)) for grant in grants} == {
        ("vendor-support", "use", "bastion", "access"),
        ("vendor-support", "manage", "bastion-session", "access"),
        ("vendor-support", ("VCN_READ", "SUBNET_READ", "VNIC_READ"), "", "network"),
        *(
            ("vendor-support", "read", what, "serving")
            for what in ("instances", "vnics", "vnic-attachments", "instance-agent-plugins", "log-content")
        ),
    }
    ends = f"request.utc-timestamp before '{NOW + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}'"
    starts = f"request.utc-timestamp after '{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}'"
    assert all(grant.conditions == (starts, ends) for grant in grants)


def test_an_engagement_that_is_over_gives_nothing() -> None:
    over = engagement(opens=(NOW - timedelta(days=3)).isoformat(), expires=(NOW - timedelta(minutes=1)).isoformat())
    assert not list(engagement_grants(configured(engagements=[over]).engagements))


def test_a_clock_that_is_set_ahead_ends_an_engagement(monkeypatch: pytest.MonkeyPatch) -> None:
    engagements = configured(engagements=[engagement()]).engagements
    monkeypatch.setenv("STATESIDE_NOW", (NOW + timedelta(days=2)).isoformat())
    assert not list(engagement_grants(engagements))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"approver": "Ada"}, "ada approves their own request; name someone else"),
        ({"expires": (NOW + timedelta(days=14)).isoformat()}, "at most 14 days later; move expires"),
        ({"expires": (NOW - timedelta(hours=2)).isoformat()}, "expires must lie after opens"),
        ({"targets": ["serving", "data"]}, "no vendor works on data; remove it from targets"),
        ({"targets": ["transfer"]}, "no vendor works on transfer; remove it from targets"),
        ({"targets": []}, "at least 1 item"),
        ({"ticket": ""}, "at least 1 character"),
    ],
)  # fmt: skip
def test_an_engagement_that_goes_too_far_is_one_sentence(changed: dict[str, Any], sentence: str) -> None:
    assert sentence in problem(engagements=[engagement(**changed)])


@pytest.mark.parametrize(
    ("clients", "sentence"),
    [
        ([], "clients is missing; name the public addresses that our people's VPN leaves by"),
        (["0.0.0.0/0"], "0.0.0.0/0 is wider than a /24, too wide for people who administer; name the public addresses"),
        (["192.0.2.0/23"], "192.0.2.0/23 is wider than a /24"),
        (["192.0.2.240/28", "10.255.0.0/24"], "10.255.0.0/24 is private, and a bastion is reached over the internet"),
        (["172.31.255.0/24"], "172.31.255.0/24 is private"),
        (["192.168.1.1"], "192.168.1.1/32 is private"),
        (["100.127.0.0/28"], "100.127.0.0/28 is private"),
        (["198.51.100.0/25"], "198.51.100.0/25 overlaps 198.51.100.0/24 of the global stack"),
    ],
)  # fmt: skip
def test_a_bastion_takes_connections_from_few_public_addresses_of_ours(clients: list[str], sentence: str) -> None:
    assert sentence in problem(clients=clients)


def test_sessions_are_short() -> None:
    assert configured().session_seconds == 3600
    assert "less than or equal to 10800" in problem(sessionSeconds=10801)
