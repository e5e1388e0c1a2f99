"""Bad input gets one clear sentence that names the place and the fix, a non-zero exit code, and nothing half-done."""

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal.doors.provider.process import door_process
from rehearsal.home import Home
from rehearsal.world import World, is_seeded
from runs.errors import Exit
from tests.support.checkout import Checkout, edit
from tests.support.engine import Engine

Spoil = Callable[[Checkout], Checkout]


def in_boundary(old: str, new: str) -> Spoil:
    def spoil(checkout: Checkout) -> Checkout:
        edit(checkout.boundary, old, new)
        return checkout

    return spoil


def in_stack(old: str, new: str) -> Spoil:
    def spoil(checkout: Checkout) -> Checkout:
        edit(checkout.path / "stacks" / "Pulumi.rehearsal.yaml", old, new)
        return checkout

    return spoil


def without_boundary(checkout: Checkout) -> Checkout:
    checkout.boundary.unlink()
    return checkout


def with_old_engine(checkout: Checkout) -> Checkout:
    engine = checkout.path / "old-pulumi"
    engine.write_text("#!/bin/sh\necho v3.100.0\n", encoding="utf-8")
    engine.chmod(0o755)
    return replace(checkout, env={"STATESIDE_ENGINE": str(engine)})


def with_silent_engine(checkout: Checkout) -> Checkout:
    return replace(checkout, env={"STATESIDE_ENGINE": "/bin/true"})


BEFORE_ANYTHING_STARTS: dict[str, tuple[Spoil, str]] = {
    "a foreign region is allowed": (
        in_boundary("allowed: [us-ashburn-1, us-phoenix-1]", "allowed: [us-ashburn-1, eu-frankfurt-1]"),
        "boundary.yaml: regions: eu-frankfurt-1 is not a commercial region in the United States; remove it",
    ),
    "a region that doesn't exist": (
        in_boundary("home: us-ashburn-1", "home: us-ashbrun-1"),
        "boundary.yaml: regions: 'us-ashbrun-1' is not an Oracle region name; take one from boundary/regions.yaml",
    ),
    "ranges that overlap": (
        in_boundary("supernet: 10.128.0.0/9", "supernet: 10.0.0.0/9"),
        "boundary.yaml: outside.ranges: 10.0.0.0/10 overlaps our own 10.0.0.0/9; move addresses.supernet",
    ),
    "an unknown key": (
        in_boundary("cutover:", "cutoff:"),
        "boundary.yaml: cutoff is not a known key; remove it or correct its spelling",
    ),
    "a missing file": (without_boundary, "boundary.yaml is missing at"),
    "malformed YAML": (in_boundary("realm: oc1", "realm: [oc1"), "boundary.yaml line "),
    "a wrong type": (in_boundary("  home: us-ashburn-1", "  home: [us-ashburn-1]"), "boundary.yaml: regions.home: "),
    "a malformed stack file": (in_stack("config:", "config: ["), "stacks/Pulumi.rehearsal.yaml line "),
    "an engine that is too old": (
        with_old_engine,
        "STATESIDE_ENGINE names is Pulumi 3.100.0, older than 3.274.1; install",
    ),
    "an engine that is none": (with_silent_engine, "/bin/true does not print a version; install or name another"),
}


@pytest.mark.parametrize("name", BEFORE_ANYTHING_STARTS)
def test_bad_input_is_refused_before_anything_starts(checkout: Checkout, name: str) -> None:
    spoil, sentence = BEFORE_ANYTHING_STARTS[name]
    result = spoil(checkout).run("up")
    refused(result, sentence)
    assert not Home(checkout.home).world.exists()
    assert door_process(Home(checkout.home)) is None


def test_a_stack_that_does_not_exist_is_refused_with_those_that_do(checkout: Checkout) -> None:
    result = checkout.run("up", "--stack", "us-test")
    refused(result, "there is no stack us-test: stacks/ has rehearsal, us-prod, us-staging; name one of them")
    assert not checkout.home.exists()


