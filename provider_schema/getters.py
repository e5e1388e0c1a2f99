"""The properties of one class: generated classes (arguments, nested objects, resources) have a getter for each.

A getter carries all that is known of a property: its camelCase name, its type, whether it is deprecated, and the
documentation whose first word says whether it can be updated in place.
"""

import re
from functools import cache
from pathlib import Path

from provider_schema.annotations import optional_layers, parse_annotation, type_of
from provider_schema.errors import SchemaError
from provider_schema.source import class_source
from provider_schema.types import ObjectType, Property

_GETTER = re.compile(
    r'^    @pulumi\.getter(?:\(name="(?P<name>\w+)"\))?\n'
    r'(?P<deprecated>    @_utilities\.deprecated\("""(?s:.*?)"""\)\n)?'
    r"    def (?P<python_name>\w+)\(self\) -> (?P<type>.+):\n"
    r'(?:        """\n        (?:\((?:Required|Optional)\) )?'
    r"(?P<updatable>\((?:Conditionally updatable|Updatable\b))?)?",
    re.MULTILINE,
)


def read_properties(file: Path, class_name: str, secret: frozenset[str] = frozenset()) -> dict[str, Property]:
    """The properties of a class by camelCase name; `secret` holds the camelCase names of those that are.

    Raises:
        SchemaError: the class is missing, or has a getter of an unknown form.
    """
    source = class_source(file, class_name)
    found = {}
    for getter in _GETTER.finditer(source):
        name = getter["name"] or getter["python_name"]
        annotation = parse_annotation(getter["type"])
        found[name] = Property(
            name=name,
            type=type_of(annotation, file.parent, read_object),
            required=optional_layers(annotation) == 0,
            updatable=getter["updatable"] is not None,
            secret=name in secret,
            deprecated=getter["deprecated"] is not None,
        )
    if len(found) != source.count("\n    @pulumi.getter"):
        raise SchemaError(f"{class_name} in {file.name} of pulumi-oci has a property of an unknown form")
    return found


@cache
def read_object(file: Path, class_name: str) -> ObjectType:
    """The object type of a class in `_inputs.py` or `outputs.py`."""
    return ObjectType(class_name, read_properties(file, class_name))
