"""What can go wrong in this room. Each text is fit to show to a person."""

from collections.abc import Iterable
from difflib import get_close_matches


class SchemaError(RuntimeError):
    """The provider package is missing, or is laid out in a way that this room doesn't know."""


class UnknownTypeError(LookupError):
    """The installed provider has no such resource type or function."""

    def __init__(self, what: str, token: str, version: str, known: Iterable[str]) -> None:
        near = get_close_matches(token, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "tokens look like oci:Core/vcn:Vcn"
        super().__init__(f"pulumi-oci {version} has no {what} {token!r}; {hint}")
        self.token = token
