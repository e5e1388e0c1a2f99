"""A machine as every system declares it: private, encrypted, shielded where its shape can be, set up by its cloud-init.

It has no public address, no SSH key of its own, and a metadata service that answers only requests with its header:
https://docs.oracle.com/iaas/Content/Compute/Tasks/gettingmetadata.htm. People come by a managed SSH session of Bastion:
whoever may open one gives a public key when they do, and the agent's plug-in lets it in for as long as the session
lasts. The plug-in is off unless it is asked for, and the one that runs scripts sent to it is turned off. Oracle,
"Session Types", https://docs.oracle.com/iaas/Content/Bastion/Concepts/bastionoverview.htm#session_types; "Oracle Cloud
Agent", https://docs.oracle.com/iaas/Content/Compute/Tasks/manage-plugins.htm
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Shape
from boundary import shape as known_shape
from infra.availability_domains import availability_domains
from infra.cloud_init import HostProfile, user_data
from infra.config import HostConfig
from infra.network import Attachment
from infra.place import Place
from infra.platform_image import newest_image

_PLUGINS = {"Bastion": "ENABLED", "Compute Instance Run Command": "DISABLED"}
"""The agent's plug-ins that matter for who gives a machine orders."""


@dataclass(frozen=True)
class HostArgs:
    """Where a machine stands, how it joins the network, its size, and the key of its boot volume."""

    place: Place
    attachment: Attachment
    config: HostConfig
    tenancy_id: str
    volumes_key_id: pulumi.Input[str]


def launch(
    name: str, args: HostArgs, data_class: DataClass, profile: HostProfile, parent: pulumi.Resource
) -> oci.core.Instance:
    """Declares the machine that a profile describes."""
    return oci.core.Instance(
        name,
        **_described(args, data_class, profile, ()),
        availability_domain=_availability_domain(args, parent),
        source_details={
            "source_type": "image",
            "source_id": _image(args, parent),
            "kms_key_id": args.volumes_key_id,
        },
        create_vnic_details={
            **_vnic(args),
            "assign_public_ip": "false",
            "hostname_label": profile.hostname,
            "display_name": profile.hostname,
        },
        opts=_options(args, parent, "sourceDetails.sourceId"),
    )


def template(
    name: str,
    args: HostArgs,
    data_class: DataClass,
    profile: HostProfile,
    parent: pulumi.Resource,
    *,
    plugins: Sequence[str] = (),
    **more: Any,
) -> oci.core.InstanceConfiguration:
    """Declares what machines of a pool start from, each as `launch` would declare it; a pool names and places them.

    `plugins` are further plug-ins of the agent, `more` further launch details: a capacity reservation.
    """
    details = {
        "instance_type": "compute",
        "launch_details": {
            **_described(args, data_class, profile, plugins),
            "source_details": {
                "source_type": "image",
                "image_id": _image(args, parent),
                "kms_key_id": args.volumes_key_id,
            },
            "create_vnic_details": {**_vnic(args), "assign_public_ip": False},
            **more,
        },
    }
    return oci.core.InstanceConfiguration(
        name,
        compartment_id=args.place.compartment_id,
        display_name=profile.hostname,
        instance_details=details,
        defined_tags=args.place.tags(data_class),
        opts=_options(args, parent, "instanceDetails.launchDetails.sourceDetails.imageId"),
    )


def _described(args: HostArgs, data_class: DataClass, profile: HostProfile, plugins: Sequence[str]) -> dict[str, Any]:
    shape = known_shape(args.config.shape)
    return {
        "compartment_id": args.place.compartment_id,
        "display_name": profile.hostname,
        "shape": shape.name,
        "shape_config": _size(args.config),
        "instance_options": {"are_legacy_imds_endpoints_disabled": True},
        "is_pv_encryption_in_transit_enabled": shape.in_transit == "choice" or None,
        "platform_config": _shield(shape),
        "agent_config": _agent(plugins),
        "metadata": {"user_data": base64.b64encode(user_data(profile).encode()).decode()},
        # They spread to its volumes and VNIC: https://docs.oracle.com/iaas/Content/terraform/tagging-resources.htm
        "defined_tags": args.place.tags(data_class),
    }


def _agent(plugins: Sequence[str]) -> dict[str, Any]:
    wanted = sorted({**_PLUGINS, **dict.fromkeys(plugins, "ENABLED")}.items())
    return {"plugins_configs": [{"name": name, "desired_state": state} for name, state in wanted]}


def _image(args: HostArgs, parent: pulumi.Resource) -> pulumi.Input[str]:
    return args.config.image or newest_image(args.tenancy_id, args.config.shape, args.place.system, parent)


def _vnic(args: HostArgs) -> dict[str, Any]:
    at = args.attachment
    vnic: dict[str, Any] = {"subnet_id": at.subnet_id, "nsg_ids": [at.security_group_id]}
    return vnic | ({"security_attributes": at.security_attributes} if at.security_attributes else {})


def _options(args: HostArgs, parent: pulumi.Resource, image: str) -> pulumi.ResourceOptions:
    # Oracle publishes images every few weeks: a newer one is for new machines, not a reason to rebuild this one.
    return args.place.holding(parent, ignore_changes=None if args.config.image else [image])


def _size(config: HostConfig) -> dict[str, int | None] | None:
    if config.ocpus is None:
        return None
    return {"ocpus": config.ocpus, "memory_in_gbs": config.memory_gb}


def _shield(shape: Shape) -> dict[str, Any] | None:
    if shape.platform is None:
        return None
    return {
        "type": shape.platform,
        "is_secure_boot_enabled": True,
        "is_measured_boot_enabled": True,
        "is_trusted_platform_module_enabled": True,
    }


def _availability_domain(args: HostArgs, parent: pulumi.Resource) -> pulumi.Output[str]:
    listed = availability_domains(args.tenancy_id, parent)
    return listed.apply(lambda names: availability_domain(names, args))


def availability_domain(names: Sequence[str], args: HostArgs) -> str:
    """The configured one of a region's availability domains.

    Raises:
        pulumi.RunError: the region has fewer.
    """
    number = args.config.availability_domain
    if number > len(names):
        raise pulumi.RunError(
            f"stateside:{args.place.system}.availabilityDomain is {number}, but the region has {len(names)}; lower it"
        )
    return names[number - 1]
