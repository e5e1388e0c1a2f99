"""The one error of the rehearsal that a person sees."""


class RehearsalError(Exception):
    """One clear sentence that names the place and the fix; the command line prints it and exits with 1."""
