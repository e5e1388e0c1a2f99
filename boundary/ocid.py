"""Oracle Cloud identifiers: `ocid1.<type>.<realm>.<region>[.<future>].<unique>`.

The region part is a key (`iad`) or a name (`us-ashburn-1`), and is empty for tenancies and other IAM objects.
Source: Oracle, "Resource Identifiers", https://docs.oracle.com/iaas/Content/General/Concepts/identifiers.htm
"""

import re
from dataclasses import dataclass

from boundary.errors import BoundaryError

# Finds identifiers inside longer text too (a statement, a URL, user data), also right after an escaped character
# such as the `\n` of JSON within a string or the `%2F` of a URL: no word boundary is asked for.
OCID_PATTERN = re.compile(
    r"ocid(?P<version>\d+)\.(?P<type>[a-z0-9_-]+)\.(?P<realm>[a-z0-9-]+)\.(?P<region>[a-z0-9-]*)"
    r"(?:\.(?P<future>[a-z0-9-]*))?\.(?P<unique>[a-z0-9_-]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ocid:
    """The parts of an identifier; `region` is as written (key, name or empty)."""

    text: str
    type: str
    realm: str
    region: str
    unique: str


def find_ocids(text: str) -> list[Ocid]:
    """Every identifier in a text, in order."""
    return [_from_match(match) for match in OCID_PATTERN.finditer(text)]


def parse_ocid(text: str) -> Ocid:
    """The parts of one identifier.

    Raises:
        BoundaryError: the text is not exactly one identifier.
    """
    match = OCID_PATTERN.fullmatch(text)
    if match is None:
        raise BoundaryError(f"{text!r} is not an OCID; write ocid1.<type>.<realm>.<region or empty>.<unique>")
    return _from_match(match)


def _from_match(match: re.Match[str]) -> Ocid:
    return Ocid(
        text=match[0],
        type=match["type"].lower(),
        realm=match["realm"].lower(),
        region=match["region"].lower(),
        unique=match["unique"],
    )
