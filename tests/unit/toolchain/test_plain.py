"""A plain `pulumi` in a prepared shell: which file it goes by, with the pack, and what it refuses."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.engine import find_or_build
from rehearsal.toolchain.plain import CONFIG, KEEP, PACK, own_file, prepared, write_command
from rehearsal.toolchain.session import Session
from tests.unit.toolchain.fakes import executable, fake_engine

SALT = "v1:abc=:v1:def:ghi=="


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with an engine that makes stacks, and has `us-prod` selected."""
    home = Home(tmp_path / "home")
    home.create()
    script = f"""
if [ "$2" = --show-name ]; then echo us-prod; exit; fi
if [ "$2" != init ]; then echo "$@ $PULUMI_OPTION_CONFIG_FILE"; exit; fi
mkdir -p {home.state}/.pulumi/stacks/stateside
echo '{{}}' >{home.state}/.pulumi/stacks/stateside/$3.json
echo "encryptionsalt: {SALT}" >Pulumi.$3.yaml
"""
    executable(home.bin / "pulumi", script)
    monkeypatch.delenv("PULUMI_OPTION_STACK", raising=False)
    return home


@pytest.mark.parametrize(
    ("command", "stack"),
    [
        ("preview -s us-staging", "us-staging"),
        ("preview --stack=us-staging", "us-staging"),
        ("up --stack organization/stateside/us-staging", "us-staging"),
        ("--color never refresh --yes", "us-prod"),
        ("config set stateside:users 5 -s us-staging", "us-staging"),
        ("config", "us-prod"),
        ("stack init us-staging", "us-staging"),
        ("stack rm us-staging", "us-staging"),
        ("stack select organization/stateside/us-staging", "us-staging"),
        ("stack output", "us-prod"),
    ],
)
def test_a_command_about_a_tracked_stack_goes_by_a_copy_of_its_file(home: Home, command: str, stack: str) -> None:
    own = home.shell / f"Pulumi.{stack}.yaml"
    assert prepared(home, command.split()) == (command.split(), {CONFIG: str(own), KEEP: "true"})
    assert f"encryptionsalt: {SALT}" in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ("version", {}),
        ("preview -s scratch", {}),
        ("stack init scratch", {}),
        ("preview -s us-prod --config-file mine.yaml", {}),
        ("-C / preview -s us-prod", {}),
        ("preview -s scratch --policy-pack policies", {PACK: ""}),
        ("-C / policy analyze --policy-pack=policies", {PACK: ""}),
    ],
)
def test_any_other_is_the_engines_alone_and_has_one_pack(home: Home, command: str, variables: dict[str, str]) -> None:
    assert prepared(home, command.split()) == (command.split(), variables)


def test_what_writes_and_takes_no_file_runs_where_the_file_is_another(home: Home) -> None:
    arguments, variables = prepared(home, ["stack", "history", "--show-secrets"])
    assert arguments == ["stack", "history", "--show-secrets", "--cwd", str(home.stacks), "--stack", "us-prod"]
    assert variables == {}


@pytest.mark.parametrize("command", ["stack rename other", "stack change-secrets-provider passphrase", "config cp"])
def test_what_can_only_change_the_tracked_file_is_refused(home: Home, command: str) -> None:
    with pytest.raises(RehearsalError, match=r"would change stacks/Pulumi\.us-prod\.yaml, which is the repository's"):
        prepared(home, command.split())


def test_the_copy_keeps_what_was_set_until_the_tracked_file_changes(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("plain", "session"):
        monkeypatch.setattr(f"rehearsal.toolchain.{module}.CHECKOUT", tmp_path)
    tracked = tmp_path / "stacks" / "Pulumi.us-test.yaml"
    tracked.parent.mkdir()

    def users() -> int:
        return int(yaml.safe_load(own_file(Session(home, 0), "us-test").read_text("utf-8"))["config"]["users"])

    tracked.write_text("config: {users: 1}", "utf-8")
    assert users() == 1
    own = own_file(Session(home, 0), "us-test")
    own.write_text(own.read_text("utf-8").replace("users: 1", "users: 2"), "utf-8")
    assert users() == 2
    tracked.write_text("config: {users: 3}", "utf-8")
    assert users() == 3


def test_the_copy_goes_with_its_stack(home: Home) -> None:
    own = own_file(Session(home, 0), "us-prod")
    assert own.exists()
    Session(home, 0).forget("us-prod")
    assert not own.exists()


def test_the_command_goes_on_as_the_engine_or_says_one_sentence(home: Home) -> None:
    write_command(home)
    environment = {**os.environ, "STATESIDE_REHEARSAL": str(home.path), "PULUMI_OPTION_STACK": "us-prod"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [home.shell / "pulumi", *arguments]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)

    assert run("preview", "--diff").stdout == f"preview --diff {home.shell / 'Pulumi.us-prod.yaml'}\n"
    said = run("config", "set", "a", "b")
    assert said.stdout == f"config set a b {home.shell / 'Pulumi.us-prod.yaml'}\n"
    assert "stacks/Pulumi.us-prod.yaml stays, and `make` goes by it" in said.stderr
    refused = run("stack", "rename", "other")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("✗ `pulumi stack rename` would change")


def test_the_command_is_never_taken_for_an_engine(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_command(home)
    engine = fake_engine(tmp_path / "installed")
    monkeypatch.delenv("STATESIDE_ENGINE", raising=False)
    monkeypatch.setenv("PATH", f"{home.shell}{os.pathsep}{engine.parent}{os.pathsep}{os.environ['PATH']}")
    assert find_or_build() == engine
