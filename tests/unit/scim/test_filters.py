"""Filters of SCIM are read as RFC 7644 says, or refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.doors.api.scim.filters import matcher
from rehearsal.world import ServiceError

EXTENSION = "urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User"
ADA = {
    "userName": "ada@stateside.example",
    "active": True,
    "title": "",
    "loginAttempts": 3,
    "name": {"familyName": "Lovelace"},
    "emails": [{"type": "work", "value": "ada@stateside.example"}, {"type": "home", "value": "ada@home.example"}],
    "groups": [{"value": "g1"}, {"value": "g2"}],
    "meta": {"created": "2026-11-27T06:00:00.000000Z"},
    EXTENSION: {"isFederatedUser": False},
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        'userName eq "ADA@stateside.example"',
        'USERNAME sw "ada" and username ew "EXAMPLE"',
        'name.familyName co "love"',
        'userName ne "bob"',
        'missing ne "x"',
        "missing eq null",
        "userName pr",
        "not (title pr) and not (missing pr)",
        "active eq true",
        'active eq "True"',
        "loginAttempts gt 2 and loginAttempts ge 3 and loginAttempts lt 4 and loginAttempts le 3",
        'meta.created gt "2026-01-01T00:00:00Z"',
        'groups.value eq "g2"',
        'groups eq "g2"',
        'emails[type eq "work" and value ew "stateside.example"]',
        f"{EXTENSION}:isFederatedUser eq false",
        'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ada"',
        'userName eq "x" and userName eq "y" or active eq true',
        'userName eq "a\\"b" or (active eq true)',
    ],
)
def test_it_is_fulfilled(text: str) -> None:
    assert matcher(text, [EXTENSION])(ADA)


@pytest.mark.parametrize(
    "text",
    [
        'userName eq "ada"',
        'userName ne "ada@stateside.example"',
        "missing pr",
        "title pr",
        'missing eq "x"',
        'loginAttempts gt "2"',
        "loginAttempts gt 3",
        'emails[type eq "home" and value ew "stateside.example"]',
        "not (active eq true)",
        f"{EXTENSION}:isFederatedUser eq true",
        'active eq true and (userName eq "x" or userName eq "y")',
    ],
)
def test_it_is_not_fulfilled(text: str) -> None:
    assert not matcher(text, [EXTENSION])(ADA)


@pytest.mark.parametrize(
    ("text", "what", "character"),
    [
        ("userName", "its end", 9),
        ("userName eq", "its end", 12),
        ("userName eq ada", "ada", 13),
        ("userName is 'ada'", "is", 10),
        ('userName eq "a" and', "its end", 20),
        ('userName eq "a" "b"', '"b"', 17),
        ('(userName eq "a"', "its end", 17),
        ('not userName eq "a"', "userName", 5),
        ('"userName" eq "a"', '"userName"', 1),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(text: str, what: str, character: int) -> None:
    with pytest.raises(ServiceError) as refused:
        matcher(text)
    assert refused.value.status == 400
    assert refused.value.message == f"the filter can't have {what} at character {character}"


def test_an_open_quote_and_too_much_are_refused() -> None:
    for text in ('userName eq "a', "(" * 1000, 'userName eq "' + "a" * 20_000 + '"'):
        with pytest.raises(ServiceError):
            matcher(text)


WORDS = 'userName eq co pr and or not ( ) [ ] "a" "b 12 true null . urn:x:y emails.type é'
FILTERS = st.lists(st.sampled_from(WORDS.split())).map(" ".join)


@given(st.one_of(st.text(), FILTERS))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert matcher(text, [EXTENSION])(ADA) in (True, False)
    except ServiceError as refused:
        assert refused.status == 400
