"""What a report may be: a stranger may have written it."""

import json
from pathlib import Path
from typing import Any

import pytest

from assurance.pull_request.files import parse_report, read_report
from assurance.pull_request.report import MAX_BYTES, Listed, Verdict
from assurance.pull_request.words import shown
from boundary import BoundaryError
from tests.unit.assurance.made import report

SECRET = "swordfish-8c1f"  # noqa: S105 - it is none


def document(**more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(report().model_dump_json())
    return made | more


def test_a_report_is_read_as_it_was_written() -> None:
    assert parse_report(report().model_dump_json(exclude_defaults=True).encode()) == report()


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"version": 2}, "1 faults, the first at version: literal_error"),
        ({"stack": "../etc"}, "1 faults, the first at stack: string_pattern_mismatch"),
        ({"stack": "dev --> <b>"}, "1 faults, the first at stack: string_pattern_mismatch"),
        ({"head": "HEAD"}, "1 faults, the first at head: string_pattern_mismatch"),
        ({"more": 1}, "1 faults, the first at the whole: extra_forbidden"),
        ({"unchanged": "7"}, "1 faults, the first at unchanged: int_type"),
        ({"unchanged": -1}, "1 faults, the first at unchanged: greater_than_equal"),
        ({"lanes": {"items": [], "total": 1e99}}, "1 faults, the first at lanes: int_type"),
        ({"reasons": {"items": ["x" * 601], "total": 1}}, "1 faults, the first at reasons.0: string_too_long"),
        ({"reasons": {"items": ["x"], "total": 0}}, "1 faults, the first at reasons: value_error"),
        ({"verdict": "violation"}, "1 faults, the first at the whole: value_error"),
        (
            {"proof": {"registered": 3, "judged": 2, "rules": 1, "ran": 1}},
            "1 faults, the first at the whole: value_error",
        ),
        ({"proof": {"registered": 0, "judged": 0, "rules": 0, "ran": 0}}, "the first at the whole: value_error"),
        ({SECRET: 1}, "1 faults, the first at the whole: extra_forbidden"),
    ],
)
def test_what_has_another_form_is_refused_and_nothing_of_it_is_shown(odd: dict[str, Any], says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        parse_report(json.dumps(document(**odd)).encode())
    assert says in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("file", ["/etc/passwd", "../x", "a/../b", "a b", "a)[x](http", "x#L1", "https://x/y", ""])
def test_a_place_is_a_file_of_the_repository(file: str) -> None:
    loss = {"says": "x", "protected": False, "place": {"file": file, "line": 1}}
    with pytest.raises(BoundaryError, match=r"the first at losses\.0"):
        parse_report(json.dumps(document(losses={"items": [loss], "total": 1})).encode())


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'{"version": 1, "version": 1}'])
def test_what_is_no_report_is_refused_in_a_sentence(text: bytes) -> None:
    with pytest.raises(BoundaryError, match=r"the report .*; it is not taken"):
        parse_report(text)


def test_what_is_too_large_is_not_even_parsed(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(BoundaryError, match="has more than 8,000,000 bytes"):
        read_report(file)
    with pytest.raises(BoundaryError, match="can't be read"):
        read_report(tmp_path / "none.json")


def test_a_report_of_a_change_that_changes_nothing_says_nothing() -> None:
    assert report().says_nothing
    assert not report(verdict=Verdict.NOT_JUDGED).says_nothing
    assert not report(changes=Listed(total=1)).says_nothing


@pytest.mark.parametrize(
    "text",
    [
        f"password={SECRET}",
        f'"db_password": "{SECRET}"',
        f"API-KEY = {SECRET}",
        f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\n{SECRET}",
        f"postgres://admin:{SECRET}@10.0.0.1/db",
        f"https://x/p/{SECRET}0123456789abc/n/space/b/bucket",
        f"ghp_{SECRET.replace('-', '')}0123456789",
        f"eyJhbGciOiJI.{SECRET}abcdef.sig",
        f"AKIA{SECRET.replace('-', '').upper()}",
        f"v1:c2FsdHNhbHQ=:{SECRET.replace('-', '')}AAAA",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    out = shown(f"it failed: {text} and so on", 600)
    assert SECRET not in out
    assert SECRET.replace("-", "") not in out.lower()
    assert "[hidden]" in out


@pytest.mark.parametrize(
    "text",
    [
        "statement 3 of policy dev-token-readers",
        "ocid1.bucket.oc1.iad.aaaaaaaalake",
        "the secret's value is [secret]",
        "Allow group x to read secret-family in compartment y",
        "oci:Vault/secret:Secret::dev-password",
    ],
)
def test_what_only_speaks_of_secrets_is_shown(text: str) -> None:
    assert shown(text, 600) == text


def test_what_can_not_be_seen_is_shown_as_something_odd() -> None:
    assert shown("a\u202eb\x00c\u200bd\n e\ud800", 600) == "a\ufffdb\ufffdc\ufffdd e\ufffd"
    assert shown("x" * 9, 5) == "xxxx…"
