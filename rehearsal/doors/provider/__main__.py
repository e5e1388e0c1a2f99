"""Serves the provider door on loopback until it is told to end.

`python -m rehearsal.doors.provider WORLD PORT RECORD`
"""

import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from rehearsal.doors.provider.process import PORT_IS_TAKEN, write_record
from rehearsal.doors.provider.servicer import ProviderDoor
from rehearsal.world import World

_THREADS = 32
_OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.so_reuseport", 0),  # two doors on one port would each get half of the engine's calls
]


def main(world: Path, port: int, record: Path) -> int:
    """Serves; returns the exit code."""
    server = grpc.server(ThreadPoolExecutor(max_workers=_THREADS), options=_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(ProviderDoor(World.open(world)), server)
    try:
        server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError:
        return PORT_IS_TAKEN
    ended = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: ended.set())
    server.start()
    write_record(record, port)
    print(f"the provider door is open on 127.0.0.1:{port}", flush=True)  # noqa: T201
    ended.wait()
    server.stop(grace=2).wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
