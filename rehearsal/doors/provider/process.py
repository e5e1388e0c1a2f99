"""The provider door's process (`rehearsal.doors.process`)."""

import psutil

from rehearsal.doors.process import Door
from rehearsal.doors.provider.consistency import VARIABLE
from rehearsal.home import Home

NAME = "provider door"


def ensure_open(home: Home) -> int:
    """The port of the home's door, which is opened if it isn't open.

    Raises:
        RehearsalError: the port that was asked for is taken, or the door doesn't open.
    """
    return _door(home).ensure_open()


def close(home: Home) -> bool:
    """Closes the home's door; says whether one was open."""
    return _door(home).close()


def door_process(home: Home) -> psutil.Process | None:
    """The process of the home's door, if it is open."""
    return _door(home).process()


def _door(home: Home) -> Door:
    return Door(
        name=NAME,
        module="rehearsal.doors.provider",
        world=home.world,
        record=home.door,
        log=home.door_log,
        first_port=home.default_port,
        variable="STATESIDE_DOOR_PORT",
        # As everybody is told to set it for Oracle; what is set already stays.
        environment={VARIABLE: f"file,{home.path / 'iam-changed'}"},
    )
