"""Makes identifiers that look and parse like Oracle's, the same ones in every rehearsal of the same program."""

import base64
import hashlib
import re

from boundary import find_region

_LETTERS = 52
_OF_A_REGION = "n/"
_OF_A_DOMAIN = "AuthenticationFactorSettings"
_IMPORTED = re.compile(r"idcsEndpoint/(.+)/authenticationFactorSettings/.+")
_BEFORE = re.compile(rf"^(?:[a-z0-9-]+/(?={_OF_A_REGION})|.+/(?={_OF_A_DOMAIN}$))")


def unique_part(*seed: object) -> str:
    """Sixty letters and digits that follow from the seed, as long as Oracle's own."""
    digest = hashlib.sha512("\0".join(map(str, seed)).encode()).digest()
    return "aaaaaaaa" + base64.b32encode(digest).decode().lower()[:_LETTERS]


def make_ocid(kind: str, realm: str, region: str, *seed: object) -> str:
    """`ocid1.<kind>.<realm>.<region key or empty>.<unique>`."""
    found = find_region(region)
    return f"ocid1.{kind}.{realm}.{found.key if found else ''}.{unique_part(kind, region, *seed)}"


def world_id(shown: str, region: str, domain: str = "") -> str:
    """What the world calls a resource: some have the same name in each region or identity domain, and are told apart.

    Object Storage's `n/<namespace>/b/<bucket>` are unique within a region only, "Object Storage Namespaces",
    https://docs.oracle.com/iaas/Content/Object/Tasks/understandingnamespaces.htm. Settings of an identity domain have
    one name in all, and are found by the domain's address (`domain`), which an import names in the identifier,
    https://www.pulumi.com/registry/packages/oci/api-docs/identity/domainsauthenticationfactorsetting/.
    """
    if imported := _IMPORTED.fullmatch(shown):
        domain, shown = imported[1], _OF_A_DOMAIN
    if shown.startswith(_OF_A_REGION):
        return f"{region}/{shown}"
    return f"{domain}/{shown}" if shown == _OF_A_DOMAIN else shown


def shown_id(identifier: str) -> str:
    """The identifier as Oracle shows it: the reverse of `world_id`."""
    return _BEFORE.sub("", identifier)
