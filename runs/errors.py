"""The one error of this room, and the exit codes of a run."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ends. `python -m policies.check` has the same codes for the same ends."""

    CLEAN = 0
    """The run came to its end, every rule had its say on every resource, and none was violated."""
    VIOLATION = 1
    """A rule was violated."""
    BAD_INPUT = 2
    """Something that was given can't be used: an option, a file, a stack. Nothing was touched."""
    NOT_JUDGED = 3
    """The run came to its end, but not every rule had its say on every resource: it counts as failed."""
    FAILED = 4
    """The program, the engine or the machine failed."""
    INTERRUPTED = 130
    """Somebody stopped it."""


class RunError(Exception):
    """One clear sentence, fit to show to a person; `code` is what the command exits with."""

    def __init__(self, sentence: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


class RunEndedError(RunError):
    """A run that did not end well, and whose screen has said so already: there is only the code left."""
