"""The engine's side of the provider protocol, over real gRPC channels, one for each provider resource."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from rehearsal.doors.provider.servicer import ProviderDoor
from rehearsal.doors.provider.values import decode, encode
from rehearsal.world import World
from tests.unit.world.small import ASHBURN, OURS

_FAILURE = re.compile(r"(?P<path>.*?): (?P<reason>.*)\. Examine values at 'it\.(?P<again>.*)'\.")

# Channels to one address would share a connection otherwise, as the engine's never do; loopback needs no proxy.
_OPTIONS = [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_http_proxy", 0)]


@contextmanager
def served(world: World) -> Iterator[str]:
    """A door on loopback; yields its address."""
    server = grpc.server(ThreadPoolExecutor(max_workers=4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(ProviderDoor(world), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(grace=None).wait()


def urn(type: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::small::{type}::{name}"


class Provider:
    """One provider resource: a connection of its own. Inputs and outputs are plain values."""

    def __init__(self, address: str) -> None:
        self._channel = grpc.insecure_channel(address, options=_OPTIONS)
        self.stub: Any = provider_pb2_grpc.ResourceProviderStub(self._channel)

    def close(self) -> None:
        self._channel.close()

    def configure(self, **inputs: Any) -> Any:
        return self.stub.Configure(provider_pb2.ConfigureRequest(args=encode({"tenancyOcid": OURS} | inputs)))

    def check(self, type: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> tuple[dict[str, Any], Any]:
        request = provider_pb2.CheckRequest(urn=urn(type), olds=encode(old or {}), news=encode(new))
        answer = self.stub.Check(request)
        return decode(answer.inputs), [_read(failure) for failure in answer.failures]

    def create(self, type: str, of: str = "it", /, preview: bool = False, **inputs: Any) -> tuple[str, dict[str, Any]]:
        request = provider_pb2.CreateRequest(urn=urn(type, of), properties=encode(inputs), preview=preview)
        answer = self.stub.Create(request)
        return answer.id, decode(answer.properties)

    def diff(
        self,
        type: str,
        id: str,
        old: dict[str, Any],
        new: dict[str, Any],
        *ignored: str,
        state: dict[str, Any] | None = None,
    ) -> Any:
        return self.stub.Diff(
            provider_pb2.DiffRequest(
                urn=urn(type),
                id=id,
                olds=encode(old if state is None else state),
                old_inputs=encode(old),
                news=encode(new),
                ignoreChanges=ignored,
            )
        )

    def read(self, type: str, id: str, /, **known: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
        answer = self.stub.Read(provider_pb2.ReadRequest(urn=urn(type), id=id, inputs=encode(known)))
        return answer.id, decode(answer.inputs), decode(answer.properties)

    def update(
        self, type: str, id: str, /, preview: bool = False, known: dict[str, Any] | None = None, **news: Any
    ) -> dict[str, Any]:
        request = provider_pb2.UpdateRequest(
            urn=urn(type), id=id, olds=encode(known or {}), news=encode(news), preview=preview
        )
        return decode(self.stub.Update(request).properties)

    def delete(self, type: str, id: str, /, **inputs: Any) -> None:
        self.stub.Delete(provider_pb2.DeleteRequest(urn=urn(type), id=id, old_inputs=encode(inputs)))

    def invoke(self, token: str, **arguments: Any) -> Any:
        return self.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=encode(arguments)))


def _read(failure: Any) -> tuple[str, str]:
    """The path and the reason of what a check found: the provider names no property, and the path in its sentence."""
    assert failure.property == ""
    found = _FAILURE.fullmatch(failure.reason)
    assert found and found["path"] == found["again"], failure.reason
    return found["path"], found["reason"]


def configured(address: str, region: str = ASHBURN) -> Provider:
    provider = Provider(address)
    provider.configure(region=region)
    return provider


def refusal(caught: pytest.ExceptionInfo[grpc.RpcError]) -> tuple[grpc.StatusCode, str]:
    """How the door refused a call, and its sentence."""
    error = caught.value
    assert isinstance(error, grpc.Call)
    return error.code(), error.details() or ""
