"""Checks of where a service is told to connect to: hosts, URLs, images, buckets.

What a name stands for is decided by its end alone, because only that is sure: ours are the names inside our networks,
our own domains, and Oracle's endpoints in our regions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Network

from boundary import Boundary
from policies.core import Plain, Problem, Secret
from policies.core.constraints import Constraint
from policies.core.ruleset import Check

# Names that resolve only inside a VCN: https://docs.oracle.com/iaas/Content/Network/Concepts/dns.htm
_INSIDE_NETWORKS = "oraclevcn.com"
# Dedicated endpoints: https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm
_DEDICATED = "customer-oci.com"
# An agent may ask what runs beside it.
_HERE, _LOOPBACK = "localhost", IPv4Network("127.0.0.0/8")

# The authority of a URL, `host=` as in connect descriptors, and a dotted name or number; `name:port/path` alone.
_URL = re.compile(r"(?:(?P<bucket>oci:)|[:@]|(?<![\w/]))//(?P<authority>[^/?#\\\s\"'<>)]*)", re.IGNORECASE)
_DESCRIPTOR = re.compile(r"\bhost(?:name)?\s*=\s*([^\s,;()\"']+)", re.IGNORECASE)
_WITH_PORT = re.compile(r"(?<![\w./-])([a-z0-9_-]+(?:\.[a-z0-9_-]+)+):\d{2,5}\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.])")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_PORT = re.compile(r":\d*$")
_BARE = re.compile(r"^([a-z0-9_.-]+)(?::\d+)?(?:/.*)?$", re.IGNORECASE)

# `iad.ocir.io/namespace/name:tag` and `ocir.us-ashburn-1.oci.oraclecloud.com/namespace/name:tag`; charts with `oci://`.
_REGISTRIES = r"(?P<key>[a-z0-9-]+)\.ocir\.io|ocir\.(?P<name>[a-z0-9-]+)\.oci\.oraclecloud\.com"
_IMAGE = re.compile(rf"(?:oci://)?(?:{_REGISTRIES})/(?P<rest>.+)")
# The "host" of `oci://bucket@namespace/…` is a namespace.
_IN_BUCKET = "oci://"
_BUCKET = re.compile(r"oci://[^@/\s]+@(?P<namespace>[a-z0-9]+)(?:/[^,\s]*)?")


def endpoint_checks(boundary: Boundary) -> dict[str, Check]:
    """The checks, bound to the boundary."""
    regions = {label for region in boundary.allowed_regions for label in (region.name, region.key)}
    oracle = tuple(f".{domain}" for domain in {*(each.domain for each in boundary.allowed_regions), _DEDICATED})
    own = tuple(f".{domain}" for domain in (*boundary.domains, _INSIDE_NETWORKS, _HERE))

    def is_ours(host: str) -> bool:
        host = host.rstrip(".").lower()
        if host.startswith(_IN_BUCKET):
            return host == _IN_BUCKET + boundary.tenancy.namespace
        if _NUMBERS.fullmatch(host):
            return is_own_range(host) or is_own_range(host, _LOOPBACK)
        name = f".{host}"
        return name.endswith(own) or (name.endswith(oracle) and not regions.isdisjoint(host.split(".")))

    def is_own_range(text: str, own: IPv4Network = boundary.addresses.supernet) -> bool:
        try:
            return IPv4Network(text, strict=False).subnet_of(own)
        except ValueError:
            return False

    def strangers(text: str) -> Iterator[Problem]:
        for host in dict.fromkeys(_hosts(text)):
            if not is_ours(host):
                yield _stranger(host)

    def own_endpoint(value: Plain, _: Constraint) -> Iterator[Problem]:
        parts = value.split(",") if isinstance(value, str) else [""]
        found = [_hosts(part) or _BARE.findall(part.strip()) for part in parts]
        if not all(found):
            yield Problem("is not a host or a URL", unread=True)
        else:
            yield from (_stranger(host) for hosts in found for host in dict.fromkeys(hosts) if not is_ours(host))

    def own_endpoints(value: Plain, _: Constraint) -> Iterator[Problem]:
        for text in _texts(value):
            yield from strangers(text)

    def own_address(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str) or not is_own_range(value):
            yield Problem("is not an address of our own networks")

    def own_image(value: Plain, _: Constraint) -> Iterator[Problem]:
        match = _IMAGE.fullmatch(value.lower()) if isinstance(value, str) else None
        if match is None:
            registry = value.lower().partition("/")[0] if isinstance(value, str) and "/" in value else ""
            if _HOST.fullmatch(registry):
                yield Problem("is an image of {token}, which isn't Oracle's registry", token=registry)
            else:
                yield Problem("is not the full name of an image in Oracle's registry", unread=True)
        elif (match["key"] or match["name"]) not in regions:
            registry = match["key"] or match["name"]
            yield Problem("is an image of the registry in {token}, outside the boundary", token=registry)
        elif match["rest"].partition("/")[0] != boundary.tenancy.namespace:
            yield Problem("is an image of namespace {token}, which isn't ours", token=match["rest"].partition("/")[0])

    def own_bucket(value: Plain, _: Constraint) -> Iterator[Problem]:
        parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else [""]
        namespaces = [match["namespace"] for match in map(_BUCKET.fullmatch, parts) if match]
        if len(namespaces) != len(parts):
            yield Problem("is not the address of something in a bucket, `oci://bucket@namespace/…`", unread=True)
        for other in dict.fromkeys(namespaces):
            if other != boundary.tenancy.namespace:
                yield Problem("lies in a bucket of namespace {token}, which isn't ours", token=other)

    return {
        "own-endpoint": own_endpoint,
        "own-endpoints": own_endpoints,
        "own-address": own_address,
        "own-image": own_image,
        "own-bucket": own_bucket,
    }


def _stranger(host: str) -> Problem:
    """Of a host that isn't ours its name is shown, if it looks like one: what stands there may be anything."""
    name = _PORT.sub("", host)
    if _HOST.fullmatch(name.lower()) or _NUMBERS.fullmatch(name):
        return Problem("names {token}, a host that isn't ours", token=name)
    return Problem("names a host that isn't ours", unread=True)


def _hosts(text: str) -> list[str]:
    """Every host that a text names as something to connect to."""
    return [*_authorities(text), *_DESCRIPTOR.findall(text), *_WITH_PORT.findall(text), *_NUMBERS.findall(text)]


def _authorities(text: str) -> Iterator[str]:
    for bucket, authority in _URL.findall(text):
        # What stands before an `@` is a user, or a bucket.
        hosts = authority.rpartition("@")[2]
        if bucket:
            yield _IN_BUCKET + hosts
        else:
            # Several hosts may share one scheme; `file:///…` names none.
            yield from (_PORT.sub("", host) for host in hosts.split(",") if host)


def _texts(value: Plain) -> Iterable[str]:
    """Every string in a value, however deep; what isn't known yet is judged when it is."""
    pending: list[Plain] = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, Secret):
            pending.append(value.value)
        elif isinstance(value, Mapping):
            pending.extend(value.values())
        elif isinstance(value, str):
            yield value
        elif isinstance(value, list):
            pending.extend(value)
