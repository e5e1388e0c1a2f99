"""A prepared shell: what its programs find, and that our own commands and the engine leave it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearsal import cli
from rehearsal.doors.api.environment import leave, prepared
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.plain import write_command
from tests.unit.toolchain.fakes import executable


def test_every_variable_leads_to_the_door_or_to_its_files(tmp_path: Path) -> None:
    variables = prepared(21234, tmp_path)
    assert variables["HTTPS_PROXY"] == variables["https_proxy"] == "http://127.0.0.1:21234"
    assert variables["REQUESTS_CA_BUNDLE"] == variables["AWS_CA_BUNDLE"] == str(tmp_path / "ca.pem")
    assert variables["OCI_CONFIG_FILE"] == variables["OCI_CLI_CONFIG_FILE"] == str(tmp_path / "config")
    assert variables["NO_PROXY"] == "127.0.0.1,localhost"


def test_a_prepared_environment_is_left_as_it_was_before(tmp_path: Path) -> None:
    environment = {"PATH": "/bin", **prepared(21234, tmp_path)}
    leave(environment)
    assert environment == {"PATH": "/bin"}


def test_what_was_set_otherwise_since_then_stays(tmp_path: Path) -> None:
    own = {"HTTPS_PROXY": "http://proxy:80", "SSL_CERT_FILE": "/etc/ca.pem", "no_proxy": "*"}
    environment = {**prepared(21234, tmp_path), **own}
    leave(environment)
    assert environment == own


def test_a_shell_that_was_not_prepared_stays_as_it_is() -> None:
    environment = {"HTTPS_PROXY": "http://127.0.0.1:3128", "NO_PROXY": "127.0.0.1,localhost"}
    before = dict(environment)
    leave(environment)
    assert environment == before


def test_our_own_commands_leave_it_and_so_does_the_engine_that_they_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = prepared(21234, tmp_path)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["rehearsal", "lanes"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (0, None)
    assert not set(variables) & set(os.environ)


def test_a_plain_pulumi_leaves_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    write_command(home)
    executable(home.bin / "pulumi", "env")
    environment = {**os.environ, **prepared(21234, home.api), "STATESIDE_REHEARSAL": str(home.path)}
    run = subprocess.run(
        [home.shell / "pulumi", "version"], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
    )
    seen = dict(line.partition("=")[::2] for line in run.stdout.splitlines())
    assert seen["STATESIDE_REHEARSAL"] == str(home.path)
    assert not set(prepared(21234, home.api)) & set(seen)
