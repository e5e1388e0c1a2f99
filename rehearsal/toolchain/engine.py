"""Finds the Pulumi engine, or builds the real one.

In order: the one that STATESIDE_ENGINE names, a supported `pulumi` on PATH, the one that was built before, a new build
from `tools/engine` into a per-user cache that checkouts share. The cache's key is the pin itself (go.mod and go.sum),
so another pin is another build.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rehearsal.console import say, steps, warn
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, cache_directory
from rehearsal.toolchain.plain import is_command

MINIMUM = (3, 274, 1)
"""The first that is known to keep state in Object Storage over TLS: 3.245 to 3.255 send checksums that Oracle refuses
(docs/traps.md)."""

_PIN = CHECKOUT / "tools" / "engine"
_MODULE = "github.com/pulumi/pulumi/pkg/v3"
_COMMAND = f"{_MODULE}/cmd/pulumi"
_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_MINIMUM_GO = (1, 26)


def find_or_build() -> Path:
    """The engine's executable.

    Raises:
        RehearsalError: the engine that was asked for is too old or doesn't run, or none can be built here.
    """
    named = os.environ.get("STATESIDE_ENGINE")
    if named:
        return _supported(Path(named), "STATESIDE_ENGINE names")
    installed = _installed()
    if installed:
        try:
            return _supported(installed, "PATH has")
        except RehearsalError as error:
            warn(f"{error}; using the pinned engine instead")
    return _built()


def _installed() -> Path | None:
    """The `pulumi` on PATH, but for the command of a shell that `make env` has prepared."""
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("pulumi", path=directory)
        if found and not is_command(Path(found)):
            return Path(found)
    return None


def version_of(engine: Path) -> tuple[int, ...]:
    """An engine's version.

    Raises:
        RehearsalError: it doesn't run.
    """
    environment = os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        run = subprocess.run(
            [engine, "version"], capture_output=True, text=True, env=environment, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RehearsalError(f"{engine} does not run as a Pulumi engine ({error}); install or name another") from None
    found = re.search(r"v?(\d+)\.(\d+)\.(\d+)", run.stdout)
    if found is None:
        raise RehearsalError(f"{engine} does not print a version; install or name another")
    return tuple(map(int, found.groups()))


def _supported(engine: Path, where: str) -> Path:
    version = version_of(engine)
    if version < MINIMUM:
        has, needs = (".".join(map(str, v)) for v in (version, MINIMUM))
        raise RehearsalError(f"the engine that {where} is Pulumi {has}, older than {needs}; install {needs} or newer")
    return engine.absolute()


def pinned_version() -> str:
    """The version that go.mod pins, as `v3.274.1`."""
    found = re.search(rf"{re.escape(_MODULE)} (v\S+)", (_PIN / "go.mod").read_text(encoding="utf-8"))
    if found is None:
        raise RehearsalError(f"tools/engine/go.mod does not require {_MODULE}; restore it from the repository")
    return found[1]


def _built() -> Path:
    key = hashlib.sha256((_PIN / "go.mod").read_bytes() + (_PIN / "go.sum").read_bytes()).hexdigest()[:16]
    directory = cache_directory() / "engine" / f"{pinned_version()}-{key}"
    engine = directory / "pulumi"
    if not engine.exists():
        with _only_one(directory):
            if not engine.exists():
                _build(engine)
    return engine


@contextmanager
def _only_one(directory: Path) -> Iterator[None]:
    """Keeps two checkouts from building the same engine at once."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = (directory / "lock").open("w")
    except OSError as error:
        sentence = f"the cache at {directory} can't be written ({error.strerror}); point STATESIDE_CACHE elsewhere"
        raise RehearsalError(sentence) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(engine: Path) -> None:
    go = _go()
    version = pinned_version()
    say(f"building the Pulumi engine {version} from its source, once for this user (some minutes)")
    listing = _packages(go)
    if listing.returncode:
        raise RehearsalError(
            f"the engine's source can't be had: {_last_line(listing.stderr)}; check the Go module proxy"
        )
    partial = engine.with_suffix(".partial")
    command = [go, "build", "-v", "-buildvcs=false", "-ldflags", f"-s -w -X {_VERSION_VARIABLE}={version}"]
    with steps("engine", len(listing.stdout.splitlines())) as progress:
        build = subprocess.Popen([*command, "-o", partial, _COMMAND], cwd=_PIN, stderr=subprocess.PIPE, text=True)
        last = ""
        for line in build.stderr or ():
            last = line.strip() or last
            progress.advance()
        if build.wait():
            raise RehearsalError(f"the engine could not be built: {last}; see `go build` in tools/engine")
    partial.rename(engine)


def _packages(go: str) -> "subprocess.CompletedProcess[str]":
    command = [go, "list", "-deps", "-f", "{{.ImportPath}}", _COMMAND]
    return subprocess.run(command, cwd=_PIN, capture_output=True, text=True, check=False)


def _go() -> str:
    go = shutil.which("go")
    needs = ".".join(map(str, _MINIMUM_GO))
    if go is None:
        raise RehearsalError(
            f"there is no Pulumi engine and no Go to build one; install Go {needs} or Pulumi's own installer"
        )
    found = re.search(
        r"go(\d+)\.(\d+)", subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout
    )
    if found is None or tuple(map(int, found.groups())) < _MINIMUM_GO:
        raise RehearsalError(f"{go} is older than Go {needs}, which the engine needs; install a newer one")
    return go


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else "no reason given"
