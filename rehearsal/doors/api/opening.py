"""Opens the API door, with what lies in the home for it: the authority and the administrator's key."""

from rehearsal.doors.api.administrator import configure
from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.files import CERTIFICATE, kept, make_place
from rehearsal.doors.api.process import door
from rehearsal.home import Home
from rehearsal.world import TenancyRecord, World


def ensure_open(home: Home, world: World, tenancy: TenancyRecord) -> int:
    """The port of the home's door, which is opened if it isn't open.

    Raises:
        RehearsalError: a file of it is no good, the port that was asked for is taken, or the door doesn't open.
    """
    opened, certificate = door(home), home.api / CERTIFICATE
    make_place(home.api)
    with opened.one_at_a_time():
        before = kept(certificate)
        Authority.open(home.api)
        configure(world, tenancy, home.api)
        if kept(certificate) != before:  # a door that is open would go on with the authority that is gone
            opened.end()
    return opened.ensure_open()
