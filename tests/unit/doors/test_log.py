"""What the world warns of reaches the engine that asked, and no other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, plugin_pb2

from tests.support.limit_examples import fitted
from tests.unit.doors.engine import Provider, configured, urn
from tests.unit.world.small import OURS

WINDOW = "oci:Database/executionWindow:ExecutionWindow"
SHORT = fitted(WINDOW, {}) | {"compartmentId": OURS, "windowDurationInMins": 60}
SAYS = "windowDurationInMins: is 60; Oracle takes 120 or more; Oracle's own tests don't keep to this limit"


class Engine(engine_pb2_grpc.EngineServicer):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str, str]] = []

    def Log(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.heard.append((request.severity, request.urn, request.message))
        return empty_pb2.Empty()


@pytest.fixture
def engines() -> Iterator[list[tuple[Engine, str]]]:
    servers, made = [], []
    for _ in range(2):
        server, engine = grpc.server(ThreadPoolExecutor(max_workers=1)), Engine()
        engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
        made.append((engine, f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"))
        server.start()
        servers.append(server)
    yield made
    for server in servers:
        server.stop(grace=None).wait()


def attached(address: str, engine: str) -> Provider:
    provider = configured(address)
    provider.stub.Attach(plugin_pb2.PluginAttach(address=engine))
    return provider


def test_a_doubtful_limit_is_told_to_the_engine_that_asked(address: str, engines: list[tuple[Engine, str]]) -> None:
    (mine, here), (other, there) = engines
    provider, idle = attached(address, here), attached(address, there)
    id, _ = provider.create(WINDOW, **SHORT)
    told = (engine_pb2.WARNING, urn(WINDOW))
    assert [(severity, of) for severity, of, _ in mine.heard] == [told]
    assert mine.heard[0][2].endswith(SAYS)
    provider.update(WINDOW, id, **SHORT)
    assert len(mine.heard) == 2
    provider.create(WINDOW, "enough", **SHORT | {"windowDurationInMins": 120})
    assert len(mine.heard) == 2
    assert other.heard == []
    provider.close()
    idle.close()


def test_a_warning_of_what_was_refused_is_not_told_of_the_next(address: str, engines: list[tuple[Engine, str]]) -> None:
    (mine, here), _ = engines
    provider = attached(address, here)
    with pytest.raises(grpc.RpcError, match="executionResourceId: has 256 characters"):
        provider.create(WINDOW, "refused", **SHORT | {"executionResourceId": "x" * 256})
    for number in range(8):
        provider.create(WINDOW, f"right-{number}", **SHORT | {"windowDurationInMins": 120})
    assert [of for _, of, _ in mine.heard] == [urn(WINDOW, "refused")]
    provider.close()


def test_an_engine_that_is_gone_or_never_attached_changes_nothing(address: str) -> None:
    gone = attached(address, "127.0.0.1:1")
    assert gone.create(WINDOW, "gone", **SHORT)[0]
    never = configured(address)
    assert never.create(WINDOW, "never", **SHORT)[0]
    gone.close()
    never.close()
