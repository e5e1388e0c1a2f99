"""The table of regions: names and keys are unique, and what lies in the United States is listed, never guessed."""

import pytest

from boundary import BoundaryError, Region, find_region, region, regions


def test_every_name_and_key_means_one_region() -> None:
    labels = [label for found in regions().values() for label in (found.name, found.key)]
    assert len(labels) == len(set(labels))
    for name, found in regions().items():
        assert name == found.name
        assert find_region(found.name) is find_region(found.key) is found


def test_keys_are_three_letters_and_names_say_where() -> None:
    for found in regions().values():
        assert len(found.key) == 3
        assert found.key.isalpha()
        assert found.key.islower()
        assert found.name[:3] in {"af-", "ap-", "ca-", "eu-", "il-", "me-", "mx-", "sa-", "uk-", "us-"}


def test_these_and_only_these_commercial_regions_are_in_the_united_states() -> None:
    ours = {found.name: found.key for found in regions().values() if found.in_united_states}
    assert ours == {
        "us-ashburn-1": "iad",
        "us-phoenix-1": "phx",
        "us-chicago-1": "ord",
        "us-sanjose-1": "sjc",
        "us-saltlake-2": "aga",
    }
    assert {region(name).realm for name in ours} == {"oc1"}


@pytest.mark.parametrize(
    ("name", "realm"),
    [
        ("us-somerset-1", "oc23"), ("us-thames-1", "oc23"), ("us-newark-1", "oc42"), ("us-ashburn-2", "oc42"),
        ("us-gov-ashburn-1", "oc3"), ("us-gov-chicago-1", "oc3"), ("us-gov-phoenix-1", "oc3"),
        ("us-langley-1", "oc2"), ("us-luke-1", "oc2"),
    ],
)  # fmt: skip
def test_a_us_prefix_does_not_make_a_region_ours(name: str, realm: str) -> None:
    assert region(name).realm == realm
    assert not region(name).in_united_states


def test_each_realm_has_one_domain() -> None:
    domains = {(found.realm, found.domain) for found in regions().values()}
    assert len(domains) == len({realm for realm, _ in domains})
    assert region("fra") == Region("eu-frankfurt-1", "fra", "oc1", "oraclecloud.com", in_united_states=False)


@pytest.mark.parametrize("label", ["us-ashburn-1", "iad", "IAD", "US-Ashburn-1", " iad "])
def test_a_region_is_found_by_name_or_key_in_any_case(label: str) -> None:
    found = find_region(label)
    assert found is not None
    assert found.name == "us-ashburn-1"


@pytest.mark.parametrize("label", ["", "us-", "us-ashburn", "us-ashburn-11", "xyz", "ashburn"])
def test_what_is_no_region_is_none_or_one_clear_sentence(label: str) -> None:
    assert find_region(label) is None
    with pytest.raises(BoundaryError) as caught:
        region(label)
    assert str(caught.value) == f"{label!r} is not an Oracle region; take a name from boundary/regions.yaml"
