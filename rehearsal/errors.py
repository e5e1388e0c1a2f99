"""The one error of the rehearsal that a person sees."""

from runs.errors import RunError


class RehearsalError(RunError):
    """One clear sentence that names the place and the fix; the command line prints it and exits with its code."""
