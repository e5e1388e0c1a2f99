"""Which operation a request asks for: by its host, method and path, as the SDK has them.

A host is a service's in one region. Vaults and identity domains have hosts of their own, which lead to the same
operations: `<vault>-management.kms.<region>.oraclecloud.com`, `idcs-<domain>.identity.oraclecloud.com`.
Source: https://docs.oracle.com/iaas/api/ (endpoints of each service)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.sdk import Operation, Table
from rehearsal.world.model import ServiceError

_DOMAINS = r"(?:oraclecloud\.com|oci\.customer-oci\.com)"
_REGION = r"(?P<region>[a-z0-9]+(?:-[a-z0-9]+)+)"
_OF_A_VAULT = {"KmsManagementClient": r"[a-z0-9-]+-management\.", "KmsCryptoClient": r"[a-z0-9-]+-crypto\."}
_HOSTS = 4096


@dataclass(frozen=True)
class Route:
    """What a request asks for: an operation in a region, with the parameters of its path."""

    operation: Operation
    region: str
    parameters: Mapping[str, str]


class Router:
    """Finds operations."""

    def __init__(self, table: Table) -> None:
        self._by_host: dict[re.Pattern[str], dict[tuple[str, int], list[Operation]]] = {}
        for each in table.operations:
            at = self._by_host.setdefault(_pattern(each), {})
            at.setdefault((each.method, len(each.segments)), []).append(each)
        self._of_host = lru_cache(_HOSTS)(self._find_host)

    def route(self, request: Request) -> Route | None:
        """What is asked for; None where Oracle has no such operation at this host."""
        segments = tuple(unquote(part) for part in request.path.split("/") if part)
        found: list[tuple[int, Route]] = []
        for region, operations in self._of_host(request.host.partition(":")[0].lower()):
            for each in operations.get((request.method, len(segments)), ()):
                parameters = _parameters(each.segments, segments)
                if parameters is not None:
                    found.append((len(parameters), Route(each, region, parameters)))
        # Of two that fit, the one with more of the path written out is meant: `/actions/…` before `/{id}/{key}`.
        return min(found, key=lambda each: each[0])[1] if found else None

    def knows(self, host: str) -> bool:
        """Whether any service has this host."""
        return bool(self._of_host(host.partition(":")[0].lower()))

    def _find_host(self, host: str) -> list[tuple[str, Mapping[tuple[str, int], list[Operation]]]]:
        found = ((pattern.fullmatch(host), operations) for pattern, operations in self._by_host.items())
        return [(match.groupdict().get("region") or "", operations) for match, operations in found if match]


def _pattern(operation: Operation) -> re.Pattern[str]:
    return _compiled(operation.host, _OF_A_VAULT.get(operation.client, ""))


@cache
def _compiled(template: str, before: str) -> re.Pattern[str]:
    """A template of the SDK as a pattern: `iaas.{region}.{dualStack?ds.oci.:}{secondLevelDomain}`."""
    if template.startswith("idcs-guid."):
        return re.compile(r"idcs-[a-z0-9.-]+\.oraclecloud\.com")
    parts = re.split(r"(\{[^}]*\})", template)
    optional = (f"(?:{before})?" if before else "") if template else "(?!)"
    return re.compile(optional + "".join(map(_part, parts)))


def _part(text: str) -> str:
    if text == "{region}":
        return _REGION
    if text == "{secondLevelDomain}":
        return _DOMAINS
    if text.startswith("{dualStack?"):
        return f"(?:{re.escape(text[11:].partition(':')[0])})?"
    return r"[a-z0-9.-]+" if text.startswith("{") else re.escape(text.lower())


def _parameters(wanted: tuple[str, ...], given: tuple[str, ...]) -> dict[str, str] | None:
    found = {}
    for pattern, value in zip(wanted, given, strict=True):
        if pattern.startswith("{"):
            found[pattern.strip("{}")] = value
        elif pattern != value:
            return None
    return found


def unknown_operation(request: Request) -> ServiceError:
    """404: Oracle has no such operation."""
    return ServiceError(404, "NotFound", f"{request.method} {request.path} is no operation of {request.host}")
