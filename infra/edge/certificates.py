"""Certificates of one region: an authority of our own, which vouches for the gateways, and the edge's certificate.

What viewers are shown must come from a public authority, whose certificate somebody imports and names in the stack's
configuration. Until then our own authority issues one: good for a rehearsal, refused by every browser.
The authority's key is an asymmetric key in our HSM partition; it vouches for nothing outside.
Source: Oracle, "Managing Certificate Authorities",
https://docs.oracle.com/iaas/Content/certificates/managing-certificate-authorities.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place

# ISO 8601 durations, and how long the authority lasts: until somebody plans its successor.
_RENEW_EVERY, _RENEW_AHEAD = "P60D", "P30D"
_AUTHORITY_UNTIL = "2036-12-31T00:00:00Z"


@dataclass(frozen=True)
class CertificatesArgs:
    """Where they stand, the authority's key, the domain, and the imported certificate if there is one."""

    place: Place
    key_id: pulumi.Input[str]
    domain: str
    imported_id: str | None


class Certificates(pulumi.ComponentResource):
    """Our own authority in one region, and the certificate that the edge shows."""

    def __init__(self, name: str, args: CertificatesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:edge:Certificates", name, None, opts)
        self.authority_id: pulumi.Output[str] = oci.certificatesmanagement.CertificateAuthority(
            f"{name}-authority",
            compartment_id=args.place.compartment_id,
            name=args.place.name(f"{name}-authority"),
            description="Vouches for the machines behind the edge",
            kms_key_id=args.key_id,
            certificate_authority_config={
                "config_type": "ROOT_CA_GENERATED_INTERNALLY",
                "signing_algorithm": "SHA256_WITH_RSA",
                "subject": {"common_name": f"{args.place.environment} machines", "country": "US"},
                "validity": {"time_of_validity_not_after": _AUTHORITY_UNTIL},
            },
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.certificate_id: pulumi.Output[str] = (
            pulumi.Output.from_input(args.imported_id) if args.imported_id else self._own(name, args)
        )
        self.register_outputs({"authority_id": self.authority_id, "certificate_id": self.certificate_id})

    def _own(self, name: str, args: CertificatesArgs) -> pulumi.Output[str]:
        return oci.certificatesmanagement.Certificate(
            f"{name}-certificate",
            compartment_id=args.place.compartment_id,
            name=args.place.name(f"{name}-certificate"),
            description="What the edge shows until a public authority's certificate is imported",
            certificate_config={
                "config_type": "ISSUED_BY_INTERNAL_CA",
                "issuer_certificate_authority_id": self.authority_id,
                "certificate_profile_type": "TLS_SERVER",
                "key_algorithm": "RSA2048",
                "signature_algorithm": "SHA256_WITH_RSA",
                "subject": {"common_name": args.domain},
                "subject_alternative_names": [{"type": "DNS", "value": args.domain}],
            },
            certificate_rules=[
                {
                    "rule_type": "CERTIFICATE_RENEWAL_RULE",
                    "renewal_interval": _RENEW_EVERY,
                    "advance_renewal_period": _RENEW_AHEAD,
                }
            ],
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
