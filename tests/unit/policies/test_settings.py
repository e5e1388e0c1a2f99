"""A value as settings: each text with the key that it stands under, in each notation."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Secret
from policies.rules.settings import settings_in

# A value, and what its texts are under; only those with a key.
UNDER_KEYS: list[tuple[Any, list[tuple[str, str]]]] = [
    ({"a.host": "x", "b": ["y", Secret({"c": "z"})]}, [("a.host", "x"), ("b", "y"), ("c", "z")]),
    ({"a": UNKNOWN, "b": 1.0, "c": None, "d": True}, []),
    # The name of a pair says what its value is.
    ({"name": "endpoint", "value": "x"}, [("endpoint", "x"), ("name", "endpoint")]),
    ({"paramValue": "x", "paramName": "host"}, [("host", "x"), ("paramName", "host")]),
    ({"key": "host", "defaultValue": ["x"]}, [("host", "x"), ("key", "host")]),
    ({"name": UNKNOWN, "value": "x"}, [("value", "x")]),
    ({"name": Secret("host"), "value": Secret("x")}, [("host", "x"), ("name", "host")]),
    # A flag before its value, in a list and in a text.
    (["--endpoint", "x", "y"], [("--endpoint", "x")]),
    (["--endpoint=x", "y"], [("--endpoint", "x")]),
    ({"arguments": ["-h", "x", "y"]}, [("-h", "x"), ("arguments", "-h"), ("arguments", "y")]),
    ("run --host x -Dproxy=y --dry --to z", [("--host", "x"), ("--to", "z"), ("-Dproxy", "y")]),
    # YAML, JSON, and one in the other; each text is what its reader reads.
    ("hosts: # ours\n  - x\n  - &a y\nmore: *a", [("hosts", "x"), ("hosts", "y"), ("more", "y")]),
    ("hosts: !other [x]\nname: >-\n  y", [("hosts", "x"), ("name", "y")]),
    ('{"ho\\u0073t": "x\\u002ey", "n": {"m": 1}}', [("host", "x.y"), ("m", "1")]),
    ("a: 1\n---\nb: 2\n---\n", [("a", "1"), ("b", "2")]),
    ("? host\n: x\n? [p, q]\n: r", [("", "r"), ("host", "x")]),
    ({"config": "outer: |\n  inner: x"}, [("config", "outer: |\n  inner: x"), ("inner", "x"), ("outer", "inner: x")]),
    ("- a\n- host: x", [("host", "x")]),
    ("-\n  - host\n-\n  host: x", [("host", "x")]),
    # No document, or one that can't be read.
    ("just: [words", []),
    ("no document", []),
    ("a text: ", [("a text", "")]),
]


@pytest.mark.parametrize(("value", "found"), UNDER_KEYS)
def test_a_text_stands_under_the_key_that_its_notation_gives_it(value: Any, found: list[tuple[str, str]]) -> None:
    keyed = [(each.key, each.text) for each in settings_in(value) if not each.line and each.key]
    assert sorted(keyed) == sorted(each for each in found if each[0])


def test_the_first_word_of_a_line_may_be_a_key() -> None:
    text = "<server>\n  host a.example\n\t@type  forward\n</server>\nalone"
    lines = [(each.key, each.text) for each in settings_in(text) if each.line]
    assert lines == [("host", "a.example"), ("@type", "forward")]


def test_texts_without_a_key_and_keys_are_texts_too() -> None:
    assert [each for each in settings_in("x") if not each.line] == [("", "x", False)]
    assert {each.text for each in settings_in({"a.example": ["b"]})} == {"a.example", "b"}
    assert {each.text for each in settings_in("a.example: b")} == {"a.example: b", "a.example", "b"}


def test_a_document_in_documents_is_read_to_a_stated_depth() -> None:
    text = "host: x"
    for level in range(6):
        text = f"l{level}: |\n" + "".join(f"  {line}\n" for line in text.splitlines())
    keys = [each.key for each in settings_in(text) if each.key and not each.line]
    assert keys == ["l5", "l4", "l3", "l2"]


def test_what_names_itself_over_and_over_ends() -> None:
    bombs = ["a: &a [x, *a]", "&m {host: *m, b: x}"]
    wide = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    for text in (*bombs, wide):
        assert any(each.text == "x" for each in settings_in(text))


def test_what_is_nested_or_long_beyond_measure_is_read_as_a_text() -> None:
    for text in ("[" * 1001 + "x" + "]" * 1001, "a: " + "x" * 999_998):
        assert [each for each in settings_in(text) if not each.line] == [("", text, False)]


def test_up_to_that_measure_it_is_read() -> None:
    for text, key, held in (("[" * 1000 + "x" + "]" * 1000, "", "x"), ("a: " + "x" * 999_997, "a", "x" * 999_997)):
        assert (key, held, False) in settings_in(text)


@pytest.mark.parametrize("text", ["'x: y'", "'x: y'\n---\n", "# a: b"])
def test_a_document_that_is_one_text_is_read_once(text: str) -> None:
    assert [each for each in settings_in(text) if not each.line] == [("", text, False)]


@pytest.mark.parametrize("text", ["? x", "-\n x", "[x]", "{x}", "x:", "- x"])
def test_a_text_in_the_smallest_document_is_found(text: str) -> None:
    assert "x" in {each.text for each in settings_in(text) if not each.line}
