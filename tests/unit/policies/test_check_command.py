"""`python -m policies.check`: what it prints and writes, and what its exit codes mean."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from policies.check import cli
from tests.policies.builder import SECRET_MARK, STACK, boundary_data
from tests.unit.policies.files import inventory_file, live, log_file, preview_file, state_file, write

VCN = "oci:Core/vcn:Vcn"
CLEAN = (VCN, "it", {"displayName": "x"})
BAD = (VCN, "bad", {"cidrBlock": "10.0.0.0/16"})


class Answer:
    """What the command did."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said


Check = Callable[..., Answer]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs the command in this process, by the tests' own boundary."""
    boundary = write(tmp_path / "boundary.yaml", yaml.safe_dump(boundary_data()))

    def run(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["check", "--boundary", str(boundary), *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        printed = capsys.readouterr()
        assert printed.out == ""
        return Answer(ended.value.code, printed.err)

    return run


def test_a_clean_file_of_each_kind_exits_with_zero(check: Check, tmp_path: Path) -> None:
    kinds = {
        "--state": state_file(tmp_path, CLEAN),
        "--preview": preview_file(tmp_path, CLEAN),
        "--inventory": inventory_file(tmp_path, live(VCN, {})),
    }
    for option, file in kinds.items():
        answer = check(option, file)
        assert (answer.code, "✓ No violation: " in answer.said) == (0, True), answer.said


def test_a_file_with_an_encrypted_secret_exits_with_three(check: Check, tmp_path: Path) -> None:
    sealed = (VCN, "sealed", {"displayName": {**SECRET_MARK, "ciphertext": "v1:x"}})
    answer = check("--state", state_file(tmp_path, CLEAN, sealed))
    assert (answer.code, "✓" in answer.said) == (3, False), answer.said
    assert "1 secret value is encrypted or left out, and nobody judged what is in there" in answer.said


def test_secrets_that_the_engines_run_judged_keep_no_preview_from_counting(check: Check, tmp_path: Path) -> None:
    left_out = preview_file(tmp_path, CLEAN, (VCN, "secret", {"displayName": "[secret]"}))
    assert check("--preview", left_out).code == 3
    answer = check("--preview", left_out, "--secrets-judged")
    assert (answer.code, "✓ No violation: " in answer.said) == (0, True), answer.said


def test_of_an_event_log_each_resource_is_judged_and_the_stack_is_not_which_exits_with_three(
    check: Check, tmp_path: Path
) -> None:
    clean = check("--preview", log_file(tmp_path, CLEAN))
    assert (clean.code, "✗ No violation: " in clean.said) == (3, True), clean.said
    assert "an event log doesn't say what arguments depend on, so that its stack as a whole could not be" in clean.said
    found = check("--preview", log_file(tmp_path, BAD))
    assert (found.code, "outside-address bad" in found.said) == (3, True)


def test_a_violation_is_printed_and_exits_with_one(check: Check, tmp_path: Path) -> None:
    answer = check("--state", state_file(tmp_path, CLEAN, BAD))
    assert answer.code == 1
    assert f"outside-address bad ({VCN}), cidrBlock: `10.0.0.0/16` has addresses of the global stack." in answer.said
    assert "✗ 1 violation: 4 of 4 resources of the state, " in answer.said


def test_a_run_that_does_not_count_exits_with_three_whatever_it_found(check: Check, tmp_path: Path) -> None:
    answer = check("--preview", preview_file(tmp_path, BAD, same=1))
    assert answer.code == 3
    assert "This run doesn't count: the preview leaves out 1 of 4 resources; make it with --show-sames." in answer.said
    assert "outside-address bad" in answer.said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name one file to judge: --state, --preview or --inventory; or a program"),
        (["--state", "a", "--preview", "b"], "name one file to judge: --state, --preview or --inventory"),
        (["--state", "gone.json"], "there is no state at gone.json; name the file that holds it"),
        (["--state", "x", "--boundary", "gone.yaml"], "gone.yaml is missing at gone.yaml; restore it"),
        (["--stat"], "No such option: --stat"),
    ],
)
def test_what_can_not_be_used_is_one_sentence_and_exits_with_two(check: Check, arguments: list[str], says: str) -> None:
    answer = check(*arguments)
    assert answer.code == 2
    assert says in answer.said
    assert "Traceback" not in answer.said


def test_every_form_that_is_asked_for_is_written(check: Check, tmp_path: Path) -> None:
    forms = {name: tmp_path / f"out.{name}" for name in ("sarif", "junit", "ocsf", "summary", "json")}
    options = [part for name, file in forms.items() for part in (f"--{name}", file)]
    assert check("--state", state_file(tmp_path, BAD), *options).code == 1
    texts = {name: file.read_text(encoding="utf-8") for name, file in forms.items()}
    assert json.loads(texts["sarif"])["runs"][0]["results"][0]["ruleId"] == "outside-address"
    assert json.loads(texts["json"])["findings"][0]["rule"] == "outside-address"
    assert "<testsuites" in texts["junit"]
    assert json.loads(texts["ocsf"])[0]["class_uid"] == 2004
    assert texts["summary"].startswith("# Stateside: rehearsal\n")


