"""A password that nobody types: the vault makes it up, keeps it under our key and gives it to who may read the secret.

Neither program, state nor configuration ever holds it. Source: Oracle, "Creating a Secret", with generated content,
https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/managingsecrets_topic-To_create_a_new_secret.htm

Assumption: a service that is given a secret reads it with the right of whoever makes the resource, and has none itself.
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys.purposes import Purpose
from infra.site import Site
from infra.systems import System

_LENGTH = 30


def generated_password(
    name: str, site: Site, secret_name: str, description: str, parent: pulumi.Resource
) -> oci.vault.Secret:
    """Declares a secret of one region's vault whose content is a generated passphrase."""
    place = site.place(System.SECURITY)
    return oci.vault.Secret(
        name,
        compartment_id=place.compartment_id,
        vault_id=site.vault.vault_id,
        key_id=site.key_id(Purpose.SECRETS),
        secret_name=place.name(secret_name),
        description=description,
        enable_auto_generation=True,
        secret_generation_context=oci.vault.SecretSecretGenerationContextArgs(
            generation_type="PASSPHRASE", generation_template="DBAAS_DEFAULT_PASSWORD", passphrase_length=_LENGTH
        ),
        defined_tags=place.tags(DataClass.OPERATIONAL),
        opts=place.holding(parent),
    )
