"""A program on an engine that answers each registration with its own inputs, and does nothing else."""

import asyncio
import contextvars
import runpy
from functools import partial
from typing import Any

from pulumi.runtime import mocks

from tests.unit.infra.recording import run_as_engine


class _Echo(mocks.Mocks):
    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> Any:
        return {}


def run(program: str, recording: str, times: str, turn: str) -> int:
    """Runs a program with its configuration, and says how many outputs the SDK waited for in rounds."""
    settings = {"project": "stateside", "stack": "bench", "preview": True}
    config = {"stateside:recording": recording, "stateside:times": times, "stateside:turn": turn}
    runs = run_as_engine(partial(runpy.run_path, program, run_name="__main__"), _Echo(), settings, config)
    return contextvars.copy_context().run(asyncio.run, runs)
