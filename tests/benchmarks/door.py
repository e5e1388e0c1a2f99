"""How many operations a second the provider door does, through real gRPC on loopback, one after the other."""

import time
from collections.abc import Callable
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from boundary import load_boundary
from rehearsal.doors.provider.process import close
from rehearsal.doors.provider.values import encode
from tests.support.engine import Engine

_OPERATIONS = 500
_URN = "urn:pulumi:bench::bench::oci:ObjectStorage/bucket:Bucket::"


def operations_per_second(engine: Engine) -> dict[str, float]:
    """Operations a second by kind of call."""
    port = engine.session.environment()["PULUMI_DEBUG_PROVIDERS"].split(":")[1]
    tenancy = load_boundary().tenancy
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        door = provider_pb2_grpc.ResourceProviderStub(channel)
        configuration = encode({"region": "us-ashburn-1", "tenancyOcid": tenancy.ocid})
        door.Configure(provider_pb2.ConfigureRequest(args=configuration, acceptSecrets=True))

        def properties(index: int) -> object:
            place = {"compartmentId": tenancy.ocid, "namespace": tenancy.namespace}
            return encode({**place, "name": f"bench-{index}"})

        ids: list[str] = []
        calls: dict[str, Callable[[int], object]] = {
            "Check": lambda i: door.Check(provider_pb2.CheckRequest(urn=f"{_URN}{i}", news=properties(i))),
            "Create": lambda i: ids.append(
                door.Create(provider_pb2.CreateRequest(urn=f"{_URN}{i}", properties=properties(i))).id
            ),
            "Diff": lambda i: door.Diff(
                provider_pb2.DiffRequest(id=ids[i], urn=f"{_URN}{i}", old_inputs=properties(i), news=properties(i))
            ),
            "Read": lambda i: door.Read(provider_pb2.ReadRequest(id=ids[i], urn=f"{_URN}{i}", inputs=properties(i))),
            "Delete": lambda i: door.Delete(provider_pb2.DeleteRequest(id=ids[i], urn=f"{_URN}{i}")),
        }
        return {name: _rate(call) for name, call in calls.items()}


def _rate(call: Callable[[int], object]) -> float:
    started = time.perf_counter()
    for index in range(_OPERATIONS):
        call(index)
    return _OPERATIONS / (time.perf_counter() - started)


def lines(directory: Path) -> list[str]:
    """The page's part about the provider door."""
    engine = Engine.at(directory / "home")
    rates = operations_per_second(engine)
    close(engine.home)
    return [
        "## The provider door",
        "",
        f"Calls a second through gRPC on loopback, one after the other, {_OPERATIONS} buckets.",
        "",
        "| call | a second |",
        "|---|---:|",
        *(f"| {name} | {rate:,.0f} |" for name, rate in rates.items()),
    ]
