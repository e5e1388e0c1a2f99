"""The types of resources that have a host or an address: the pack reads them, and never loads the provider's schema.

A type has one when an output is called as hosts, URLs and addresses are. An argument may be called so too: as an output
it is what was given, and a given one is judged where it is given.
"""

import re
from collections.abc import Iterable

from policies.rules.host_sources import HOST_TYPES_FILE
from provider_schema import resource_tokens, resource_type

FILE = HOST_TYPES_FILE

_HOST = re.compile(
    r"(?:host|hostname|hostnamelabel|domainname|endpoints?|fqdn|ur[il]s?|address(?:es|details)?)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:^i|[a-z]I)ps?$")


def text() -> str:
    """The file, one type a line."""
    found = sorted(token for token in resource_tokens() if has_host(resource_type(token).outputs))
    return "".join(f"{line}\n" for line in ("# Written by `make docs`: types with a host or an address.", *found))


def has_host(outputs: Iterable[str]) -> bool:
    """Whether one of these outputs is called as a host or an address is."""
    return any(_HOST.search(name) or _ADDRESS.search(name) for name in outputs)
