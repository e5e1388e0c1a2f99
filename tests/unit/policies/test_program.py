"""The program check: each planted program is found exactly, and this project's own program is clean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from boundary import load_boundary
from policies.core import Finding
from policies.program import check_sources, program_rules
from policies.program.words import words
from rehearsal.home import CHECKOUT
from tests.policies.builder import boundary

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("programs.yaml").read_text(encoding="utf-8"))


def check(directory: Path, **sources: str) -> tuple[Finding, ...]:
    """What is found in files that are called so."""
    for name, source in sources.items():
        (directory / f"{name}.py").write_text(source, encoding="utf-8")
    return check_sources([directory], boundary())


@pytest.mark.parametrize("case", TABLE["found"])
def test_a_planted_program_is_found_with_rule_and_line(tmp_path: Path, case: str) -> None:
    planted = TABLE["found"][case]
    found = check(tmp_path, planted=planted["source"])
    assert [(each.rule, each.urn) for each in found] == [
        (rule, f"{tmp_path.name}/planted.py:{line}") for rule, line in planted["finds"]
    ]


@pytest.mark.parametrize("case", TABLE["clean"])
def test_an_ordinary_program_is_clean(tmp_path: Path, case: str) -> None:
    assert check(tmp_path, ordinary=TABLE["clean"][case]) == ()


def test_this_projects_own_program_is_clean() -> None:
    assert [finding.message for finding in check_sources([CHECKOUT / "infra"], load_boundary())] == []


def test_only_the_file_for_providers_builds_them(tmp_path: Path) -> None:
    source = "import pulumi_oci as oci\noci.Provider('x')\noci.core.Vcn.get('a', 'b')\n"
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "provider.py").write_text(source, encoding="utf-8")
    found = check(tmp_path, provider=source)
    assert [(each.rule, each.urn.partition("/")[2]) for each in found] == [
        ("program-provider", "below/provider.py:2"),
        ("program-read", "below/provider.py:3"),
        ("program-read", "provider.py:3"),
    ]


def test_a_message_says_where_what_and_what_instead(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, a="import subprocess\n")
    assert finding.message == (
        f"{tmp_path.name}/a.py:1 (program): imports subprocess.\n"
        "Would let through: data or commands to anywhere, past the engine and so past every policy.\n"
        "Write instead: resources of pulumi_oci; what must be computed, in plain Python."
    )
    assert not finding.excusable


def test_one_file_can_be_checked_alone(tmp_path: Path) -> None:
    file = tmp_path / "alone.py"
    file.write_text("import socket\n", encoding="utf-8")
    assert [finding.urn for finding in check_sources([file], boundary())] == ["alone.py:1"]


UNREADABLE = {
    "not UTF-8": (b"\xff\xfe", 1),
    "a null": (b"x = '\0'", 1),
    "brackets without an end": (b"y = 1\nx = " + b"(" * 5000 + b")" * 5000, 2),
    "names without an end": (b"import a\nx = a" + b".b" * 5000, 1),
}


@pytest.mark.parametrize(("content", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, content: bytes, line: int) -> None:
    (tmp_path / "odd.py").write_bytes(content)
    (finding,) = check_sources([tmp_path], boundary())
    assert (finding.rule, finding.says) == ("program-source", "isn't Python that can be read")
    assert finding.urn == f"{tmp_path.name}/odd.py:{line}"


def test_every_rule_that_the_words_name_is_declared_and_planted() -> None:
    declared = set(program_rules(boundary()))
    assert {reference.rule for reference in words().references} <= declared
    assert {rule for planted in TABLE["found"].values() for rule, _ in planted["finds"]} == declared
