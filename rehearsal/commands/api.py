"""`api`: opens the API door, and says what a program needs in its environment to find it."""

from pathlib import Path

from boundary import load_boundary
from rehearsal.console import say, warn
from rehearsal.doors.api.environment import prepared
from rehearsal.doors.api.files import CONFIGURATION
from rehearsal.doors.api.opening import ensure_open
from rehearsal.doors.api.sdk import load_table
from rehearsal.home import Home, cache_directory
from rehearsal.world import World, seed

_OWN_CONFIGURATION = Path("~/.oci/config")


def open_api(home: Home) -> dict[str, str]:
    """The world seeded, the door open; returns the variables of a shell that goes through it.

    Raises:
        RehearsalError: a file can't be read or written, or the door doesn't open.
    """
    home.create()
    boundary, world = load_boundary(), World.open(home.world)
    seed(world, boundary)
    say("reading the operations of Oracle's API from its SDK; the first time takes a while")
    load_table(cache_directory())
    port = ensure_open(home, world, world.tenancies()[boundary.tenancy.ocid])
    say(f"the API door is open on 127.0.0.1:{port}; through it Oracle is the rehearsal, and nobody else is reached")
    if _OWN_CONFIGURATION.expanduser().exists():
        file = home.api / CONFIGURATION
        warn(f"Oracle's SDK for Python prefers your {_OWN_CONFIGURATION}; have it read {file}, or it is refused")
    return prepared(port, home.api)
