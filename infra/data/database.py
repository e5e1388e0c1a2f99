"""The profile database: PostgreSQL that survives a node and a domain, with a warm standby in our other region.

Backups are made every day and copied to the other region under that region's key, and nowhere else. The administrator's
password is made by the vault. Sources: Oracle, "OCI Database with PostgreSQL", backups (kept up to 35 days),
https://docs.oracle.com/iaas/Content/postgresql/backups.htm; a standby as Oracle's own provider declares it, the example
`psql` of https://github.com/oracle/terraform-provider-oci.

Assumption: five minutes is how far behind the standby may be.
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys import Purpose
from infra.keys.password import generated_password
from infra.network import Role
from infra.observability import LogSource
from infra.place import Place
from infra.site import Site
from infra.systems import System

_SHAPE, _VERSION, _STORAGE = "VM.Standard.E5.Flex", "16", "OCI_OPTIMIZED_STORAGE"
_BACKUP_DAYS = 35
_BACKUP_START, _MAINTENANCE_START = "07:00", "SUN 08:00"
_STANDBY_SECONDS_BEHIND = 300
_SETTINGS = {"log_connections": "1", "log_disconnections": "1"}


@dataclass(frozen=True)
class ProfileDatabaseArgs:
    """Whose standby it is, or else the site that its backups are copied to."""

    standby_of: pulumi.Input[str] | None = None
    copies: Site | None = None


class ProfileDatabase(pulumi.ComponentResource):
    """The database system of one region."""

    def __init__(
        self, name: str, site: Site, args: ProfileDatabaseArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("stateside:data:ProfileDatabase", name, None, opts)
        place, capacity = site.place(System.DATA), site.stack.capacity
        attachment = site.network.attachment(Role.DATABASES)
        database = oci.psql.DbSystem(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("profiles"),
            description="Profiles of US users",
            db_version=_VERSION,
            config_id=_configuration(name, site, self).id,
            # A system's shape has a prefix that its configuration's lacks, in Oracle's own example and its answers.
            shape=f"PostgreSQL.{_SHAPE}",
            instance_count=capacity.postgres_nodes,
            instance_ocpu_count=capacity.postgres_ocpus,
            instance_memory_size_in_gbs=capacity.postgres_memory_gb,
            system_type=_STORAGE,
            storage_details=oci.psql.DbSystemStorageDetailsArgs(
                system_type=_STORAGE, is_regionally_durable=True, kms_key_id=site.key_id(Purpose.DATABASES)
            ),
            network_details=oci.psql.DbSystemNetworkDetailsArgs(
                subnet_id=attachment.subnet_id, nsg_ids=[attachment.security_group_id], is_reader_endpoint_enabled=True
            ),
            credentials=None if args.standby_of else _credentials(name, site, self),
            source=_source(args),
            replication_config=oci.psql.DbSystemReplicationConfigArgs(
                is_rpo_enforced=False, rpo_in_seconds=str(_STANDBY_SECONDS_BEHIND)
            ),
            management_policy=oci.psql.DbSystemManagementPolicyArgs(
                maintenance_window_start=_MAINTENANCE_START, backup_policy=_backups(args)
            ),
            defined_tags=place.tags(DataClass.US_USER),
            opts=self._options(place),
        )
        site.logs.of(System.DATA, name, LogSource.POSTGRESQL, database.id, self)
        self.database_id: pulumi.Output[str] = database.id
        self.register_outputs({"database_id": self.database_id})

    def _options(self, place: Place) -> pulumi.ResourceOptions:
        # How it began, which a later run may see otherwise: whoever promotes a standby does so by hand, and no program
        # may take that back or make the database anew because of it.
        first = pulumi.ResourceOptions(ignore_changes=["credentials", "source"])
        return pulumi.ResourceOptions.merge(place.holding(self), first)


def _configuration(name: str, site: Site, parent: pulumi.Resource) -> oci.psql.Configuration:
    place = site.place(System.DATA)
    return oci.psql.Configuration(
        f"{name}-configuration",
        compartment_id=place.compartment_id,
        display_name=place.name("profiles"),
        description="Who connects is logged",
        db_version=_VERSION,
        shape=_SHAPE,
        is_flexible=True,
        db_configuration_overrides=oci.psql.ConfigurationDbConfigurationOverridesArgs(
            items=[
                oci.psql.ConfigurationDbConfigurationOverridesItemArgs(config_key=key, overriden_config_value=value)
                for key, value in _SETTINGS.items()
            ]
        ),
        defined_tags=place.tags(DataClass.OPERATIONAL),
        opts=place.holding(parent),
    )


def _credentials(name: str, site: Site, parent: pulumi.Resource) -> oci.psql.DbSystemCredentialsArgs:
    secret = generated_password(
        f"{name}-password", site, "profiles-password", "Password of the profile database's administrator", parent
    )
    return oci.psql.DbSystemCredentialsArgs(
        username="administrator",
        password_details=oci.psql.DbSystemCredentialsPasswordDetailsArgs(
            password_type="VAULT_SECRET",  # noqa: S106 - a kind, no password
            secret_id=secret.id,
            secret_version="1",  # noqa: S106
        ),
    )


def _source(args: ProfileDatabaseArgs) -> oci.psql.DbSystemSourceArgs | None:
    if args.standby_of is None:
        return None
    return oci.psql.DbSystemSourceArgs(source_type="DB_SYSTEM", primary_db_system_id=args.standby_of)


def _backups(args: ProfileDatabaseArgs) -> oci.psql.DbSystemManagementPolicyBackupPolicyArgs:
    if args.standby_of is not None:
        return oci.psql.DbSystemManagementPolicyBackupPolicyArgs(kind="NONE")
    return oci.psql.DbSystemManagementPolicyBackupPolicyArgs(
        kind="DAILY", backup_start=_BACKUP_START, retention_days=_BACKUP_DAYS, copy_policy=_copies(args.copies)
    )


def _copies(to: Site | None) -> oci.psql.DbSystemManagementPolicyBackupPolicyCopyPolicyArgs | None:
    if to is None:
        return None
    return oci.psql.DbSystemManagementPolicyBackupPolicyCopyPolicyArgs(
        compartment_id=to.place(System.DATA).compartment_id,
        regions=[to.region.name],
        kms_key_ids=[to.key_id(Purpose.DATABASES)],
        retention_period=_BACKUP_DAYS,
    )
