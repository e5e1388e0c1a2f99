"""How the provider itself treats each argument, from its own schema: `provider-schema.jsonl`, described in
`provider-schema.md`.

The file has one line a type and is read once; a line is parsed when its type is asked for. What the installed package
has and the file lacks (newer types and arguments) is guessed from the package's documentation: see
`provider_schema.guess`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from provider_schema.arguments import Argument, Described, Suppression, Validator
from provider_schema.catalogue import resource_type
from provider_schema.guess import guessed
from provider_schema.types import Kind, Property, ResourceType

DATA = Path(__file__).parent / "provider-schema.jsonl"

_TYPE = re.compile(r'"type": ?"(oci:[^"]+)"')
_KINDS: Mapping[str, Kind] = {"b": "boolean", "i": "integer", "n": "number", "m": "map", "o": "object", "l": "list"}

Flags = Mapping[str, Any]


@cache
def _lines() -> dict[str, str]:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return {found[1]: line for line in lines if (found := _TYPE.search(line))}


def measured_tokens() -> tuple[str, ...]:
    """The token of every type that the file has, sorted."""
    return tuple(_lines())


def measured_paths(token: str) -> tuple[str, ...]:
    """Every path of a type that the file has, written as `provider_schema.argument_paths` does.

    Those that only the provider fills are among them: the installed package takes them for arguments.
    """
    data = json.loads(_lines()[token])
    return (*data["arguments"], *data.get("inside", ()))


@cache
def measured(token: str) -> Described | None:
    """A type as the provider's own schema has it; None for the types that the file lacks."""
    line = _lines().get(token)
    if line is None:
        return None
    data = json.loads(line)
    secret = frozenset(data.get("secretOutputs", ()))
    outputs = {name: _output(name, name in secret) for name in data.get("outputs", ()) if name != "id"}
    return Described(
        token,
        arguments=outputs | _tree(data["arguments"], data.get("inside", {})),
        timeouts=data.get("timeouts", {}),
        has_no_update=bool(data.get("noUpdate")),
    )


@cache
def described(token: str) -> Described:
    """A type as well as it is known: measured, completed with guesses for what is newer than the measurement.

    Raises:
        UnknownTypeError: the installed provider has no such type.
    """
    schema = resource_type(token)
    known, guess = measured(token), guessed(schema)
    if known is None:
        return guess
    arguments = {name: _completed(found, guess.arguments.get(name)) for name, found in known.arguments.items()}
    typed = {name: _typed(schema, found) for name, found in arguments.items()}
    return replace(known, arguments={**guess.arguments, **typed})


def _completed(known: Argument, guess: Argument | None) -> Argument:
    """An argument with the fields that only the installed package has."""
    if guess is None or not known.fields:
        return known
    fields = {name: _completed(found, guess.fields.get(name)) for name, found in known.fields.items()}
    return replace(known, fields={**guess.fields, **fields})


def _typed(schema: ResourceType, found: Argument) -> Argument:
    """An output with the type that the package gives it: the file has only its name."""
    output: Property | None = schema.outputs.get(found.name)
    if not found.is_output or output is None:
        return found
    element = output.type.element
    return replace(found, kind=output.type.kind, element=element.kind if element else None)


def _output(name: str, secret: bool) -> Argument:
    return Argument(name, "any", computed=True, is_output=True, sensitive=secret)


def _tree(arguments: Mapping[str, Flags], inside: Mapping[str, Flags]) -> dict[str, Argument]:
    children: dict[str, list[tuple[str, Flags, bool]]] = {}
    for paths, is_output in ((arguments, False), (inside, True)):
        for path, flags in paths.items():
            parent, _, name = path.rpartition(".")
            children.setdefault(parent, []).append((name, flags, is_output))
    return dict(_branch(children, ""))


def _branch(children: Mapping[str, list[tuple[str, Flags, bool]]], parent: str) -> Iterator[tuple[str, Argument]]:
    for name, flags, is_output in children.get(parent, ()):
        path = f"{parent}.{name}" if parent else name
        fields = dict(_branch(children, path)) | dict(_branch(children, f"{path}[]"))
        yield name, _argument(name, flags, fields, is_output)


def _argument(name: str, flags: Flags, fields: Mapping[str, Argument], is_output: bool) -> Argument:
    kind: Kind = _KINDS.get(flags.get("t", ""), "string")
    element: Kind | None = _KINDS.get(flags.get("e", ""), "string") if kind in ("list", "map") else None
    if flags.get("m1"):
        kind, element = (element or "string"), None
    digest = flags.get("sf")
    return Argument(
        name,
        kind,
        element,
        fields,
        required="r" in flags and not is_output,
        computed="c" in flags or is_output,
        is_output=is_output,
        forces_replacement="f" in flags,
        sensitive="s" in flags,
        is_set="set" in flags,
        has_own_hash="h" in flags,
        default=flags.get("d"),
        autonamed="an" in flags,
        deprecated="dep" in flags,
        suppression=_suppression(flags.get("sup")),
        element_suppression=_suppression(flags.get("es")),
        digest=digest if digest in ("md5", "sha256") else "",
        validator=_validator(flags),
        fewest=flags.get("min", 0),
        most=flags.get("max"),
        conflicts=tuple(flags.get("x", ())),
    )


def _suppression(flag: Any) -> Suppression:
    return "other" if flag == 1 else flag or ""


def _validator(flags: Flags) -> Validator | None:
    match flags.get("v"):
        case list(values):
            return Validator(values=tuple(values), minds_case="vc" in flags)
        case dict(limits):
            return Validator(minimum=limits.get("min"), maximum=limits.get("max"))
        case "int" | "json" | "notEmpty" as form:
            return Validator(form=form)
    return None  # none, or code of the provider's own
