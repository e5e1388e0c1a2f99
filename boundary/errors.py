"""The one error of this room: a sentence that names the place and the fix."""


class BoundaryError(ValueError):
    """Raised for a boundary, stack configuration or address that can't be used. Its text is fit to show to a person."""
