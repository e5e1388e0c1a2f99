"""The process that answers for all that lies outside: listeners in their namespaces and the platform's clock.

Started by `build` with the prefix of a rehearsal's names; it opens its sockets inside those namespaces and nowhere
else. It holds no state, so it may be killed and started at any time.
"""

import selectors
import socket
import sys
import time
from contextlib import suppress

from rehearsal.fabric import namespace
from rehearsal.fabric.clock import PORT, answer
from rehearsal.fabric.names import PLATFORM, Names
from rehearsal.fabric.outside import listeners


def main(prefix: str) -> None:
    """Answers until it is killed."""
    names = Names(prefix)
    selector = selectors.DefaultSelector()
    for listener in listeners():
        with namespace.inside(names.place(listener.place)):
            door = socket.create_server((str(listener.address), listener.port))
        door.setblocking(False)
        selector.register(door, selectors.EVENT_READ, listener.place.encode())
    with namespace.inside(names.router):
        clock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        clock.bind((PLATFORM, PORT))
    selector.register(clock, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            sock = key.fileobj
            assert isinstance(sock, socket.socket)  # noqa: S101 - only sockets are registered
            # A client may be gone by now; the next one is served all the same.
            with suppress(OSError):
                if sock is clock:
                    _tell_time(clock)
                else:
                    _greet(sock, key.data)


def _tell_time(clock: socket.socket) -> None:
    request, client = clock.recvfrom(1024)
    if reply := answer(request, time.time()):
        clock.sendto(reply, client)


def _greet(door: socket.socket, greeting: bytes) -> None:
    connection, _ = door.accept()
    with connection:
        connection.sendall(greeting + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
