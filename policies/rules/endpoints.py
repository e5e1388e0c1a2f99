"""Checks of where a service is told to connect to: hosts, URLs, images, buckets.

What a name stands for is decided by its end alone, because only that is sure: ours are the names inside our networks,
our own domains, and Oracle's endpoints in our regions.
"""

import re
from collections.abc import Iterator
from ipaddress import IPv4Network

from boundary import Boundary
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check
from policies.rules.hosts import IN_BUCKET, NUMBERS, PORT, hosts_in, names_host, names_in, names_under
from policies.rules.settings import Setting, settings_in

# Names that resolve only inside a VCN: https://docs.oracle.com/iaas/Content/Network/Concepts/dns.htm
_INSIDE_NETWORKS = "oraclevcn.com"
# Dedicated endpoints: https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm
_DEDICATED = "customer-oci.com"
# Names that resolve only inside a Kubernetes cluster.
_INSIDE_CLUSTERS = "cluster.local"
# An agent may ask what runs beside it.
_HERE, _LOOPBACK, _LOOPBACK_6 = "localhost", IPv4Network("127.0.0.0/8"), "::1"

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_BARE = re.compile(r"^([a-z0-9_.-]+)(?::\d+)?(?:/.*)?$", re.IGNORECASE)

# `iad.ocir.io/namespace/name:tag` and `ocir.us-ashburn-1.oci.oraclecloud.com/namespace/name:tag`; charts with `oci://`.
_REGISTRIES = r"(?P<key>[a-z0-9-]+)\.ocir\.io|ocir\.(?P<name>[a-z0-9-]+)\.oci\.oraclecloud\.com"
_IMAGE = re.compile(rf"(?:oci://)?(?:{_REGISTRIES})/(?P<rest>.+)")
_BUCKET = re.compile(r"oci://[^@/\s]+@(?P<namespace>[a-z0-9]+)(?:/[^,\s]*)?")


def endpoint_checks(boundary: Boundary) -> dict[str, Check]:
    """The checks, bound to the boundary."""
    regions = {label for region in boundary.allowed_regions for label in (region.name, region.key)}
    oracle = tuple(f".{domain}" for domain in {*(each.domain for each in boundary.allowed_regions), _DEDICATED})
    own = tuple(f".{domain}" for domain in (*boundary.domains, _INSIDE_NETWORKS, _INSIDE_CLUSTERS, _HERE))
    named = {each.name for each in boundary.hosts}

    def is_ours(host: str) -> bool:
        host = host.rstrip(".").lower()
        if host.startswith(IN_BUCKET):
            return host == IN_BUCKET + boundary.tenancy.namespace
        if NUMBERS.fullmatch(host):
            return is_own_range(host) or is_own_range(host, _LOOPBACK)
        if host == _LOOPBACK_6 or host in named:
            return True
        name = f".{host}"
        return name.endswith(own) or (name.endswith(oracle) and not regions.isdisjoint(host.split(".")))

    def is_own_range(text: str, own: IPv4Network = boundary.addresses.supernet) -> bool:
        try:
            return IPv4Network(text, strict=False).subnet_of(own)
        except ValueError:
            return False

    def own_endpoint(value: Plain, _: Constraint) -> Iterator[Problem]:
        parts = value.split(",") if isinstance(value, str) else [""]
        found = [hosts_in(part) or _BARE.findall(part.strip()) for part in parts]
        if not all(found):
            yield Problem("is not a host or a URL", unread=True)
        else:
            yield from (_stranger(host) for hosts in found for host in hosts if not is_ours(host))

    def own_endpoints(value: Plain, _: Constraint) -> Iterator[Problem]:
        named = (host for setting in settings_in(value) for host in _hosts_of(setting))
        yield from dict.fromkeys(_stranger(host) for host in named if not is_ours(host))

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


def _hosts_of(setting: Setting) -> Iterator[str]:
    if not setting.line:
        yield from hosts_in(setting.text)
        yield from names_in(setting.text)
    if names_host(setting.key, setting.line):
        yield from names_under(setting.text)


def _stranger(host: str) -> Problem:
    """Of a host that isn't ours its name is shown, if it looks like one: what stands there may be anything."""
    name = PORT.sub("", host)
    if _HOST.fullmatch(name.lower()) or NUMBERS.fullmatch(name):
        return Problem("names {token}, a host that isn't ours", token=name)
    return Problem("names a host that isn't ours", unread=True)