def test_a_program_is_checked_beside_a_file_or_alone(check: Check, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    write(program / "__main__.py", "import boto3\n")
    alone = check("--program", program)
    assert (alone.code, "program/__main__.py:1" in alone.said) == (1, True), alone.said
    sarif = tmp_path / "out.sarif"
    both = check("--program", program, "--state", state_file(tmp_path, BAD), "--sarif", sarif)
    assert (both.code, "✗ 2 violations: 3 of 3 resources" in both.said) == (1, True), both.said
    results = json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"]
    (source,) = (each["locations"][0] for each in results if each["ruleId"].startswith("program"))
    assert source == {
        "physicalLocation": {"artifactLocation": {"uri": "program/__main__.py"}, "region": {"startLine": 1}}
    }
    assert check("--program", tmp_path / "gone").code == 2


def test_what_a_proposed_boundary_would_change_is_shown_and_fails_nothing(check: Check, tmp_path: Path) -> None:
    other = boundary_data()
    other["outside"]["domains"].append("x.example")
    other["outside"]["ranges"] = ["198.51.100.0/24"]
    proposed = write(tmp_path / "proposed.yaml", yaml.safe_dump(other))
    named = (VCN, "named", {"displayName": "see x.example"})
    forms = {name: tmp_path / f"out.{name}" for name in ("summary", "json")}
    options = [part for name, file in forms.items() for part in (f"--{name}", file)]
    answer = check("--state", state_file(tmp_path, BAD, named), "--proposed", proposed, *options)
    assert answer.code == 1
    for text in (answer.said, forms["summary"].read_text(encoding="utf-8").replace("\\", "")):
        assert "By the proposed boundary, 1 violation would appear, 1 violation would disappear and 0" in text
        assert "Would appear: outside-domain: named" in text
        assert "Would disappear: outside-address: bad" in text
    told = json.loads(forms["json"].read_text(encoding="utf-8"))["proposed"]
    assert ([each["rule"] for each in told["appearing"]], told["loosens"]) == (["outside-domain"], True)
    clean = check("--state", state_file(tmp_path, named), "--proposed", proposed)
    assert (clean.code, "Would appear" in clean.said) == (0, True)


def test_a_form_that_can_not_be_written_is_one_sentence(check: Check, tmp_path: Path) -> None:
    answer = check("--state", state_file(tmp_path, CLEAN), "--json", tmp_path / "gone" / "x.json")
    assert answer.code == 2
    assert "x.json can't be written (No such file or directory); name another file" in answer.said


def test_a_large_input_shows_its_progress(check: Check, tmp_path: Path) -> None:
    answer = check("--state", state_file(tmp_path, *[(VCN, f"vcn-{number}", {}) for number in range(6000)]))
    assert [line for line in answer.said.splitlines() if "judging" in line] == [
        f"› judging: {tenth}0 %" for tenth in range(1, 11)
    ]


def test_a_small_input_shows_none(check: Check, tmp_path: Path) -> None:
    assert "judging" not in check("--state", state_file(tmp_path, CLEAN)).said


def test_a_fault_of_the_command_is_one_sentence_without_a_value_and_exits_with_four(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("hunter2")

    monkeypatch.setattr(cli, "gather", broken)
    answer = check("--state", state_file(tmp_path, CLEAN))
    assert answer.code == 4
    assert re.search(
        r"✗ the check failed \(ValueError at test_check_command\.py:\d+\); nothing was judged", answer.said
    )
    assert "hunter2" not in answer.said
    assert "Traceback" not in answer.said


def test_the_exit_codes_are_in_the_help() -> None:
    said = CliRunner().invoke(cli.app, ["--help"]).output
    assert "Exits with 0 when nothing is wrong, 1 for violations, 2 for a file" in " ".join(said.split())


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    boundary = write(tmp_path / "boundary.yaml", yaml.safe_dump(boundary_data()))
    file = state_file(tmp_path, (STACK, "extra", {}))
    command = [sys.executable, "-m", "policies.check", "--boundary", str(boundary), "--state", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "No violation" in ended.stderr


def test_what_can_flow_is_written_where_it_is_asked_for(check: Check, tmp_path: Path) -> None:
    answer = check("--state", state_file(tmp_path, CLEAN), "--flows", tmp_path / "flows.json")
    document = json.loads((tmp_path / "flows.json").read_text(encoding="utf-8"))
    assert (answer.code, document["version"], document["flows"], set(document["holds"])) == (
        0,
        1,
        [],
        {"us-user", "non-us-user", "content", "code", "model", "operational", "public"},
    )
