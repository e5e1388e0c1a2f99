"""What is said about each rule, and the page that is made from it."""

import re

import pytest

from policies.pack import Pack
from policies.rules import __main__ as command
from policies.rules.page import every_rule, rules_page
from rehearsal.home import CHECKOUT

# CIS OCI 3.0 has sections 1 to 6; NIST 800-53 has families of two letters.
REFERENCE = re.compile(r"CIS OCI 3\.0 [1-6](\.\d{1,2}){1,2}|NIST 800-53 [A-Z]{2}-\d{1,2}(\(\d{1,2}\))?")


def test_the_page_of_rules_is_current() -> None:
    page = (CHECKOUT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(every_rule()), "write it anew: make rules"


def test_the_page_has_every_rule_with_all_that_is_said_about_it() -> None:
    page = rules_page(every_rule())
    for id, rule in every_rule().items():
        (section,) = (each for each in page.split("\n## ") if each.startswith(f"{id}\n"))
        for text in (rule.title, rule.why, rule.lets_through, rule.instead, *rule.references):
            assert text in section
        assert f"| [{id}](#{id}) | {rule.title} | {rule.severity} | {rule.category} |" in page


def test_every_rule_about_a_stack_is_judged_on_the_stack(pack: Pack) -> None:
    assert pack.rules.stack.keys() == {info.id for info in pack.rules.info.values() if info.scope == "stack"}


def test_every_rule_says_why_as_a_sentence_and_names_what_it_serves(pack: Pack) -> None:
    for info in pack.rules.info.values():
        assert info.why.endswith("."), info.id
        assert not info.title.endswith("."), info.id
        assert info.why != info.title
        assert info.references, info.id
        assert all(map(REFERENCE.fullmatch, info.references)), info.references


def test_the_command_prints_the_page_or_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main() == 0
    assert capsys.readouterr().out == rules_page(every_rule())

    def broken() -> None:
        raise command.BoundaryError("rules.yaml holds no mapping; write keys and values")

    monkeypatch.setattr(command, "every_rule", broken)
    assert command.main() == 1
    assert capsys.readouterr().err.startswith("The rules can't be listed: rules.yaml holds no mapping")
