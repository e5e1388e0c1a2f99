"""The `#cloud-config` document of a machine: for Debian-family images (Canonical Ubuntu on OCI, Debian in rehearsal).

The network is closed, so nothing is installed at boot: nftables, openssh-server and chrony are in the image.
The firewall is loaded by `bootcmd`, which cloud-init runs on every boot, before sshd and before all else here; from the
second boot on nftables.service has it up before the network is. Canonical's image loads iptables rules of its own,
which would refuse what the role serves: they are flushed and their unit is masked. The only time source is the
platform's: Oracle, "Configuring the NTP Service",
https://docs.oracle.com/iaas/Content/Compute/Tasks/configuringntpservice.htm
"""

from pathlib import Path
from typing import Any

import yaml

from infra.cloud_init.firewall import ruleset
from infra.cloud_init.profile import HostProfile

_FILES = Path(__file__).parent / "files"

# The image's own rules are given up last, once ours hold.
_LOAD_FIREWALL = (
    'umask 077 && printf %s "$1" > /etc/nftables.conf && nft -f /etc/nftables.conf'
    " && systemctl enable nftables.service && systemctl mask netfilter-persistent.service"
)


def user_data(profile: HostProfile) -> str:
    """The `#cloud-config` document that declares one machine."""
    document = {
        "hostname": profile.hostname,
        "preserve_hostname": False,
        "locale": "C.UTF-8",
        "package_update": False,
        "package_upgrade": False,
        "disable_root": True,
        "ssh_pwauth": False,
        "ssh_deletekeys": True,
        "ssh_genkeytypes": ["ed25519"],
        "bootcmd": [
            # Canonical's crash reporter would take the cores that nobody may.
            ["systemctl", "mask", "apport.service"],
            ["sh", "-c", _LOAD_FIREWALL, "firewall", ruleset(profile)],
        ],
        "write_files": [
            _file("/etc/ssh/sshd_config.d/10-stateside.conf", _declared("sshd.conf"), "0600"),
            _file("/etc/chrony/chrony.conf", _declared("chrony.conf")),
            _file("/etc/sysctl.d/90-stateside.conf", _declared("sysctl.conf")),
            _file("/etc/security/limits.d/90-stateside.conf", "* hard core 0\nroot hard core 0\n"),
            _file("/etc/stateside/role", "".join(f"{name}={value}\n" for name, value in _facts(profile))),
        ],
        "runcmd": [
            ["systemctl", "restart", "systemd-sysctl.service"],
            ["systemctl", "restart", "chrony.service"],
        ],
    }
    return "#cloud-config\n" + yaml.dump(document, Dumper=_Readable, sort_keys=False, width=120)


def _facts(profile: HostProfile) -> tuple[tuple[str, str], ...]:
    return (("ROLE", profile.role), ("ENVIRONMENT", profile.environment), *profile.facts)


def _declared(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _file(path: str, content: str, permissions: str = "0644") -> dict[str, str]:
    return {"path": path, "permissions": permissions, "content": content}


class _Readable(yaml.SafeDumper):
    """Writes longer text as a block, so that a preview shows a readable difference."""


def _text(dumper: yaml.SafeDumper, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Readable.add_representer(str, _text)
