"""The engine as a run needs it: what to call, where, and how to stop it."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Engine:
    """How to call the engine. `directory` is the one of Pulumi.yaml; `environment` comes on top of the shell's."""

    command: tuple[str, ...]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(
        self, arguments: Sequence[str], out: Path | None, errors: Path | None, more: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Starts it; what it prints goes to files, or to the terminal where there is None."""
        with ExitStack() as files:
            return subprocess.Popen(
                [*self.command, *arguments, "--non-interactive"],
                cwd=self.directory,
                env={**os.environ, **self.environment, **(more or {})},
                stdin=subprocess.DEVNULL,
                stdout=files.enter_context(out.open("wb")) if out else None,
                stderr=files.enter_context(errors.open("wb")) if errors else None,
                # A Ctrl-C is passed on by `end`, once: of a second the engine dies without writing its state.
                process_group=0,
            )

    def ask(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Runs it to its end, and returns what it printed."""
        return subprocess.run(
            [*self.command, *arguments, "--non-interactive"],
            cwd=self.directory,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


def end(process: "subprocess.Popen[bytes]") -> None:
    """Interrupts an engine, which ends what is under way and writes its state; a second Ctrl-C kills it."""
    try:
        process.send_signal(signal.SIGINT)
        process.wait()
    except KeyboardInterrupt:
        process.kill()
        process.wait()
