"""The way in: ordinary SSH, through the router's namespace, with a key of the rehearsal's own.

The hosts' keys are read from their disks, so that nothing is taken on trust. One connection to a host serves everything
that is asked of it within a minute.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.fabric import Names
from rehearsal.fabric.command import run
from rehearsal.hosts.inventory import Host
from rehearsal.hosts.seed import CONSOLE_USER

_LONGEST_SOCKET = 90
"""A socket's path has room for 107 characters, of which OpenSSH takes 17 while it makes one."""


@dataclass(frozen=True)
class Access:
    """The way into the hosts of one rehearsal."""

    directory: Path
    names: Names

    @property
    def config(self) -> Path:
        """What to give to ssh with -F."""
        return self.directory / "ssh_config"

    def public_key(self) -> str:
        """The rehearsal's public key, made if there is none."""
        public = self._key.with_suffix(".pub")
        if not (self._key.is_file() and public.is_file()):
            self._key.unlink(missing_ok=True)
            self.directory.mkdir(parents=True, exist_ok=True)
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", CONSOLE_USER, "-f", str(self._key))
        return public.read_text(encoding="ascii").strip()

    def write(self, host_keys: Mapping[Host, str]) -> None:
        """Writes the configuration and the known keys of these hosts."""
        self._sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [f"{host.name} {key}\n" for host, key in host_keys.items()]
        self._known_hosts.write_text("".join(lines), encoding="ascii")
        self.config.write_text(self.configuration(host_keys), encoding="utf-8")

    def configuration(self, hosts: Iterable[Host]) -> str:
        """The text of the configuration for these hosts."""
        entries = (f"Host {host.name}\n  HostName {host.address}\n  HostKeyAlias {host.name}\n" for host in hosts)
        return "".join(entries) + self._common()

    def close(self, hosts: list[Host]) -> None:
        """Ends the connections that wait for more to be asked."""
        for host in hosts:
            subprocess.run(
                ["ssh", "-F", str(self.config), "-O", "exit", host.name], capture_output=True, check=False, timeout=10
            )

    def remove(self) -> None:
        """Removes what lies outside the rehearsal's home."""
        shutil.rmtree(self._sockets, ignore_errors=True)

    @property
    def _key(self) -> Path:
        return self.directory / "console_key"

    @property
    def _known_hosts(self) -> Path:
        return self.directory / "known_hosts"

    @property
    def _sockets(self) -> Path:
        """In the rehearsal's home, unless that is too deep for a socket's path."""
        inside = self.directory / "ssh"
        # %C stands for 40 characters.
        return inside if len(str(inside)) + 41 <= _LONGEST_SOCKET else Path("/run") / f"{self.names.prefix}ssh"

    def _common(self) -> str:
        return (
            "Host *\n"
            f"  User {CONSOLE_USER}\n"
            f"  IdentityFile {_quoted(self._key)}\n"
            "  IdentitiesOnly yes\n"
            "  BatchMode yes\n"
            f"  UserKnownHostsFile {_quoted(self._known_hosts)}\n"
            "  StrictHostKeyChecking yes\n"
            f"  ProxyCommand ip netns exec {self.names.router} nc %h %p\n"
            "  ConnectTimeout 10\n"
            "  ControlMaster auto\n"
            f"  ControlPath {_quoted(self._sockets / '%C')}\n"
            "  ControlPersist 60\n"
            "  LogLevel ERROR\n"
        )


def alias(name: str) -> str:
    """A host's name as ssh takes it."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)


def _quoted(path: Path) -> str:
    return f'"{path}"'
