"""The types that Search lists, each with the fields that a query may name."""

from collections.abc import Iterator, Mapping

from rehearsal.doors.api.sdk import Field, Model, model_of
from rehearsal.doors.api.search.index import SUMMARY
from rehearsal.doors.api.search.types import SearchType
from rehearsal.world.model import Body

_KINDS: Mapping[str, str] = {"int": "INTEGER", "float": "RATIONAL", "bool": "BOOLEAN", "datetime": "DATETIME"}
_DEEPEST = 2


def description(type: SearchType, model: Model | None) -> Body:
    """A type as `ListResourceTypes` shows it."""
    known = [*map(_plain, SUMMARY), *map(_tags, ("definedTags", "systemTags")), _tags("freeformTags")]
    names = {field["fieldName"] for field in known} | {"id"}
    own = (field for field in _fields(model, 1) if field["fieldName"] not in names) if model else ()
    return {"name": type.name, "fields": [*known, *own]}


def _fields(model: Model, depth: int) -> Iterator[Body]:
    for field in model.fields.values():
        yield _field(field, model, depth)


def _field(field: Field, model: Model, depth: int) -> Body:
    inner = model_of(model.module, field.item or field.type)
    if inner is None and not field.value:
        return _plain(field.name, _KINDS.get(field.item or field.type), is_array=bool(field.item))
    properties = list(_fields(inner, depth + 1)) if inner and depth < _DEEPEST else []
    return _plain(field.name, "OBJECT", is_array=bool(field.item)) | {"objectProperties": properties}


def _plain(name: str, kind: str | None = None, *, is_array: bool = False) -> Body:
    guessed = "IDENTIFIER" if name.lower().endswith(("id", "ids", "identifier")) else "STRING"
    kind = kind or ("DATETIME" if name.startswith("time") else guessed)
    return {"fieldName": name, "fieldType": kind, "isArray": is_array, "objectProperties": None}


def _tags(name: str) -> Body:
    parts = ("key", "value") if name == "freeformTags" else ("namespace", "key", "value")
    return _plain(name, "OBJECT", is_array=True) | {"objectProperties": [_plain(part, "STRING") for part in parts]}
