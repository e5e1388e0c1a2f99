"""What `pulumi preview --json` says: each step with the whole state before and after.

The engine writes it also when a policy was violated or a step was refused; after a failure it is what the engine knew
until then. With `--show-sames` it has every resource. Source: pulumi/pulumi, pkg/backend/display/json.go.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from runs.errors import Exit, RunError

UNKNOWN = "known only after the change"
SECRET = "[secret]"  # noqa: S105 - what the engine writes in the place of one

# What the engine writes for a value that it doesn't know yet: sdk/go/common/resource/plugin/rpc.go.
_UNKNOWN_VALUES = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


class Operation(StrEnum):
    """What happens to a resource. The engine's several steps of one replacement are one here."""

    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    READ = "read"
    REFRESH = "refresh"
    IMPORT = "import"


_OPERATIONS = {
    "create-replacement": Operation.REPLACE,
    "delete-replaced": Operation.REPLACE,
    "discard-replaced": Operation.REPLACE,
    "import-replacement": Operation.REPLACE,
    "read-replacement": Operation.READ,
    "discard": Operation.DELETE,
    "remove-pending-replace": Operation.DELETE,
}


@dataclass(frozen=True, slots=True)
class State:
    """A resource as the state keeps it. `raw` has all of it, by the engine's names."""

    raw: Mapping[str, Any]

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The arguments, with secrets as `[secret]`, and `UNKNOWN` for what isn't known yet."""
        return _readable(self.raw.get("inputs") or {})

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The attributes, like `inputs`."""
        return _readable(self.raw.get("outputs") or {})

    @property
    def protected(self) -> bool:
        """Whether the engine refuses to delete it."""
        return bool(self.raw.get("protect"))

    @property
    def position(self) -> str:
        """Where it is declared, as the engine writes it: `project:///infra/data/bucket.py#65`; or empty."""
        return str(self.raw.get("sourcePosition") or "")

    @property
    def trace(self) -> tuple[str, ...]:
        """The calls that led there, the innermost first; frames without a place are left out."""
        frames = self.raw.get("stackTrace") or ()
        return tuple(frame["sourcePosition"] for frame in frames if frame.get("sourcePosition"))


@dataclass(frozen=True, slots=True)
class Step:
    """One resource of a digest. `keys` are the arguments that differ, `replacing` those that force a replacement."""

    urn: str
    operation: Operation
    old: State | None
    new: State | None
    keys: tuple[str, ...] = ()
    replacing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole preview. `errors` are the engine's messages, without what it puts before them."""

    steps: tuple[Step, ...]
    changes: Mapping[str, int]
    errors: tuple[str, ...]


def read_digest(path: Path) -> Digest:
    """Reads what a preview printed.

    Raises:
        RunError: the file can't be read, or holds no digest.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"{path} can't be read ({error.strerror}); run the preview again", Exit.BAD_INPUT) from None
    except ValueError:
        raise RunError(f"{path} is no preview in JSON; run the preview again", Exit.BAD_INPUT) from None
    return digest_of(document, str(path))


def digest_of(document: Any, where: str = "the preview") -> Digest:
    """A digest from its JSON document.

    Raises:
        RunError: the document is no digest.
    """
    if not isinstance(document, dict) or "changeSummary" not in document:
        raise RunError(f"{where} is no preview in JSON; write one with `pulumi preview --json`", Exit.BAD_INPUT)
    messages = document.get("diagnostics") or ()
    errors = tuple(each["message"].removeprefix("error: ") for each in messages if each.get("severity") == "error")
    steps = tuple(_step(each) for each in document.get("steps") or ())
    return Digest(steps, document["changeSummary"] or {}, errors)


def operation(word: str) -> Operation:
    """The engine's word for a step (`create-replacement`) as one of ours."""
    return _OPERATIONS.get(word) or Operation(word)


def _step(step: Mapping[str, Any]) -> Step:
    old, new = step.get("oldState"), step.get("newState")
    return Step(
        step["urn"],
        operation(step["op"]),
        State(old) if old else None,
        State(new) if new else None,
        tuple(step.get("diffReasons") or ()),
        tuple(step.get("replaceReasons") or ()),
    )


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_VALUES else value
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items() if not key.startswith("__")}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value
