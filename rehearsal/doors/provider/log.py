"""What the services let pass and whoever deploys should hear of, in the log of the engine that asked.

The engine says where it listens when it attaches; it shows a warning among the diagnostics of the resource.
Source of the protocol: pulumi/pulumi, proto/pulumi/engine.proto.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from rehearsal.world import World

_MOST_CONNECTIONS = 1000
_WAIT_S = 5.0
_LOOPBACK = [("grpc.enable_http_proxy", 0)]


class Engines:
    """Where the engine of each connection listens, oldest forgotten first."""

    def __init__(self) -> None:
        self._by_peer: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def attach(self, peer: str, address: str) -> None:
        """Remembers where a connection's engine listens."""
        with self._lock:
            self._by_peer[peer] = address
            self._by_peer.move_to_end(peer)
            while len(self._by_peer) > _MOST_CONNECTIONS:
                self._by_peer.popitem(last=False)

    @contextmanager
    def hearing(self, peer: str, urn: str, world: World) -> Iterator[None]:
        """Whatever the world warns of meanwhile is told to the connection's engine, for this resource."""
        try:
            yield
        finally:
            for sentence in world.take_warnings():
                self._tell(peer, urn, sentence)

    def _tell(self, peer: str, urn: str, sentence: str) -> None:
        with self._lock:
            address = self._by_peer.get(peer)
        if address is None:
            return
        request = engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=sentence, urn=urn)
        # An engine that is gone has nobody to hear it.
        with suppress(grpc.RpcError), grpc.insecure_channel(address, options=_LOOPBACK) as channel:
            engine_pb2_grpc.EngineStub(channel).Log(request, timeout=_WAIT_S)
