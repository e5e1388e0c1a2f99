"""What the cloud platform gives a machine when it starts: its declared user data, its identity, and a way in.

On Oracle the way in is a key that the platform puts into the default user; here it is a console user that vendor data
adds, so that the declaration stays exactly what production gets. It gets along with the declared sshd: it is in the one
group that may log in.
Source: cloud-init, "NoCloud", https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html
"""

import base64
import binascii

import yaml

from rehearsal.errors import RehearsalError
from rehearsal.world import Resource

CONSOLE_USER = "console"


def seed(instance: Resource, public_key: str) -> dict[str, str]:
    """The files of the NoCloud seed by name.

    Raises:
        RehearsalError: the instance's user data can't be decoded.
    """
    return {
        "user-data": _user_data(instance),
        "meta-data": yaml.safe_dump({"instance-id": instance.id, "local-hostname": hostname(instance)}),
        "vendor-data": "#cloud-config\n"
        + yaml.safe_dump(
            {
                # A VCN's resolver knows a machine's own name; there is none here.
                "manage_etc_hosts": "localhost",
                "users": [
                    {
                        "name": CONSOLE_USER,
                        "groups": ["sudo"],
                        "sudo": ["ALL=(ALL) NOPASSWD:ALL"],
                        "shell": "/bin/bash",
                        "lock_passwd": True,
                        "ssh_authorized_keys": [public_key],
                    }
                ],
            }
        ),
    }


def hostname(instance: Resource) -> str:
    """The name that the platform gives a machine."""
    vnic = instance.body.get("createVnicDetails") or {}
    return str(vnic.get("hostnameLabel") or instance.body.get("displayName") or "host")


def _user_data(instance: Resource) -> str:
    encoded = (instance.body.get("metadata") or {}).get("user_data")
    if not encoded:
        return "#cloud-config\n{}\n"
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise RehearsalError(
            f"instance {instance.body.get('displayName') or instance.id}: metadata.user_data is not base64 text; "
            "declare it base64-encoded"
        ) from None