def test_a_taken_port_is_refused(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = replace(checkout, env={"STATESIDE_DOOR_PORT": port}).run("up")
    refused(result, f"port {port} is taken by another program; free it or set STATESIDE_DOOR_PORT to a free port")
    assert door_process(Home(checkout.home)) is None


def test_a_port_that_is_no_port_is_refused(checkout: Checkout) -> None:
    result = replace(checkout, env={"STATESIDE_DOOR_PORT": "http"}).run("up")
    refused(result, "STATESIDE_DOOR_PORT is 'http'; set it to a port from 1024 to 65535")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a read-only file system needs root")
def test_a_read_only_disk_is_refused(checkout: Checkout) -> None:
    checkout.home.mkdir()
    with mounted_read_only(checkout.home):
        result = checkout.run("up")
    refused(result, f"{checkout.home} can't be written (Read-only file system); free or unlock it, or point")


IN_THE_PROGRAM: dict[str, tuple[Spoil, str]] = {
    "a region outside the boundary": (
        in_stack("stateside:regions: [us-ashburn-1]", "stateside:regions: [eu-frankfurt-1]"),
        "stateside:regions",
    ),
    "an unknown key": (in_stack("    memoryGb: 8\n    acceptsTcp", "    memorygb: 8\n    acceptsTcp"), "memorygb"),
    "a wrong type": (in_stack("ocpus: 1\n    memoryGb: 8\n    accepts", "ocpus: many\n    accepts"), "ocpus"),
}


@pytest.mark.engine
@pytest.mark.parametrize("name", IN_THE_PROGRAM)
def test_bad_stack_configuration_is_refused_and_the_world_stays_empty(checkout: Checkout, name: str) -> None:
    spoil, named = IN_THE_PROGRAM[name]
    result = spoil(checkout).run("up")
    printed = result.stdout + result.stderr
    errors = [line for line in printed.splitlines() if "stateside:" in line]
    assert result.returncode == Exit.FAILED
    assert len(errors) == 1, printed
    assert named in errors[0]
    assert printed.splitlines()[-1] == "✗ preview of rehearsal failed; mend what is said here, and run it again"
    assert "Traceback" not in printed
    assert [r for r in World.open(Home(checkout.home).world).find() if not is_seeded(r)] == []


@pytest.mark.engine
def test_a_misspelt_region_is_said_once_and_no_line_says_that_policies_are_fine(checkout: Checkout) -> None:
    in_stack("stateside:regions: [us-ashburn-1]", "stateside:regions: [us-ashbrun-1]")(checkout)
    says = "us-ashbrun-1 is not an allowed region; choose us-ashburn-1 or us-phoenix-1"
    for shown in ((), ("--detail",), ("--verbose",)):
        result = checkout.run("preview", *shown)
        printed = result.stdout + result.stderr
        assert result.returncode == Exit.FAILED, printed
        assert printed.count("us-ashbrun-1") == printed.count(says) == 1, printed
        assert not [line for line in printed.splitlines() if "Polic" in line or "✅" in line], printed
        assert ("pulumi:pulumi:Stack" in printed) is bool(shown), printed


@pytest.mark.engine
def test_the_engine_reads_a_stack_file_with_line_ends_of_windows_as_it_is(
    fresh_engine: Engine, checkout: Checkout
) -> None:
    def configuration() -> object:
        shown = fresh_engine.run("config", "--json", "--stack", "rehearsal", cwd=checkout.path, check=True)
        return json.loads(shown.stdout)

    fresh_engine.run("stack", "init", "rehearsal", "--no-select", cwd=checkout.path, check=True)
    before = configuration()
    stack_file = checkout.path / "stacks" / "Pulumi.rehearsal.yaml"
    stack_file.write_bytes(stack_file.read_bytes().replace(b"\n", b"\r\n"))
    assert configuration() == before


def refused(result: "subprocess.CompletedProcess[str]", sentence: str) -> None:
    printed = result.stdout + result.stderr
    assert result.returncode in (Exit.BAD_INPUT, Exit.FAILED)
    assert "Traceback" not in printed
    sentences = [line for line in printed.splitlines() if line.startswith("✗")]
    assert len(sentences) == 1, printed
    assert sentence in sentences[0]


@contextmanager
def mounted_read_only(directory: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "stateside-test", directory], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", directory], check=True)
