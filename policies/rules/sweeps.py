"""The sweeps: what no string of any resource may name, wherever it stands.

One compiled pattern finds everything worth a look in one pass; what it matched is then judged by what it is. Names of
regions are unmistakable and are found inside longer texts too. Keys (`fra`, `sin`) are also words, so that they count
only where a region must stand: as the whole value, in an OCID, in an availability domain, before the registry's host.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from socket import AF_INET, inet_aton, inet_pton

from boundary import Boundary, find_ocids, find_region, regions
from policies.core.findings import Hit, Problem
from policies.core.walk import Path
from policies.rules.carried import CarriedError, texts_in
from policies.rules.patterns import REALM_DOMAINS, REGISTRY, sweeping_pattern
from policies.rules.prose import is_prose, unescaped
from policies.rules.statements import only_denies
from policies.rules.values import in_allowed_region

# What is carried in a value and can't be opened.
UNREADABLE = "unreadable"
SWEPT = ("foreign-region", "foreign-ocid", "outside-namespace", "outside-address", "outside-domain", UNREADABLE)

# Where a policy has its statements.
_STATEMENTS = "statements"
_REMEMBERED = 200_000
_KEY_LENGTH = 3
_ADDRESS_BITS = 32
_MENTION = "this is a text that carries words, so it may be only a mention; if so, reword it"
_REGION_SHAPE = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
# https://docs.oracle.com/iaas/Content/Object/Tasks/private-endpoints.htm
_PRIVATE = "private"
_HOST_START = re.compile(r"[a-z0-9_.-]*$")
# By its own API and by Swift's, whose paths begin with `/n/<namespace>` and `/v1/<namespace>`:
# https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm
_STORES = frozenset({"objectstorage", "swiftobjectstorage"})
_NAMESPACE_IN_PATH = re.compile(r"\.?(?::\d+)?/+(?:n|v1)/+([a-z0-9]+)(?![a-z0-9])")
_NAMES_REGION = re.compile(r"(?i)region|location")


class Sweeper:
    """Sweeps strings. What a string holds doesn't depend on where it stands, so that its hits are remembered."""

    def __init__(self, boundary: Boundary) -> None:
        self._boundary = boundary
        self._foreign = {
            label
            for region in regions().values()
            if region not in boundary.allowed_regions
            for label in (region.name, region.key)
        }
        self._pattern = sweeping_pattern(boundary, (label for label in self._foreign if len(label) > _KEY_LENGTH))
        self._ranges = [(int(each[0]), int(each[-1])) for each in boundary.outside.ranges]
        # An identity domain's address has a label of its own before its home region's: `us-ashburn-idcs-1`.
        self._of_identity = {f"{region.name.rpartition('-')[0]}-idcs" for region in boundary.allowed_regions}
        self._own_domain = next(iter(boundary.allowed_regions)).domain
        self._namespaces = {tenancy.namespace for tenancy in boundary.outside.tenancies}
        self._judges: dict[str | None, Callable[[str, re.Match[str]], Iterator[Hit]]] = {
            "ocid": self._ocid,
            "object": self._object_path,
            "repository": self._object_path,
            "bucket": self._bucket,
            "host": self._host,
            "services": self._service_label,
            "availability": self._availability_domain,
            "address": self._address,
            "host_address": self._address,
            "number": self._address,
            "mapped": self._mapped,
            "domain": self._domain,
            "namespace": self._namespace,
            "region": self._region,
        }
        self._remembered: dict[str, tuple[Hit, ...]] = {}

    def sweep(self, path: Path, text: str, known: bool = False) -> tuple[Hit, ...]:
        """What a string names that lies outside the boundary. `known` is an argument that the catalogue has by name."""
        hits = self._remembered.get(text)
        if hits is None:
            hits = self._remember(text)
        if len(text) == _KEY_LENGTH and text.lower() in self._foreign and _may_be_region(path, known):
            hits = (*hits, _foreign_region(text))
        if hits and _STATEMENTS in path and only_denies(text):
            return ()
        return _mentioned(hits) if hits and is_prose(path) else hits

    def carried(self, text: str) -> tuple[Hit, ...]:
        """What an encoded string carries that lies outside the boundary, or that it can't be opened."""
        hits: dict[Hit, None] = {}
        try:
            for carried in texts_in(text):
                hits |= dict.fromkeys(self._hits(carried))
        except CarriedError as error:
            hits[Hit(UNREADABLE, Problem(str(error)))] = None
        return _mentioned(tuple(hits))

    def _remember(self, text: str) -> tuple[Hit, ...]:
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        hits = self._remembered[text] = self._hits(text)
        return hits

    def _hits(self, text: str) -> tuple[Hit, ...]:
        plain = unescaped(text)
        # Most texts name nothing that is looked for, and there are many.
        if plain == text and self._pattern.search(f" {text.lower()}") is None:
            return ()
        hits = (hit for each in dict.fromkeys((text, plain)) for hit in self._matches(each))
        return tuple(dict.fromkeys(hits))

    def _matches(self, text: str) -> Iterator[Hit]:
        lowered = f" {text.lower()}"
        # A few letters outside ASCII change their length; then the lowered text is shown.
        shown = text if len(lowered) == len(text) + 1 else lowered[1:]
        for match in self._pattern.finditer(lowered):
            yield from self._judges[match.lastgroup](shown[match.start() : match.end() - 1], match)

    def _ocid(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        for ocid in find_ocids(token):
            if ocid.realm != self._boundary.realm:
                yield Hit("foreign-ocid", Problem("{token} belongs to another realm", token=ocid.text))
            elif ocid.type == "tenancy" and ocid.text.lower() != self._boundary.tenancy.ocid.lower():
                yield Hit("foreign-ocid", Problem("{token} is a tenancy that isn't ours", token=ocid.text))
            elif ocid.region and not self._boundary.is_allowed_region(ocid.region):
                problem = Problem("{token} lies in a region outside the boundary", token=ocid.text)
                yield Hit("foreign-region", problem)

    def _object_path(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        if token != self._boundary.tenancy.namespace:
            yield _foreign_namespace(token)

    def _bucket(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        """`oci://bucket@namespace`, as Spark writes it."""
        namespace = token.split("@")[1]
        if namespace.lower() != self._boundary.tenancy.namespace:
            yield _foreign_namespace(namespace)

    def _host(self, token: str, match: re.Match[str]) -> Iterator[Hit]:
        """The end of a host name; regions and namespaces of the outside before it are found by themselves."""
        domain = token.lower()
        labels = _HOST_START.search(match.string[: match.start() + 1])[0].rstrip(".").split(".")  # type: ignore[index]
        host = ".".join((*filter(None, labels), token))
        if domain in REALM_DOMAINS and domain != self._own_domain and self._foreign.isdisjoint(labels):
            yield Hit("foreign-region", Problem("{token} is an endpoint of another realm", token=host))
        elif any(self._is_nowhere(label) for label in labels) or (domain == REGISTRY and labels[-1] in self._foreign):
            yield Hit("foreign-region", Problem("{token} is an endpoint outside the boundary", token=host))
        if not _STORES.isdisjoint(labels):
            named = _NAMESPACE_IN_PATH.match(match.string, match.end())
            if named and named[1] not in {self._boundary.tenancy.namespace, *self._namespaces}:
                yield _foreign_namespace(named[1])
        if not _STORES.isdisjoint(labels[1:]):
            # A private endpoint's name begins with a prefix of letters and digits: `prefix-namespace.private.…`
            # https://docs.oracle.com/iaas/Content/Object/Tasks/create-private-endpoint.htm
            namespace = labels[0].partition("-")[2] if labels[1] == _PRIVATE else labels[0]
            if namespace not in {self._boundary.tenancy.namespace, *self._namespaces}:
                yield _foreign_namespace(namespace)

    def _is_nowhere(self, label: str) -> bool:
        if _REGION_SHAPE.fullmatch(label) is None:
            return False
        return label.rpartition("-")[0] not in self._of_identity and find_region(label) is None

    def _service_label(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        if not self._boundary.is_allowed_region(token.split("-")[1]):
            yield Hit("foreign-region", Problem("{token} is a service of another region", token=token))

    def _availability_domain(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        domain = token.lower().split(":")[1]
        if not in_allowed_region(self._boundary, domain.split("-ad-")[0]):
            yield Hit("foreign-region", Problem("{token} is an availability domain outside the boundary", token=token))

    def _address(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        # With plain numbers: `ipaddress` takes longer than everything else about an address, and there are many.
        address, *prefix = token.split("/")
        length = int(prefix[0]) if prefix else _ADDRESS_BITS
        # Everywhere (0.0.0.0/0) names no place: where its packets may go is for routes and gateways to say.
        if not 0 < length <= _ADDRESS_BITS:
            return
        try:
            number = int.from_bytes(inet_pton(AF_INET, address))
        except OSError:
            # As the C library reads it, and most clients with it: fewer parts, octal and hexadecimal numbers.
            try:
                number = int.from_bytes(inet_aton(address))
            except OSError:
                return
        yield from self._of_the_outside(token, number, 1 << _ADDRESS_BITS - length)

    def _mapped(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        """An address of IPv4 in one of IPv6, `::ffff:a01:203`."""
        high, low = token.split(":")[1:]
        yield from self._of_the_outside(token, int(high, 16) << 16 | int(low, 16))

    def _of_the_outside(self, token: str, number: int, size: int = 1) -> Iterator[Hit]:
        first = number - number % size
        if any(first <= highest and lowest < first + size for lowest, highest in self._ranges):
            yield Hit("outside-address", Problem("{token} has addresses of the global stack", token=token))

    def _domain(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        yield Hit("outside-domain", Problem("{token} is a domain of the global stack", token=token))

    def _namespace(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        yield _foreign_namespace(token)

    def _region(self, token: str, _: re.Match[str]) -> Iterator[Hit]:
        yield _foreign_region(token)


def _may_be_region(path: Path, known: bool) -> bool:
    """Whether three letters can be a region's key: anywhere in a map, else where an argument's name says so."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return not is_prose(path) and (not known or _NAMES_REGION.search(name) is not None)


def _foreign_region(label: str) -> Hit:
    return Hit("foreign-region", Problem("{token} is a region outside the boundary", token=label))


def _foreign_namespace(namespace: str) -> Hit:
    return Hit("outside-namespace", Problem("{token} is not our Object Storage namespace", token=namespace))


def _mentioned(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits, each with the word that it may be a mention; that a text can't be opened is none."""
    return tuple(
        hit if hit.rule == UNREADABLE else Hit(hit.rule, replace(hit.problem, hint=hit.problem.hint or _MENTION))
        for hit in hits
    )
