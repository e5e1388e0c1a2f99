"""The API door's process (`rehearsal.doors.process`)."""

from rehearsal.doors.process import PORTS_TO_TRY, Door
from rehearsal.home import Home

NAME = "API door"


def door(home: Home) -> Door:
    """The home's door, open or not."""
    return Door(
        name=NAME,
        module="rehearsal.doors.api",
        world=home.world,
        record=home.api / "door.json",
        log=home.api / "door.log",
        first_port=home.default_port + PORTS_TO_TRY,
        variable="STATESIDE_API_PORT",
    )
