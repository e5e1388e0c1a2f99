"""What a provider does with an argument, as far as the installed package lets it be guessed.

This is for the types and arguments that are newer than the measured schema. Forcing replacement is read from the
documentation, which says "(Updatable)" of what doesn't. That a service fills in what is left out is read from the type
of the output of the same name, which is never None then; the package doesn't say it of what lies deeper, where it is
so of nine optional arguments in ten (counted in the measured schema) and is taken to be so.
"""

from collections.abc import Mapping

from provider_schema.arguments import Argument, Described
from provider_schema.types import Property, ResourceType, Type


def guessed(schema: ResourceType) -> Described:
    """A resource type, guessed from the package."""
    outputs = {name: _output(found, name in schema.secret_outputs) for name, found in schema.outputs.items()}
    inputs = {
        name: _argument(found, _is_filled(schema, name), is_name=name == "name")
        for name, found in schema.inputs.items()
    }
    return Described(schema.token, {**outputs, **inputs}, is_measured=False)


def guessed_arguments(properties: Mapping[str, Property]) -> dict[str, Argument]:
    """The arguments of a data source: nothing replaces, nothing is computed."""
    return {name: _argument(found, filled=False) for name, found in properties.items()}


def _is_filled(schema: ResourceType, name: str) -> bool:
    output = schema.outputs.get(name)
    return output is not None and output.required


def _output(found: Property, secret: bool) -> Argument:
    element = found.type.element
    return Argument(
        found.name,
        found.type.kind,
        element.kind if element else None,
        computed=True,
        is_output=True,
        sensitive=secret,
    )


def _argument(
    found: Property, filled: bool, within: tuple[str, ...] = (), *, is_name: bool = False, forces: bool = False
) -> Argument:
    kind, element = found.type.kind, found.type.element
    autonamed = is_name and kind == "string"
    return Argument(
        found.name,
        kind,
        element.kind if element else None,
        _fields(found.type, forces or not found.updatable, within),
        required=found.required and not autonamed,
        computed=filled and not found.required and not autonamed,
        forces_replacement=forces or not found.updatable,
        sensitive=found.secret,
        autonamed=autonamed,
        deprecated=found.deprecated,
    )


def _fields(type: Type, forces: bool, within: tuple[str, ...]) -> dict[str, Argument]:
    """The fields of an object, or of the objects of a list; one that contains itself is followed once."""
    found = type.innermost.object
    if found is None or found.name in within:
        return {}
    return {
        name: _argument(inner, filled=True, within=(*within, found.name), forces=forces)
        for name, inner in found.properties.items()
    }
