"""The one error of this room."""


class BackendError(Exception):
    """One clear sentence, fit to show to a person."""
