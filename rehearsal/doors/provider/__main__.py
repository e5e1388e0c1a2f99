"""Serves the provider door on loopback until it is told to end.

`python -m rehearsal.doors.provider WORLD PORT RECORD`
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from rehearsal.doors.process import PORT_IS_TAKEN, stay_open
from rehearsal.doors.provider.process import NAME
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
    server.start()
    stay_open(NAME, port, record)
    server.stop(grace=2).wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
