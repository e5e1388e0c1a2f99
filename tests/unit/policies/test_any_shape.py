"""Whatever a resource looks like, the judge reads all of it: no shape makes a rule fail or a value pass unseen."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.core import UNKNOWN, Plain, Secret
from policies.pack import Pack
from tests.policies.builder import resource

SHORT = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

SINGLE = st.none() | st.booleans() | st.floats() | st.text(max_size=30) | st.just(UNKNOWN)
KEYS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["displayName", "metadata", "user_data", "definedTags", "name"]
)


def grow(inner: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    """Lists, objects and secrets of what there is."""
    lists = st.lists(inner, max_size=4)
    return lists | st.dictionaries(KEYS, inner, max_size=4) | inner.map(Secret)


SHAPES: st.SearchStrategy[Plain] = st.recursive(SINGLE, grow, max_leaves=20)
TOKENS = st.sampled_from(
    ["oci:Core/vcn:Vcn", "oci:Core/instance:Instance", "oci:Kms/vault:Vault", "oci:Identity/policy:Policy", "a:b:C"]
)
# Ways down to a planted value: an index into a list, a key, or into a secret.
WAYS = st.lists(st.sampled_from(["list", "secret"]) | KEYS, max_size=12)


def plant(value: Plain, ways: list[str]) -> Plain:
    """A value at the end of these ways."""
    for way in ways:
        value = [None, value] if way == "list" else Secret(value) if way == "secret" else {way: value, "other": 1.0}
    return value


@SHORT
@given(token=TOKENS, properties=st.dictionaries(KEYS, SHAPES, max_size=5))
def test_no_shape_makes_a_rule_fail(pack: Pack, token: str, properties: dict[str, Plain]) -> None:
    assert not [each.rule for each in pack.judge.judge(resource(token, properties)).findings if each.could_not_run]


@SHORT
@given(token=TOKENS, ways=WAYS, beside=SHAPES)
def test_what_is_planted_is_found_wherever_it_is(pack: Pack, token: str, ways: list[str], beside: Plain) -> None:
    planted = resource(token, {"beside": beside, "here": plant("see eu-madrid-1", ways)})
    found = [each for each in pack.judge.judge(planted).findings if each.rule == "foreign-region"]
    assert [each.path.startswith("here") for each in found].count(True) == 1
    shown = any("eu-madrid-1" in each.message for each in found if each.path.startswith("here"))
    assert shown is ("secret" not in ways)
