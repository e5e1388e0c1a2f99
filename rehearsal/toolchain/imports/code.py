"""Writes definitions of resources as the Python of a program: the classes and names of the installed SDK."""

import json
import keyword
import re
from collections.abc import Iterator
from typing import Any

from rehearsal.toolchain.imports.definitions import Block, DefinitionError, PropertyName, Reference, Secret

_INDENT = "    "
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-rt-z])")
_NOT_A_NAME = re.compile(r"\W")
_SDK = "oci"


def python_code(blocks: list[Block]) -> str:
    """The statements that declare what was imported.

    Raises:
        DefinitionError: something of it can't be written.
    """
    resources = [block for block in blocks if block.kind == "resource"]
    if others := {block.kind for block in blocks} - {"resource", "package"}:
        raise DefinitionError(f"no code can be written for a {min(others)}")
    lines = ["import pulumi", f"import pulumi_oci as {_SDK}", ""]
    for name in sorted(_providers(resources)):
        lines.append(
            f"# {_variable(name)} is the provider that the import was given; the program has its own name for it."
        )
    return "\n".join([*lines, *map(_statement, resources)]) + "\n"


def python_name(name: str) -> str:
    """How the SDK calls a property: `ipv6cidrBlocks` is `ipv6cidr_blocks`."""
    made = _BOUNDARY.sub("_", name).lower()
    return f"{made}_" if keyword.iskeyword(made) else made


def _providers(resources: list[Block]) -> set[str]:
    options = (inner.attributes for block in resources for inner in block.blocks if inner.kind == "options")
    return {given["provider"].path for given in options if isinstance(given.get("provider"), Reference)}


def _statement(block: Block) -> str:
    name, token = block.labels
    package, module, kind = token.split(":")
    if package != _SDK:
        raise DefinitionError(f"no code can be written for a {token}")
    attributes = dict(block.attributes)
    logical = attributes.pop("__logicalName", name)
    lines = [f"{_variable(name)} = {_SDK}.{module.partition('/')[0].lower()}.{kind}(", f"{_INDENT}{_text(logical)},"]
    lines += [f"{_INDENT}{python_name(key)}={_value(value, 1)}," for key, value in attributes.items()]
    for inner in block.blocks:
        if inner.kind == "options":
            given = ", ".join(f"{python_name(key)}={_value(value, 1)}" for key, value in inner.attributes.items())
            lines.append(f"{_INDENT}opts=pulumi.ResourceOptions({given}),")
    return "\n".join([*lines, ")"])


def _value(value: Any, depth: int) -> str:
    match value:
        case Reference(path):
            first, *rest = path.split(".")
            return ".".join([_variable(first), *map(python_name, rest)])
        case Secret(inner):
            return f"pulumi.Output.secret({_value(inner, depth)})"
        case dict():
            return _listed(
                "{}",
                (
                    f"{_text(python_name(key) if isinstance(key, PropertyName) else key)}: {_value(each, depth + 1)}"
                    for key, each in value.items()
                ),
                depth,
            )
        case list():
            return _listed("[]", (_value(each, depth + 1) for each in value), depth)
        case str():
            return _text(value)
        case _:
            return repr(value)


def _listed(marks: str, items: Iterator[str], depth: int) -> str:
    lines = [f"{_INDENT * (depth + 1)}{item},\n" for item in items]
    return f"{marks[0]}\n{''.join(lines)}{_INDENT * depth}{marks[1]}" if lines else marks


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _variable(name: str) -> str:
    made = _NOT_A_NAME.sub("_", name)
    taken = keyword.iskeyword(made) or made in ("pulumi", _SDK)
    return f"{made}_provider" if made == _SDK else f"{made}_" if taken else made
