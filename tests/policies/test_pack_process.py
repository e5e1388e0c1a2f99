"""The pack as a process: what it prints, where it listens, and that it goes when nobody needs it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import psutil
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2_grpc

PACK = Path(__file__).parents[2] / "policies"
# As the language host starts a pack: the engine's address, then the directory.
COMMAND = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)]


@pytest.fixture
def pack() -> Iterator["subprocess.Popen[str]"]:
    """A running pack."""
    process = subprocess.Popen(COMMAND, cwd=PACK, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def port(pack: "subprocess.Popen[str]") -> int:
    """The port that it prints, which must be the first line."""
    assert pack.stdout is not None
    return int(pack.stdout.readline())


def test_it_serves_its_policies_on_the_loopback_interface_alone(pack: "subprocess.Popen[str]") -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port(pack)}") as channel:
        info = analyzer_pb2_grpc.AnalyzerStub(channel).GetAnalyzerInfo(empty_pb2.Empty(), timeout=30)
    assert info.name == "stateside"
    assert "peering" in {policy.name for policy in info.policies}
    listening = {each.laddr.ip for each in psutil.Process(pack.pid).net_connections() if each.status == "LISTEN"}
    # The second is the first as a socket of the newer protocol shows it.
    assert listening
    assert listening <= {"127.0.0.1", "::ffff:127.0.0.1"}


def test_it_prints_its_port_and_nothing_else_and_stops_quietly(pack: "subprocess.Popen[str]") -> None:
    port(pack)
    pack.send_signal(signal.SIGINT)
    assert pack.communicate(timeout=30) == ("", "")
    assert pack.returncode == 0


def test_it_stops_when_it_is_cancelled(pack: "subprocess.Popen[str]") -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port(pack)}") as channel:
        analyzer_pb2_grpc.AnalyzerStub(channel).Cancel(empty_pb2.Empty(), timeout=30)
        assert pack.wait(timeout=30) == 0


def test_it_goes_when_what_started_it_was_killed() -> None:
    start = f"import subprocess; subprocess.Popen({COMMAND!r}, cwd={str(PACK)!r}); input()"
    starter = subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    int(starter.stdout.readline())
    (child,) = psutil.Process(starter.pid).children()
    os.kill(starter.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while child.is_running() and time.monotonic() < deadline:
        time.sleep(0.1)
    gone = not child.is_running()
    if not gone:
        child.kill()
    starter.communicate()
    assert gone
