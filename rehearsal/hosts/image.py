"""The root file system that all hosts start from: made once by mmdebstrap, kept in the user's cache.

It stands for Oracle's platform image: a Debian-family system with cloud-init, sshd, nftables and chrony. Packages come
from wherever the machine's own apt gets them, in the machine's own release. What a container needs to be different is
under `image/`. The cache is keyed by the recipe; a build gets a directory of its own and is renamed when whole.
"""

import fcntl
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from rehearsal.errors import RehearsalError
from rehearsal.fabric.command import run
from rehearsal.home import cache_directory

_OVERRIDES = Path(__file__).parent / "image"
_PACKAGES = (
    "systemd",
    "systemd-sysv",
    "dbus",
    "openssh-server",
    "cloud-init",
    "python3-minimal",
    "nftables",
    "iproute2",
    "ca-certificates",
    "sudo",
    "netbase",
    "chrony",
)
_LEFT_OUT = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*")
# What would be the same on every host, or is no business of a host in a closed network.
_UNWANTED = ("etc/ssh/ssh_host_*", "etc/apt/sources.list*", "etc/hostname", "etc/machine-id", "var/cache/apt/*")
_COMPONENTS = ("main", "universe")


def ensure_image(say: Callable[[str], None]) -> Path:
    """The root file system's directory, made if it is not there.

    Raises:
        RehearsalError: it can't be made.
    """
    release = platform.freedesktop_os_release()
    image = cache_directory() / "hosts" / f"{release.get('VERSION_CODENAME', 'stable')}-{_recipe(release)}"
    if image.is_dir():
        return image
    image.parent.mkdir(parents=True, exist_ok=True)
    with image.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("hosts: another run is making the root file system; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not image.is_dir():
            say("hosts: making the root file system that all of them start from, once, about a minute")
            _make(image, lock.fileno(), say)
    return image


def _recipe(release: dict[str, str]) -> str:
    digest = sha256(repr((release.get("ID"), platform.machine(), _PACKAGES, _LEFT_OUT, _UNWANTED)).encode())
    for path in sorted(_overrides()):
        digest.update(f"{path.relative_to(_OVERRIDES)}\n{path.read_text(encoding='utf-8')}".encode())
    return digest.hexdigest()[:12]


def _overrides() -> Iterator[Path]:
    return (path for path in _OVERRIDES.rglob("*") if path.is_file())


def _make(image: Path, lock: int, say: Callable[[str], None]) -> None:
    unfinished, log = image.with_suffix(".new"), image.with_suffix(".log")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    command = [
        # What it mounts into the new system goes with it, even when it is killed.
        *("unshare", "--mount"),
        "mmdebstrap",
        "--variant=minbase",
        f"--include={','.join(_PACKAGES)}",
        *(f"--dpkgopt=path-exclude={pattern}" for pattern in _LEFT_OUT),
        *(f"--aptopt={option}" for option in _proxies()),
        "",
        str(unfinished),
        "-",
    ]
    # The child holds the lock too: whoever comes after a killed run waits until nothing writes here any more.
    with log.open("w", encoding="utf-8") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=output, text=True, pass_fds=(lock,)
        )
        assert child.stdin and child.stderr  # noqa: S101 - both are pipes
        child.stdin.write(_sources())
        child.stdin.close()
        for line in child.stderr:
            output.write(line)
            if line.startswith("I: ") and line.rstrip().endswith("..."):
                say(f"hosts: {line[3:].strip()}")
    if child.wait():
        raise RehearsalError(
            f"mmdebstrap could not make the hosts' root file system; {log} says why "
            "(mend that, or set STATESIDE_HOSTS=off to go on without hosts)"
        )
    for pattern in _UNWANTED:
        for path in unfinished.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (unfinished / "etc/machine-id").touch()
    shutil.copytree(_OVERRIDES, unfinished, dirs_exist_ok=True)
    os.sync()
    unfinished.rename(image)


def _sources() -> str:
    """The machine's own package sources, in its own release; other vendors' repositories are left out.

    Raises:
        RehearsalError: it has none.
    """
    codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    listed = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
    wanted = []
    for line in dict.fromkeys(listed.splitlines()):
        _, release, component = line.split(" ")
        if codename and release.startswith(codename) and component in _COMPONENTS:
            wanted.append(f"deb {line}\n")
    if not wanted:
        raise RehearsalError(
            f"apt has no package source for this machine's own release {codename or '(unknown)'}; add one to "
            "/etc/apt/sources.list.d, or set STATESIDE_HOSTS=off to go on without hosts"
        )
    return "".join(wanted)


def _proxies() -> list[str]:
    """The machine's way to its package sources, which mmdebstrap doesn't take over by itself."""
    dumped = run("apt-config", "dump", "Acquire").splitlines()
    return [line for line in dumped if line.lower().startswith(("acquire::http::proxy ", "acquire::https::proxy "))]
