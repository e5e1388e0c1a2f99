"""From a Python annotation in the provider's source to a type: `pulumi.Input[Optional[Sequence[...]]]` is a list."""

import ast
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from provider_schema.errors import SchemaError
from provider_schema.types import Kind, ObjectType, Type

_PLAIN: dict[str, Kind] = {"str": "string", "bool": "boolean", "int": "integer", "float": "number", "Any": "any"}
_TRANSPARENT = {"Input", "Output", "Optional"}

# Reads an object type: the file that holds its class, and the name of the class.
ReadObject = Callable[[Path, str], ObjectType]


@cache
def parse_annotation(text: str) -> ast.expr:
    """The expression of an annotation."""
    return ast.parse(text, mode="eval").body


def optional_layers(node: ast.expr) -> int:
    """How many `Optional` an annotation is wrapped in."""
    if isinstance(node, ast.Subscript) and (name := _last_name(node.value)) in _TRANSPARENT:
        return optional_layers(node.slice) + (name == "Optional")
    return 0


def type_of(node: ast.expr, directory: Path, read_object: ReadObject) -> Type:
    """The type that an annotation in a module of this directory stands for.

    Raises:
        SchemaError: the annotation has a form that is not known.
    """
    match node:
        case ast.Subscript(value=outer, slice=inner) if _last_name(outer) in _TRANSPARENT:
            return type_of(inner, directory, read_object)
        case ast.Subscript(value=outer, slice=inner) if _last_name(outer) == "Sequence":
            return Type("list", type_of(inner, directory, read_object))
        case ast.Subscript(value=outer, slice=ast.Tuple(elts=[_, inner])) if _last_name(outer) == "Mapping":
            return Type("map", type_of(inner, directory, read_object))
        case ast.Subscript(value=outer, slice=ast.Tuple(elts=[first, *_])) if _last_name(outer) == "Union":
            # The others are the same object as a dict and as an output.
            return type_of(first, directory, read_object)
        case ast.Constant(value=str(reference)):
            where, _, name = reference.rpartition(".")
            file = directory / ("outputs.py" if where == "outputs" else "_inputs.py")
            return Type("object", object_name=name, read_object=partial(read_object, file, name))
        case ast.Name() | ast.Attribute() if (kind := _PLAIN.get(_last_name(node))) is not None:
            return Type(kind)
    raise SchemaError(f"pulumi-oci has an annotation of an unknown form: {ast.unparse(node)}")


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
