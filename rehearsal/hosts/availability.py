"""Whether this machine can have hosts."""

import os
import re
import shutil
import sys
from pathlib import Path

from rehearsal.fabric import group

_PACKAGE_OF = {
    "mmdebstrap": "mmdebstrap",
    "systemd-nspawn": "systemd-container",
    "nft": "nftables",
    "ip": "iproute2",
    "nc": "netcat-openbsd",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "setsid": "util-linux",
    "unshare": "util-linux",
    "mount": "mount",
}
_NET_ADMIN, _SYS_ADMIN = 12, 21


def why_off() -> str | None:
    """One sentence on why there are no hosts here and what would bring them; None when there can be."""
    if os.environ.get("STATESIDE_HOSTS", "").lower() == "off":
        return "hosts are off: STATESIDE_HOSTS is off; unset it to have them"
    if sys.platform != "linux":
        return f"hosts are off: they need Linux, and this is {sys.platform}; all else works"
    if not _may_administer():
        return "hosts are off: they need root (namespaces, mounts); run as root to have them"
    if missing := sorted({package for tool, package in _PACKAGE_OF.items() if not shutil.which(tool)}):
        return f"hosts are off: tools are missing; apt-get install {' '.join(missing)} brings them"
    if not shutil.which("apt-get"):
        return "hosts are off: their root file system is made with apt, and this machine has none; all else works"
    if not group.hierarchies():
        return "hosts are off: no control groups are mounted; mount cgroup2 on /sys/fs/cgroup to have them"
    return None


def _may_administer() -> bool:
    """Root without these two, as in an ordinary container, can't make namespaces either."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    effective = re.search(r"^CapEff:\s*([0-9a-f]+)$", status, re.MULTILINE)
    held = int(effective[1], 16) if effective else 0
    return all(held >> capability & 1 for capability in (_NET_ADMIN, _SYS_ADMIN))
