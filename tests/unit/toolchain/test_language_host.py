"""Our own language host: which interpreter runs a program, and that nothing outlives the host."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import psutil
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from rehearsal.toolchain.language_host import _pairs, _python_of, _stream
from tests.unit.toolchain.fakes import executable


def info(root: Path, virtualenv: str | None = None) -> Any:
    options = struct_pb2.Struct()
    if virtualenv is not None:
        options["virtualenv"] = virtualenv
    return language_pb2.ProgramInfo(
        root_directory=str(root), program_directory=str(root), entry_point=".", options=options
    )


def test_a_program_runs_under_the_virtual_environment_that_its_project_names(tmp_path: Path) -> None:
    python = executable(tmp_path / ".venv" / "bin" / "python", "exit 0")
    assert _python_of(info(tmp_path, ".venv")) == str(python)
    assert _python_of(info(Path("/"), str(tmp_path / ".venv"))) == str(python)


@pytest.mark.parametrize("named", [None, "", ".missing"])
def test_without_one_a_program_runs_under_our_own(tmp_path: Path, named: str | None) -> None:
    assert _python_of(info(tmp_path, named)) == sys.executable


def test_what_the_engine_passes_to_a_pack_is_read_as_pairs() -> None:
    assert _pairs(["A=1", "B=x=y", "C=", "broken"]) == {"A": "1", "B": "x=y", "C": ""}


def test_what_a_plugin_prints_is_passed_on_with_its_exit_code_last() -> None:
    process = subprocess.Popen(
        ["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    answers = list(_stream(process))
    assert b"".join(answer.stdout for answer in answers) == b"out\n"
    assert b"".join(answer.stderr for answer in answers) == b"err\n"
    assert answers[-1].WhichOneof("output") == "exitcode"
    assert answers[-1].exitcode == 3


@pytest.fixture
def host() -> Iterator["subprocess.Popen[bytes]"]:
    """The host as the engine starts it."""
    command = [sys.executable, "-u", "-m", "rehearsal.toolchain.language_host", "127.0.0.1:1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()


def stub_of(host: "subprocess.Popen[bytes]") -> Any:
    assert host.stdout
    port = int(host.stdout.readline())
    channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.enable_http_proxy", 0)])
    return language_pb2_grpc.LanguageRuntimeStub(channel)


def test_the_host_prints_its_port_and_answers_what_the_engine_asks(host: "subprocess.Popen[bytes]") -> None:
    stub = stub_of(host)
    assert stub.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="127.0.0.1:2")) is not None
    assert stub.GetPluginInfo(empty_pb2.Empty()).version
    assert list(stub.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest()).packages) == []
    assert stub.About(language_pb2.AboutRequest()).executable == sys.executable
    request = language_pb2.GetProgramDependenciesRequest()
    assert "pulumi" in {found.name.lower() for found in stub.GetProgramDependencies(request).dependencies}
    (line,) = stub.InstallDependencies(language_pb2.InstallDependenciesRequest())
    assert b"make setup" in line.stdout


def test_the_host_runs_packs_and_no_other_plugin(host: "subprocess.Popen[bytes]") -> None:
    with pytest.raises(grpc.RpcError, match="runs policy packs, not plugins of kind resource"):
        list(stub_of(host).RunPlugin(language_pb2.RunPluginRequest(kind="resource")))


def a_running_pack(host: "subprocess.Popen[bytes]", directory: Path) -> tuple[Any, psutil.Process]:
    """A pack that has printed its own process id and waits for ever, as packs do."""
    python = directory / ".venv" / "bin" / "python"
    executable(python, "echo $$; exec sleep 600")
    request = language_pb2.RunPluginRequest(kind="analyzer", args=["127.0.0.1:1"], info=info(directory, ".venv"))
    answers = stub_of(host).RunPlugin(request)
    return answers, psutil.Process(int(next(answers).stdout))


def ends(process: psutil.Process, within: float = 20) -> bool:
    deadline = time.monotonic() + within
    with contextlib.suppress(psutil.NoSuchProcess):  # gone between two looks
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
    return True


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_pack_dies_with_its_host_however_that_ends(
    host: "subprocess.Popen[bytes]", tmp_path: Path, how: signal.Signals
) -> None:
    _, pack = a_running_pack(host, tmp_path)
    os.kill(host.pid, how)
    host.wait(20)
    assert ends(pack)


def test_a_pack_ends_when_the_engine_hangs_up(host: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    answers, pack = a_running_pack(host, tmp_path)
    answers.cancel()
    assert ends(pack)


def test_the_host_ends_when_its_engine_is_gone(tmp_path: Path) -> None:
    port = tmp_path / "port"
    command = f'"{sys.executable}" -u -m rehearsal.toolchain.language_host x > {port} & echo $!; exec sleep 600'
    engine = subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.PIPE)
    assert engine.stdout
    orphan = psutil.Process(int(engine.stdout.readline()))
    deadline = time.monotonic() + 60
    while not (port.exists() and port.read_text(encoding="utf-8")) and time.monotonic() < deadline:
        time.sleep(0.05)
    engine.kill()
    engine.wait()
    ended = ends(orphan)
    if not ended:
        orphan.kill()
    assert ended


def run(host: "subprocess.Popen[bytes]", directory: Path, script: str) -> Any:
    """Runs a "program" whose interpreter is a script; its last argument is where the answer goes."""
    executable(directory / ".venv" / "bin" / "python", f'for answer in "$@"; do :; done; {script}')
    return stub_of(host).Run(language_pb2.RunRequest(pwd=str(directory), args=["x"], info=info(directory, ".venv")))


def test_what_a_program_answers_comes_back(host: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    answer = language_pb2.RunResponse(error="it says so", bail=True)
    (tmp_path / "answer").write_bytes(answer.SerializeToString())
    assert run(host, tmp_path, f'cat > {tmp_path}/request; cp {tmp_path}/answer "$answer"') == answer
    request = language_pb2.RunRequest.FromString((tmp_path / "request").read_bytes())
    assert (request.pwd, list(request.args)) == (str(tmp_path), ["127.0.0.1:1"])


def test_a_program_that_dies_without_an_answer_is_an_error(host: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    answer = run(host, tmp_path, "cat > /dev/null; exit 3")
    assert answer.error == "the program's process ended with 3 and no answer"
