"""The models of bodies and answers: which fields an object of the API has, and of what type each is.

Source: https://github.com/oracle/oci-python-sdk, `src/oci/*/models/*.py`: `swagger_types` and `attribute_map` are
literals there, the subtypes of a model stand in its `get_subtype`.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any

from rehearsal.doors.api.sdk.sources import sdk_sources

_LIST, _MAP = re.compile(r"list\[(.*)\]"), re.compile(r"dict\(str, (.*)\)")
_RETURNED = re.compile(r"^ *- returned: (\w+)$", re.MULTILINE)
_UNSAID = "NONE"
_PLAIN = frozenset({"str", "int", "float", "bool", "datetime", "date", "object", "bytes", "stream"})


@dataclass(frozen=True)
class Field:
    """One field: its type as the SDK writes it, its values where they are told, and whether it must be given.

    `returned` is when a SCIM attribute is in an answer: `always`, `default`, `request` or `never`.
    """

    name: str
    type: str
    values: frozenset[str] = frozenset()
    required: bool = False
    returned: str = ""

    @property
    def item(self) -> str:
        """The type of a list's elements; empty for what is no list."""
        found = _LIST.fullmatch(self.type)
        return found[1] if found else ""

    @property
    def value(self) -> str:
        """The type of a map's values; empty for what is no map."""
        found = _MAP.fullmatch(self.type)
        return found[1] if found else ""

    @property
    def one(self) -> "Field":
        """An element of a list or map, as a field of its own; the values that are told are those of its elements."""
        return Field(self.name, self.item or self.value, self.values)


@dataclass(frozen=True)
class Model:
    """An object of the API, by the names of its fields; `kinds` are its subtypes by the value of the field `kind`."""

    name: str
    module: str
    fields: Mapping[str, Field]
    kind: str = ""
    kinds: Mapping[str, str] = dataclass_field(default_factory=dict)

    def of(self, body: Any) -> "Model":
        """The subtype that a body is of, or the model itself. What says nothing is of `NONE`."""
        if not self.kind or not isinstance(body, dict):
            return self
        wanted = str(body.get(self.kind) or _UNSAID).upper()
        name = next((model for value, model in self.kinds.items() if value.upper() == wanted), "")
        return (model_of(self.module, name) if name and name != self.name else None) or self


def model_of(module: str, name: str) -> Model | None:
    """A model by its name, as an operation or a field names it; None for plain types and for what isn't there."""
    return _read(module, name) if name not in _PLAIN and name in _files(module) else None


@cache
def _files(module: str) -> Mapping[str, str]:
    """The file of each model of a module: its `__init__` imports them all."""
    place = sdk_sources() / module / "models" / "__init__.py"
    if not place.exists():
        return {}
    found = re.findall(r"^from \.(\w+) import (\w+)$", place.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: file for file, name in found}


@cache
def _read(module: str, name: str) -> Model | None:
    path = sdk_sources() / module / "models" / f"{_files(module)[name]}.py"
    definition = next(
        (
            each
            for each in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(each, ast.ClassDef) and each.name == name
        ),
        None,
    )
    if definition is None:
        return None
    methods = {each.name: each for each in definition.body if isinstance(each, ast.FunctionDef)}
    types, names = _literal(methods["__init__"], "swagger_types"), _literal(methods["__init__"], "attribute_map")
    described = {each.name: ast.get_docstring(each) or "" for each in _getters(definition)}
    init = ast.get_docstring(methods["__init__"]) or ""
    fields = {
        api: _field(api, types[attribute], _allowed(init, attribute), described.get(attribute, ""))
        for attribute, api in names.items()
    }
    subtype = methods.get("get_subtype")
    kind, kinds = _subtypes(subtype) if subtype else ("", {})
    return Model(name, module, fields, kind, kinds)


def _field(name: str, type: str, values: frozenset[str], described: str) -> Field:
    returned = _RETURNED.search(described)
    return Field(name, type, values, described.startswith("**[Req"), returned[1] if returned else "")


def _getters(definition: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    for node in definition.body:
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(each, ast.Name) and each.id == "property" for each in node.decorator_list
        ):
            yield node


def _literal(method: ast.FunctionDef, attribute: str) -> dict[str, str]:
    for node in ast.walk(method):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Attribute)
            and node.targets[0].attr == attribute
        ):
            found: dict[str, str] = ast.literal_eval(node.value)
            return found
    return {}


def _allowed(docstring: str, attribute: str) -> frozenset[str]:
    found = re.search(
        rf"^:param {attribute}:.*?Allowed values for (?:this property|items in this list) are: (.*)",
        docstring.partition(f":type {attribute}:")[0],
        re.MULTILINE | re.DOTALL,
    )
    return frozenset(re.findall(r'"([^"]*)"', found[1])) if found else frozenset()


def _subtypes(method: ast.FunctionDef) -> tuple[str, dict[str, str]]:
    """The field that tells subtypes apart, and the model of each of its values."""
    subscripts = (node.slice for node in ast.walk(method) if isinstance(node, ast.Subscript))
    keys = [str(each.value) for each in subscripts if isinstance(each, ast.Constant)]
    return (keys[0] if keys else ""), dict(_cases(method))


def _cases(method: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    for node in ast.walk(method):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and isinstance(node.body[0], ast.Return):
            value, model = node.test.comparators[0], node.body[0].value
            if isinstance(value, ast.Constant) and isinstance(model, ast.Constant):
                yield str(value.value), str(model.value)
