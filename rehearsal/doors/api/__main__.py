"""Serves the API door on loopback until it is told to end.

`python -m rehearsal.doors.api WORLD PORT RECORD`; the authority lies beside the record.
"""

import errno
import sys
from pathlib import Path

from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.front import Front
from rehearsal.doors.api.process import NAME
from rehearsal.doors.api.tunnel import Tunnel
from rehearsal.doors.process import PORT_IS_TAKEN, stay_open
from rehearsal.home import cache_directory
from rehearsal.world import World


def main(world: Path, port: int, record: Path) -> int:
    """Serves; returns the exit code."""
    opened = World.open(world)
    services = Dispatcher(opened, cache_directory())
    try:
        tunnel = Tunnel(Authority.open(record.parent), Front(opened, services.serve), port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return PORT_IS_TAKEN
    stay_open(NAME, port, record)
    tunnel.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
