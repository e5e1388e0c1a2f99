"""Checks of who is written to, who says who somebody is, and what a file system is linked to."""

import re
from collections.abc import Iterator

from boundary import Boundary, find_ocids
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check

_MAIL = re.compile(r"[^\s@/:]+@(?P<domain>[a-z0-9.-]+)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s,;]+")
# An identity domain's own address has no region in it:
# https://docs.oracle.com/iaas/Content/Identity/domains/to-view-details-about-an-identity-domain.htm
_IDENTITY = re.compile(
    r"https://(?:idcs-[0-9a-z]+\.)?identity\.(?P<domain>[a-z0-9.-]+)(?::443)?(?:/.*)?", re.IGNORECASE
)


def recipient_checks(boundary: Boundary, own_endpoint: Check) -> dict[str, Check]:
    """The checks, bound to the boundary, given the check of hosts and URLs."""
    domains = tuple(f".{domain}" for domain in boundary.domains)
    realm = {region.domain for region in boundary.allowed_regions}

    def is_ours(contact: str, constraint: Constraint) -> bool:
        mail = _MAIL.fullmatch(contact)
        if mail is not None:
            return f".{mail['domain'].lower()}".endswith(domains)
        found = find_ocids(contact)
        if found and found[0].text == contact:
            return found[0].realm == boundary.realm and boundary.is_allowed_region(found[0].region)
        return contact.startswith("https://") and not list(own_endpoint(contact, constraint))

    def own_contact(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        contacts = _SEPARATOR.split(value.strip()) if isinstance(value, str) else [""]
        for number, contact in enumerate(contacts, 1):
            if not is_ours(contact, constraint):
                which = f" (contact {number} of {len(contacts)})" if len(contacts) > 1 else ""
                yield Problem(f"is not a mail address, an `https` URL or a function of ours{which}")

    def own_mail(value: Plain, _: Constraint) -> Iterator[Problem]:
        for mail in dict.fromkeys(_MAIL.findall(value)) if isinstance(value, str) else ():
            if not f".{mail.lower()}".rstrip(".").endswith(domains):
                yield Problem("has a mail address at {token}, which is no domain of ours", token=mail)

    def identity_endpoint(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        match = _IDENTITY.fullmatch(value) if isinstance(value, str) else None
        if match is None or match["domain"].lower() not in realm:
            yield from own_endpoint(value, constraint)

    def own_prefix(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str) or not value.startswith(f"{boundary.tenancy.namespace}:/"):
            yield Problem("is not in our own Object Storage namespace")

    return {
        "own-contact": own_contact,
        "own-mail": own_mail,
        "identity-endpoint": identity_endpoint,
        "own-prefix": own_prefix,
    }
