"""The one pattern that sweeps look with: everything in a text that may name a place outside.

What a match means is judged in `sweeps.py`; here is only how each looks. Texts are in lower case, after a space. One
pass over a string is cheap because

- a match begins with what stands before a word, since `re` is quickest at finding a character of a kind;
- hardly any alternative is tried: `re` skips those that begin with a literal which isn't there. So words that begin
  alike share their beginning, and the group that names an alternative is an empty one at its end;
- our own identifiers, of which there are many, are passed over.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from boundary import Boundary, regions

REALM_DOMAINS = frozenset(region.domain for region in regions().values())
REGISTRY = "ocir.io"
# Dedicated endpoints: https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm
_DEDICATED = "customer-oci.com"

# No letter or digit on either side; a hyphen may be: `objectstorage-eu-frankfurt-1` names a region. What begins with
# another character than these is nothing that is looked for.
_START, _END = r"[^a-z0-9](?=[a-z0-9.-])", r"(?![a-z0-9])"
# A domain doesn't go on: `outside.example.com` is not `outside.example`.
_DOMAIN_END = r"(?![a-z0-9-]|\.[a-z0-9])"

_DOTTED = r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}"
# Where a host stands: in a URL, after a user's name, or as a word of a command. What stands in a path may be a version.
_AFTER = r"(?:(?<=//)|(?<=[@\s=\"'(,]))"
# A part of an address, as a URL may have it: decimal, octal or hexadecimal, and for several bytes.
_NUMBER = r"(?:0x[0-9a-f]{1,8}|\d{1,10})"


def sweeping_pattern(boundary: Boundary, foreign_regions: Iterable[str]) -> re.Pattern[str]:
    """The pattern. What was found stands after the first character; the name of the group says what it is."""
    alternatives = {
        "ocid": rf"(?!{_own_ocid(boundary)})ocid\d+\.[a-z0-9_.-]+",
        "object": r"(?<=/n/)[a-z0-9]+(?=/)",
        "repository": r"(?<=/namespaces/)[a-z0-9_-]+(?=/projects/)",
        "bucket": r"oci://[^@/\s]+@[a-z0-9]+",
        "host": _any_of((*REALM_DOMAINS, _DEDICATED, REGISTRY)) + _DOMAIN_END,
        "services": rf"(?:all-[a-z]+-services-in-oracle-services-network|oci-[a-z]+-objectstorage){_END}",
        "availability": rf"[a-z0-9]{{4}}:[a-z0-9-]+?-ad-\d+{_END}",
        "address": rf"(?<![_.]){_DOTTED}(?:/\d{{1,2}})?(?![\w/]|\.\d)",
        "host_address": rf"{_AFTER}{_DOTTED}(?=/)",
        "number": rf"(?:(?<=//)|(?<=@)){_NUMBER}(?:\.{_NUMBER}){{0,3}}(?![\w.-])",
        "mapped": r"(?<=:)ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}(?![\w:])",
        "domain": _any_of(boundary.outside.domains) + _DOMAIN_END,
        "namespace": _any_of(tenancy.namespace for tenancy in boundary.outside.tenancies) + _END,
        "region": _any_of(foreign_regions) + _END,
    }
    return re.compile(f"{_START}(?:{'|'.join(f'{how}(?P<{name}>)' for name, how in alternatives.items())})")


def _own_ocid(boundary: Boundary) -> str:
    labels = _any_of(label for region in boundary.allowed_regions for label in (region.name, region.key))
    tenancy = rf"{re.escape(boundary.tenancy.ocid.lower())}(?![a-z0-9_.-])"
    return rf"{tenancy}|ocid1\.(?!tenancy\.)[a-z0-9_-]+\.{re.escape(boundary.realm)}\.{labels}?\.[a-z0-9]"


def _any_of(words: Iterable[str]) -> str:
    """Any of some words; no text matches where there are none."""
    return f"(?:{_endings(sorted(set(words))) or '(?!)'})"


def _endings(words: Sequence[str]) -> str:
    """Sorted words as alternatives, each common beginning written once."""
    shared = ((first, [word[1:] for word in alike]) for first, alike in groupby(words, key=lambda word: word[:1]))
    return "|".join(f"{re.escape(first)}(?:{_endings(rest)})" if first else "" for first, rest in shared)
