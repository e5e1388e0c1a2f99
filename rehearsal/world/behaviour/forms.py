"""Identifiers that are no OCIDs: of some types the provider makes the identifier itself, of what the API needs to find
the thing again.

Source: oracle/terraform-provider-oci v8.28.0, the `GetId` or `ID` of each resource, as seen with us-prod. What follows
a name in them is Oracle's to choose; here it follows from what was asked for, so that it is the same in each rehearsal.
"""

import hashlib
import json
from collections.abc import Callable, Iterator

from rehearsal.world.behaviour.base import Change

_DOMAINS_ID, _RULE_ID, _STATEMENT_ID = 32, 6, 12


def cloud_guard(change: Change) -> str:
    """A tenancy has one configuration of Cloud Guard."""
    return "configuration"


def authentication_factors(change: Change) -> str:
    """An identity domain has one setting of its authentication factors."""
    return "AuthenticationFactorSettings"


def in_identity_domain(*fields: str) -> Callable[[Change], str]:
    """What is in an identity domain has 32 hexadecimal digits."""

    def identify(change: Change) -> str:
        return _digits(_DOMAINS_ID, change.type, *(change.body.get(field) for field in fields))

    return identify


def numbered_in_identity_domain(kind: str) -> Callable[[Change], str]:
    """The same, where nothing that was asked for tells one from another."""

    def identify(change: Change) -> str:
        return _digits(_DOMAINS_ID, change.type, change.tenancy.ocid, change.world.next_number(kind))

    return identify


def security_rule(change: Change) -> str:
    """A rule of a network security group has six hexadecimal digits; another rule's are never taken."""
    return next(each for each in _rule_ids(change) if change.world.get(each) is None)


def _rule_ids(change: Change) -> Iterator[str]:
    asked = json.dumps(change.body, sort_keys=True)
    attempt = 0
    while True:
        yield _digits(_RULE_ID, asked, attempt).upper()
        attempt += 1


def route_statement(change: Change) -> str:
    """A statement is found by its distribution."""
    distribution = change.body["drgRouteDistributionId"]
    own = _digits(_STATEMENT_ID, distribution, change.body.get("priority"))
    return f"drgRouteDistributions/{distribution}/statements/{own}"


def resolver_endpoint(change: Change) -> str:
    """An endpoint is found by its resolver and its name."""
    return f"resolverId/{change.body['resolverId']}/name/{change.body['name']}"


def security_attribute(change: Change) -> str:
    """An attribute is found by its namespace and its name."""
    namespace = change.body["securityAttributeNamespaceId"]
    return f"securityAttributeNamespaces/{namespace}/securityAttributes/{change.body['name']}"


def protected_branch(change: Change) -> str:
    """A number that the provider makes of what it asked for."""
    digits = _digits(8, change.body["repositoryId"], change.body["branchName"])
    return f"DevopsRepositoryProtectedBranchManagementResource-{int(digits, 16)}"


def _digits(length: int, *seed: object) -> str:
    return hashlib.sha256("\0".join(map(str, seed)).encode()).hexdigest()[:length]
