"""What a condition of Oracle's Search holds of."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.doors.api.search.conditions import holds
from rehearsal.doors.api.search.parser import parse
from rehearsal.doors.api.search.times import moment

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
FIELDS = {
    "displayName": "Frontend",
    "timeCreated": "2026-11-27T09:30:00.000000Z",
    "sizeInGBs": 50,
    "isReadOnly": False,
    "lifecycleState": None,
    "cidrBlocks": ["10.0.0.0/16", "10.1.0.0/16"],
    "source": {"type": "image"},
    "definedTags": [
        {"namespace": "Operations", "key": "CostCenter", "value": "42"},
        {"namespace": "Oracle-Tags", "key": "CreatedBy", "value": "ada"},
    ],
    "freeformTags": [{"key": "role", "value": "web"}],
}
BY_NAME = {name.lower(): value for name, value in FIELDS.items()}


def is_found(condition: str) -> bool:
    where = parse(f"query all resources where {condition}").where
    assert where is not None
    return holds(where, lambda name: BY_NAME.get(name.lower()), NOW)


@pytest.mark.parametrize(
    "condition",
    [
        "displayName = 'FRONTEND'",
        "displayname == 'Frontend'",
        "displayName !== 'frontend'",
        "displayName =~ 'TEN'",
        "sizeInGBs = 50 && sizeInGBs >= 50 && sizeInGBs <= '50' && sizeInGBs > 9 && sizeInGBs < 100",
        "isReadOnly = false && isReadOnly = 'False'",
        "timeCreated > 'now - 3h' && timeCreated < Now",
        "timeCreated >= now-1d",
        "timeCreated = '2026-11-27T10:30:00+01:00'",
        "timeCreated > '2026-11-27' && timeCreated < '2026-11-27 10:00:00'",
        "timeCreated > 'Fri, 27 Nov 2026 09:00:00 GMT'",
        "cidrBlocks = '10.1.0.0/16'",
        "source.TYPE = 'image'",
        "lifeCycleState != 'TERMINATED'",
        "nothing != 'x'",
        "definedTags.namespace = 'operations' && definedTags.key = 'CostCenter' && definedTags.value = '42'",
        "(definedTags.value = '42') && (definedTags.value = 'ada')",
        "definedTags.key != 'OwnerEmail'",
        "freeformTags.key = 'role' && freeformTags.value = 'web'",
        "displayName = 'x' || sizeInGBs = 50",
    ],
)
def test_it_holds(condition: str) -> None:
    assert is_found(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "displayName = 'front'",
        "displayName == 'frontend'",
        "displayName !== 'Frontend'",
        "displayName =~ 'back'",
        "displayName > 'A'",
        "sizeInGBs > 50",
        "sizeInGBs < 'many'",
        "isReadOnly != false",
        "timeCreated > now",
        "timeCreated < 'now - 3h'",
        "timeCreated > 'yesterday'",
        "lifecycleState = 'ACTIVE'",
        "nothing = 'x'",
        "source = 'image'",
        "cidrBlocks != '10.1.0.0/16'",
        # of two different tags
        "definedTags.namespace = 'Operations' && definedTags.key = 'CreatedBy'",
        "freeformTags.key != 'role'",
        "displayName = 'Frontend' && sizeInGBs = 51",
    ],
)
def test_it_does_not_hold(condition: str) -> None:
    assert not is_found(condition)


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"now [-+] \d{1,12}[smhdwy]", fullmatch=True),
        st.from_regex(r"\d{4}-\d\d-\d\d.*", fullmatch=True),
    )
)
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = moment(text, NOW)
    assert found is None or found.tzinfo is not None
