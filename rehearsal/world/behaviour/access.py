"""Identity domains: each has an address, by which everything in it says where it belongs.

Sources: Oracle, "Managing Identity Domains", https://docs.oracle.com/iaas/Content/Identity/domains/overview.htm;
"Replicating an Identity Domain", https://docs.oracle.com/iaas/Content/Identity/domains/to-manage-regions-for-domains.htm;
the form of a domain's two addresses, acceptance tests and `examples/identity_domains` of oracle/terraform-provider-oci
"""

from collections.abc import Callable
from dataclasses import replace

from rehearsal.world.behaviour import forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, Resource, invalid, not_found

_DOMAIN = "oci:Identity/domain:Domain"
_CREDENTIALS = ("ApiKey", "AuthToken", "CustomerSecretKey", "UserDbCredential")


def _check_domain(change: Change) -> None:
    if change.body["homeRegion"] not in change.tenancy.regions:
        raise invalid(f"homeRegion: the tenancy is not subscribed to {change.body['homeRegion']}")


def _compute_domain(change: Change) -> Body:
    name, home = _name_of_domain(change), change.body["homeRegion"]
    cell = f"{home.rsplit('-', 1)[0]}-idcs-1"
    return {
        "url": f"https://idcs-{name}.identity.oraclecloud.com:443",
        "homeRegionUrl": f"https://idcs-{name}.{cell}.identity.{home}.oci.oraclecloud.com:443",
        "type": "SECONDARY",
    }


_name_of_domain = forms.in_identity_domain("displayName", "compartmentId")


def domain_of(change: Change) -> Resource:
    """The identity domain that a body belongs to, by its address."""
    for domain in change.world.find(_DOMAIN, tenancy=change.tenancy.ocid):
        if domain.body["url"] == change.body["idcsEndpoint"]:
            return domain
    raise not_found("idcsEndpoint: no identity domain of the tenancy has this address")


def _check_member(change: Change) -> None:
    domain_of(change)


def _name_member(change: Change) -> Body:
    return {"domainOcid": domain_of(change).id, "tenancyOcid": change.tenancy.ocid}


def _check_replica(change: Change) -> None:
    domain, region = change.target(change.body["domainId"]), change.body["replicaRegion"]
    if region not in change.tenancy.regions or region == domain.body["homeRegion"]:
        raise invalid(f"replicaRegion: {region} is the domain's home, or the tenancy is not subscribed to it")


def _of_domain(kind: str, *fields: str, identify: Callable[[Change], str] | None = None) -> Behaviour:
    return Behaviour(
        kind,
        state="ACTIVE",
        is_global=True,
        check=_check_member,
        compute=_name_member,
        identify=identify or forms.in_identity_domain("idcsEndpoint", *fields),
    )


def _of_user(kind: str) -> Behaviour:
    """What a user proves who they are with: one may have several that say the same."""
    return _of_domain(kind, identify=forms.numbered_in_identity_domain(kind))


BEHAVIOURS: dict[str, Behaviour] = {
    _DOMAIN: Behaviour(
        "domain",
        state="ACTIVE",
        is_global=True,
        check=_check_domain,
        compute=_compute_domain,
    ),
    "oci:Identity/domainsGroup:DomainsGroup": _of_domain("group", "displayName"),
    "oci:Identity/domainsPasswordPolicy:DomainsPasswordPolicy": _of_domain("passwordpolicy", "name"),
    "oci:Identity/domainsUser:DomainsUser": _of_domain("user", "userName"),
    "oci:Identity/domainsDynamicResourceGroup:DomainsDynamicResourceGroup": _of_domain("dynamicgroup", "displayName"),
    **{f"oci:Identity/domains{name}:Domains{name}": _of_user(name.lower()) for name in _CREDENTIALS},
    "oci:Identity/domainsAuthenticationFactorSetting:DomainsAuthenticationFactorSetting": replace(
        _of_domain("authenticationfactorsetting", identify=forms.authentication_factors),
        outlives=("idcsEndpoint", "authenticationFactorSettingId"),
        setting_of="domainOcid",
    ),
    "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion": Behaviour(
        "domainreplication",
        state="ACTIVE",
        is_global=True,
        outlives=("domainId", "replicaRegion"),
        setting_of="domainId",
        check=_check_replica,
    ),
    "oci:Identity/tagDefault:TagDefault": Behaviour("tagdefault", state="ACTIVE", is_global=True),
}
