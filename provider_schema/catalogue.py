"""What the provider offers: tokens, and the type behind each."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from provider_schema.annotations import optional_layers, parse_annotation, type_of
from provider_schema.errors import SchemaError, UnknownTypeError
from provider_schema.getters import read_object, read_properties
from provider_schema.source import class_source, module_file, package_directory
from provider_schema.types import FunctionType, Property, ResourceType

_REGISTERED = re.compile(r'resource_modules="""(.*?)"""', re.DOTALL)
_ARGUMENTS = re.compile(r"__props__ = (\w+)\.__new__\(")
_SECRET_OUTPUTS = re.compile(r"additional_secret_outputs=(\[.*?\])")
_CALL = re.compile(r"pulumi\.runtime\.invoke_output\('(oci:[^']+)', __args__, opts=opts, typ=(\w+)\)")
_SIGNATURE = re.compile(r"^def \w+_output\(.*?\) -> pulumi\.Output\[\w+\]:$", re.DOTALL | re.MULTILINE)
_PARAMETER = re.compile(r"(\w+): (pulumi\.Input\[.+\]) = None,$", re.MULTILINE)
_CALL_ARGUMENT = re.compile(r"__args__\['(\w+)'\] = (\w+)")


@cache
def package_version() -> str:
    """The version of the installed provider package."""
    package_directory()
    return version("pulumi-oci")


@cache
def _registered() -> dict[str, str]:
    """Class name by resource token, from the list that the package registers with the engine."""
    found = _REGISTERED.search((package_directory() / "__init__.py").read_text(encoding="utf-8"))
    if found is None:
        raise SchemaError("pulumi-oci registers no resource types; this version is laid out differently")
    return {token: name for module in json.loads(found[1]) for token, name in module["classes"].items()}


@cache
def resource_tokens() -> tuple[str, ...]:
    """The token of every resource type, sorted."""
    return tuple(sorted(_registered()))


@cache
def resource_type(token: str) -> ResourceType:
    """The type behind a token such as `oci:Core/vcn:Vcn`.

    Raises:
        UnknownTypeError: the installed provider has no such type.
    """
    name = _registered().get(token)
    file = module_file(token.split(":")[1]) if name else None
    if name is None or file is None:
        raise UnknownTypeError("resource type", token, package_version(), resource_tokens())
    source = class_source(file, name)
    arguments = _ARGUMENTS.search(source)
    if arguments is None:
        raise SchemaError(f"{name} in pulumi-oci takes no arguments of a known form; this version differs")
    # Every input that the SDK wraps as a secret is listed as a secret output too.
    listed = _SECRET_OUTPUTS.search(source)
    secret_outputs: frozenset[str] = frozenset(ast.literal_eval(listed[1])) if listed else frozenset()
    return ResourceType(
        token,
        inputs=read_properties(file, arguments[1], secret_outputs),
        outputs=read_properties(file, name, secret_outputs),
        secret_outputs=secret_outputs,
    )


@cache
def argument_paths(token: str) -> tuple[str, ...]:
    """Every input of a resource type, however deep, as a dotted path: `routeRules`, `routeRules[].destination`.

    An object that contains itself is followed once.
    """
    return tuple(_paths(resource_type(token).inputs, "", ()))


def _paths(properties: Mapping[str, Property], prefix: str, within: tuple[str, ...]) -> Iterator[str]:
    for name, described in properties.items():
        yield prefix + name
        found = described.type.innermost.object
        if found is not None and found.name not in within:
            opened = "[]" if described.type.kind == "list" else ""
            yield from _paths(found.properties, f"{prefix}{name}{opened}.", (*within, found.name))


@cache
def function_tokens() -> tuple[str, ...]:
    """The token of every data source, sorted."""
    calls = (_CALL.search(file.read_text(encoding="utf-8")) for file in package_directory().glob("*/get_*.py"))
    return tuple(sorted(call[1] for call in calls if call))


@cache
def function_type(token: str) -> FunctionType:
    """The data source behind a token such as `oci:Core/getServices:getServices`.

    Raises:
        UnknownTypeError: the installed provider has no such data source.
    """
    _, _, module = token.partition(":")
    file = module_file(module.partition(":")[0])
    source = file.read_text(encoding="utf-8") if file else ""
    call = _CALL.search(source)
    if file is None or call is None or call[1] != token:
        raise UnknownTypeError("data source", token, package_version(), function_tokens())
    return FunctionType(token, inputs=_call_inputs(file, source), outputs=read_properties(file, call[2]))


def _call_inputs(file: Path, source: str) -> dict[str, Property]:
    signature = _SIGNATURE.search(source)
    if signature is None:
        raise SchemaError(f"{file.name} in pulumi-oci has no call of a known form; this version differs")
    annotations = {name: parse_annotation(text) for name, text in _PARAMETER.findall(signature[0])}
    inputs = {}
    for name, argument in _CALL_ARGUMENT.findall(source[signature.end() :]):
        annotation = annotations[argument]
        inputs[name] = Property(
            name=name,
            type=type_of(annotation, file.parent, read_object),
            # Every argument has a default of None; one that may be left out is wrapped in a second Optional.
            required=optional_layers(annotation) < 2,
            updatable=False,
            secret=False,
            deprecated=False,
        )
    return inputs
