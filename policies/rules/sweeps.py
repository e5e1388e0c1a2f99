"""The sweeps: what no string of any resource may name, wherever it stands.

One compiled pattern finds everything worth a look in one pass; what it matched is then judged by what it is. Names of
regions are unmistakable and are found inside longer texts too. Keys (`fra`, `sin`) are also words, so that they count
only where a region must stand: as the whole value, in an OCID, in an availability domain, before the registry's host.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from ipaddress import IPv4Network

from boundary import Boundary, find_ocids, find_region, regions
from policies.core.findings import Hit, Problem
from policies.core.walk import Path
from policies.rules.carriers import carried_text, is_prose
from policies.rules.patterns import REALM_DOMAINS, REGISTRY, host_domain, sweeping_pattern
from policies.rules.values import AVAILABILITY_DOMAIN, in_allowed_region

SWEPT = ("foreign-region", "foreign-ocid", "outside-namespace", "outside-address", "outside-domain")

_REMEMBERED = 200_000
_KEY_LENGTH = 3
_MENTION = "this is a text that carries words, so it may be only a mention; if so, reword it"
_REGION_SHAPE = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")


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
        self._own_domain = next(iter(boundary.allowed_regions)).domain
        self._namespaces = {tenancy.namespace for tenancy in boundary.outside.tenancies}
        self._judges: dict[str, Callable[[re.Match[str]], Iterator[Hit]]] = {
            "ocid": self._ocid,
            "object": self._object_path,
            "host": self._host,
            "services": self._service_label,
            "availability": self._availability_domain,
            "address": self._address,
            "domain": self._domain,
            "namespace": self._namespace,
            "region": self._region,
        }
        self._remembered: dict[str, tuple[Hit, ...]] = {}

    def sweep(self, path: Path, text: str) -> Iterable[Hit]:
        """What a string names that lies outside the boundary."""
        hits = self._look(text)
        if len(text) == _KEY_LENGTH and text.lower() in self._foreign and not is_prose(path):
            hits = (*hits, _foreign_region(text))
        carried = carried_text(path, text)
        if carried is not None:
            hits = (*hits, *self._hits(carried))
        if hits and (carried is not None or is_prose(path)):
            return tuple(Hit(hit.rule, _mentioned(hit.problem)) for hit in hits)
        return hits

    def _look(self, text: str) -> tuple[Hit, ...]:
        hits = self._remembered.get(text)
        if hits is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            hits = self._remembered[text] = self._hits(text)
        return hits

    def _hits(self, text: str) -> tuple[Hit, ...]:
        found = (hit for match in self._pattern.finditer(text) for hit in self._judges[match.lastgroup or ""](match))
        return tuple(dict.fromkeys(found))

    def _ocid(self, match: re.Match[str]) -> Iterator[Hit]:
        for ocid in find_ocids(match[0]):
            if ocid.realm != self._boundary.realm:
                yield Hit("foreign-ocid", Problem("{token} belongs to another realm", token=ocid.text))
            elif ocid.type == "tenancy" and ocid.text.lower() != self._boundary.tenancy.ocid.lower():
                yield Hit("foreign-ocid", Problem("{token} is a tenancy that isn't ours", token=ocid.text))
            elif ocid.region and not self._boundary.is_allowed_region(ocid.region):
                problem = Problem("{token} lies in a region outside the boundary", token=ocid.text)
                yield Hit("foreign-region", problem)

    def _object_path(self, match: re.Match[str]) -> Iterator[Hit]:
        namespace = match[0].split("/")[2]
        if namespace != self._boundary.tenancy.namespace:
            yield from self._foreign_namespace(namespace)

    def _host(self, match: re.Match[str]) -> Iterator[Hit]:
        host = match[0].lower()
        domain = host_domain(host)
        if domain in REALM_DOMAINS and domain != self._own_domain:
            yield Hit("foreign-region", Problem("{token} is an endpoint of another realm", token=match[0]))
            return
        labels = host.removesuffix("." + domain).split(".")
        for label in labels:
            in_region = label in self._foreign and (len(label) > _KEY_LENGTH or domain == REGISTRY)
            if in_region or (_REGION_SHAPE.fullmatch(label) and find_region(label) is None):
                yield Hit("foreign-region", Problem("{token} is an endpoint outside the boundary", token=match[0]))
                break
        if "objectstorage" in labels[1:] and labels[0] != self._boundary.tenancy.namespace:
            yield from self._foreign_namespace(labels[0])
        elif self._namespaces.intersection(labels):
            yield from self._foreign_namespace(next(label for label in labels if label in self._namespaces))

    def _service_label(self, match: re.Match[str]) -> Iterator[Hit]:
        if not self._boundary.is_allowed_region(match[0].split("-")[1]):
            yield Hit("foreign-region", Problem("{token} is a service of another region", token=match[0]))

    def _availability_domain(self, match: re.Match[str]) -> Iterator[Hit]:
        domain = AVAILABILITY_DOMAIN.fullmatch(match[0])
        if domain is not None and not in_allowed_region(self._boundary, domain["region"]):
            problem = Problem("{token} is an availability domain outside the boundary", token=match[0])
            yield Hit("foreign-region", problem)

    def _address(self, match: re.Match[str]) -> Iterator[Hit]:
        try:
            network = IPv4Network(match[0], strict=False)
        except ValueError:
            return
        # Everywhere (0.0.0.0/0) names no place: where its packets may go is for routes and gateways to say.
        if network.prefixlen and any(network.overlaps(outside) for outside in self._boundary.outside.ranges):
            yield Hit("outside-address", Problem("{token} has addresses of the global stack", token=match[0]))

    def _domain(self, match: re.Match[str]) -> Iterator[Hit]:
        yield Hit("outside-domain", Problem("{token} is a domain of the global stack", token=match[0]))

    def _namespace(self, match: re.Match[str]) -> Iterator[Hit]:
        yield from self._foreign_namespace(match[0])

    def _foreign_namespace(self, namespace: str) -> Iterator[Hit]:
        yield Hit("outside-namespace", Problem("{token} is not our Object Storage namespace", token=namespace))

    def _region(self, match: re.Match[str]) -> Iterator[Hit]:
        yield _foreign_region(match[0])


def _foreign_region(label: str) -> Hit:
    return Hit("foreign-region", Problem("{token} is a region outside the boundary", token=label))


def _mentioned(problem: Problem) -> Problem:
    return replace(problem, hint=problem.hint or _MENTION)
