"""Runs the engine against a rehearsal: its environment, its stacks, and what it leaves behind when it is killed.

A stack runs off its own file in `stacks/` where that file has an encryption salt (the rehearsal's, whose passphrase is
no secret). Any other stack runs off a copy that is given one, so that production's file stays as it is.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from boundary import BoundaryError
from boundary.strict_yaml import parse_yaml
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.locks import dead_locks, why
from rehearsal.toolchain.processes import dying_with_parent
from runs.engine import Engine
from runs.errors import Exit
from runs.record import Record

PROJECT = "stateside"
PASSPHRASE = "rehearsal"  # noqa: S105 - it protects nothing: what a rehearsal encrypts lies beside its own key
_LOOPBACK = "127.0.0.1,localhost"


class Session:
    """The engine, pointed at one rehearsal."""

    def __init__(self, home: Home, door_port: int) -> None:
        self.home = home
        self._port = door_port

    def environment(self) -> dict[str, str]:
        """What a shell needs for plain `pulumi` commands to work on the rehearsal."""
        no_proxy = ",".join(filter(None, (os.environ.get("no_proxy"), _LOOPBACK)))
        return {
            "PATH": os.pathsep.join((str(self.home.bin), str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
            "PULUMI_HOME": str(self.home.pulumi_home),
            # Without sidecar files of attributes: the engine writes those in place, and one that a kill cut short
            # makes the whole state unreadable ("failed to load checkpoint: EOF").
            "PULUMI_BACKEND_URL": f"file://{self.home.state}?metadata=skip",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_DEBUG_PROVIDERS": f"oci:{self._port}",
            "PULUMI_OPTION_POLICY_PACK": "",  # a guarded run names it; a shell's own would load it twice
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
            "STATESIDE_REHEARSAL": str(self.home.path),
            "no_proxy": no_proxy,
        }

    def engine(self) -> Engine:
        """The engine as a guarded run calls it."""
        return Engine(tuple(dying_with_parent([str(self.home.bin / "pulumi")])), CHECKOUT, self.environment())

    def run(
        self,
        *arguments: str | Path,
        cwd: Path = CHECKOUT,
        capture: bool = True,
        extra: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs the engine to its end; with `capture` off, what it prints goes to the terminal."""
        command = [str(self.home.bin / "pulumi"), *map(str, arguments), "--non-interactive"]
        # A preview builds the whole state anew after each step too, and throws it away.
        quicker = {"PULUMI_SKIP_CHECKPOINTS": "true"} if arguments[:1] == ("preview",) else {}
        return subprocess.run(
            dying_with_parent(command),
            cwd=cwd,
            env={**os.environ, **self.environment(), **quicker, **(extra or {})},
            stdin=subprocess.DEVNULL,
            capture_output=capture,
            text=True,
            check=False,
        )

    def record(self, stack: str) -> Record:
        """The files of the last runs of a stack."""
        return Record(self.home.runs / stack)

    def stacks(self) -> list[str]:
        """The stacks that have state here."""
        return sorted(path.stem for path in self._records.glob("*.json"))

    def state_file(self, stack: str) -> Path:
        """Where the state of a stack lies, or would lie."""
        return self._records / f"{stack}.json"

    def holds_nothing(self, stack: str) -> bool:
        """Whether the state of a stack knows of no resource; True where there is no state yet."""
        record = self.state_file(stack)
        if not record.exists():
            return True
        checkpoint = json.loads(record.read_text(encoding="utf-8")).get("checkpoint") or {}
        return not (checkpoint.get("latest") or {}).get("resources")

    def stack_options(self, stack: str, more: Mapping[str, str] | None = None) -> list[str]:
        """Options that select a stack and its configuration, with `more` of it, making the stack where there is none.

        Raises:
            RehearsalError: there is no such stack, or its file can't be read.
        """
        source = CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml"
        configuration = read_stack_file(source)
        if "encryptionsalt" in configuration and not more:
            self._create(stack, source.parent.parent)
            return ["--stack", stack]
        return ["--stack", stack, "--config-file", str(self._copy(stack, source, more or {}))]

    def forget(self, stack: str) -> None:
        """Removes a stack that has been destroyed."""
        self.run("stack", "rm", "--stack", stack, "--yes", "--preserve-config")
        for directory in (self.home.stacks, self.home.shell):
            (directory / f"Pulumi.{stack}.yaml").unlink(missing_ok=True)

    def release_dead_locks(self, stack: str) -> bool:
        """Removes the state locks of engines that were killed; one that is alive keeps its lock."""
        dead = dead_locks(self.home.state / ".pulumi" / "locks" / "organization" / PROJECT / stack)
        for path in dead:
            path.unlink(missing_ok=True)
        return bool(dead)

    def settle_interrupted(self, stack: str, options: Sequence[str]) -> bool:
        """Clears what a killed run left as pending in the state, once the state has been compared with the world.

        A creation under way is cleared too: the world gives its resource back to the next run that asks for it.

        Raises:
            RehearsalError: the engine could not compare them.
        """
        record = json.loads(self.state_file(stack).read_text(encoding="utf-8"))
        if not ((record.get("checkpoint") or {}).get("latest") or {}).get("pending_operations"):
            return False
        run = self.run("refresh", *options, "--yes", "--skip-preview", "--clear-pending-creates")
        if run.returncode:
            reason = why(stack, run.stderr or run.stdout)
            raise RehearsalError(f"the state of {stack} can't be refreshed after an interruption: {reason}")
        return True

    @property
    def _records(self) -> Path:
        return self.home.state / ".pulumi" / "stacks" / PROJECT

    def _create(self, stack: str, directory: Path) -> None:
        if self.state_file(stack).exists():
            return
        made = self.run("stack", "init", stack, "--no-select", cwd=directory)
        if made.returncode:
            raise RehearsalError(f"the stack {stack} could not be made: {why(stack, made.stderr or made.stdout)}")

    def _copy(self, stack: str, source: Path, more: Mapping[str, str]) -> Path:
        copy = self.home.stacks / source.name
        project = self.home.stacks / "Pulumi.yaml"
        project.write_text(f"name: {PROJECT}\nruntime: python\n", encoding="utf-8")
        self._create(stack, self.home.stacks)
        salt = self._salt(stack, copy)
        partial = copy.with_suffix(".partial")
        configuration = read_stack_file(source)
        configuration["config"] = {**(configuration.get("config") or {}), **more}
        partial.write_text(yaml.safe_dump({**configuration, "encryptionsalt": salt}), encoding="utf-8")
        partial.rename(copy)
        return copy

    def _salt(self, stack: str, copy: Path) -> str:
        """The salt that the stack was made with: in its file, or in its state when the file has been lost."""
        if copy.exists():
            return str(yaml.safe_load(copy.read_text(encoding="utf-8"))["encryptionsalt"])
        record = self.state_file(stack)
        latest = json.loads(record.read_text(encoding="utf-8"))["checkpoint"].get("latest") or {}
        if "secrets_providers" in latest:
            return str(latest["secrets_providers"]["state"]["salt"])
        record.unlink()  # a run was killed while it made the stack: there is nothing in it
        self._create(stack, self.home.stacks)
        return self._salt(stack, copy)


def read_stack_file(path: Path) -> dict[str, Any]:
    """A stack's configuration file.

    Raises:
        RehearsalError: there is none, or it is not a YAML mapping.
    """
    try:
        data = parse_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = sorted(other.stem.removeprefix("Pulumi.") for other in path.parent.glob("Pulumi.*.yaml"))
        name = path.stem.removeprefix("Pulumi.")
        sentence = f"there is no stack {name}: stacks/ has {', '.join(known)}; name one of them"
        raise RehearsalError(sentence, Exit.BAD_INPUT) from None
    except (OSError, UnicodeDecodeError) as error:
        sentence = f"{path} can't be read ({error}); check its permissions and encoding"
        raise RehearsalError(sentence, Exit.BAD_INPUT) from None
    except BoundaryError as error:
        raise RehearsalError(f"stacks/{path.name} {error}", Exit.BAD_INPUT) from None
    if not isinstance(data, dict):
        raise RehearsalError(f"stacks/{path.name} holds no mapping; write `config:` and its keys", Exit.BAD_INPUT)
    return data
