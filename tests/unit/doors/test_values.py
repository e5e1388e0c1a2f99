"""Property values on the wire: what goes in comes out, unknowns and secrets too."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc

from rehearsal.doors.provider.values import UNKNOWN, Secret, decode, encode, is_unknown, reveal

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(codec="utf-8"))
leaves = st.booleans() | numbers | texts | st.just(UNKNOWN)
names = st.text("abcdefgh.", min_size=1, max_size=6)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4) | st.builds(Secret, inner)


values = st.recursive(leaves, nested, max_leaves=12)
properties = st.dictionaries(names, values, max_size=5)


@given(properties)
def test_what_is_encoded_is_decoded_again(given: dict[str, Any]) -> None:
    assert decode(encode(given)) == given


@given(st.lists(numbers | st.booleans()))
def test_whole_numbers_arrive_whole_others_broken_and_truth_as_truth(given: list[Any]) -> None:
    decoded = decode(encode({"list": given}))["list"]
    wanted = [bool if isinstance(item, bool) else int if item == int(item) else float for item in given]
    assert [type(item) for item in decoded] == wanted


@given(properties)
def test_revealed_values_hold_no_secret_and_nothing_else_has_changed(given: dict[str, Any]) -> None:
    revealed = reveal(given)
    assert "Secret(" not in repr(revealed)
    assert reveal(revealed) == revealed
    assert is_unknown(revealed) == is_unknown(given)


def test_an_unknown_is_found_however_deep() -> None:
    assert is_unknown({"a": [{"b": Secret({"c": UNKNOWN})}]})
    assert not is_unknown({"a": [{"b": Secret({"c": "known"})}]})


def test_every_kind_of_unknown_of_the_engine_is_unknown() -> None:
    for mark in (rpc.UNKNOWN, "e48ece36-62e2-4504-bad9-02848725956a", "3eeb2bf0-c639-47a8-9e75-3b44932eb421"):
        assert decode(encode({"a": mark, "b": [mark]})) == {"a": UNKNOWN, "b": [UNKNOWN]}


def test_a_null_property_is_an_absent_one_and_a_null_element_stays() -> None:
    assert decode(encode({"a": None, "b": [None, 1]})) == {"b": [None, 1]}


def test_a_secret_on_the_wire_is_what_the_engine_calls_a_secret() -> None:
    signed = encode({"password": Secret("x")}).fields["password"].struct_value.fields
    assert signed[rpc._special_sig_key].string_value == rpc._special_secret_sig
    assert signed["value"].string_value == "x"
