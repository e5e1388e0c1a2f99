"""docs/configuration.md: every key of a stack's file, of boundary.yaml, alerts.yaml and backend.yaml.

What a key means is its field's description, its example the value of a stack that sets it. The assumptions of
capacity.md have a page of their own.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assurance.alerts.routes import Routing
from backend.settings import Backends
from boundary import Boundary
from infra.config import StackConfig
from tests.documents.document import ROOT
from tests.unit.infra.recording import STACKS

FILE = Path("docs") / "configuration.md"

_HEAD = """# Configuration

Every key that may be set: its type, its default, its meaning and an example. A key that is *required* has to be given
wherever the keys around it are. An unknown key, a wrong type or a wrong value ends the run with one sentence that names
the key. Written by `make docs` from the models in [infra/config](../infra/config),
[boundary/model.py](../boundary/model.py), [assurance/alerts/routes.py](../assurance/alerts/routes.py) and
[backend/settings.py](../backend/settings.py).
"""
_STACKS = """
## A stack's file

`stacks/Pulumi.<stack>.yaml`, under `config:`. Each key of the first column is written as `stateside:<key>`, for example
`stateside:users: 1000`; a dot stands for a level below, and `[]` for each entry of a list.
"""
_BOUNDARY = """
## boundary.yaml

`stacks/boundary.yaml` is one file for all stacks. `<name>` stands for a name that you choose.
"""
_ALERTS = """
## alerts.yaml

`stacks/alerts.yaml` says who is told of what ([alerts](alerts.md)). What a key means may depend on
the kind of route, which stands before the colon then.
"""
_BACKEND = """
## backend.yaml

`stacks/backend.yaml` says where the state of each stack lies ([against Oracle](against-oracle.md)).
"""
_ELSEWHERE = {
    "capacity": "see [capacity.md](capacity.md#assumptions) for its keys",
    **dict.fromkeys(
        ("silences[].match", "inhibitions[].source", "inhibitions[].target"), "keys as of `routes[].match`"
    ),
}
_COLUMNS = ("| key | type | default | meaning | example |", "|---|---|---|---|---|")
_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false", "number": "number"}
_FORMATS = {"ipv4network": "range, as in 10.0.0.0/16", "date-time": "moment, with its time zone"}


class Key(NamedTuple):
    """One key: where it stands, and what the schema says of it."""

    path: str
    schema: Mapping[str, Any]
    default: Any
    required: bool


def text() -> str:
    """The whole document."""
    stacks = [_yaml(f"Pulumi.{stack}.yaml")["config"] for stack in STACKS]
    set_in = [{key.removeprefix("stateside:"): value for key, value in each.items()} for each in stacks]
    parts = [_HEAD, _STACKS, *_tables(stack_keys(), set_in), _BOUNDARY]
    parts += [*_tables(boundary_keys(), [_yaml("boundary.yaml")])]
    parts += [_ALERTS, *_tables(alert_keys(), [_yaml("alerts.yaml")])]
    parts += [_BACKEND, *_tables(backend_keys(), [_yaml("backend.yaml")])]
    return "\n".join(parts) + "\n"


def stack_keys() -> list[Key]:
    """Every key under `stateside:`."""
    return [*_Schema(StackConfig.model_json_schema()).keys()]


def boundary_keys() -> list[Key]:
    """Every key of boundary.yaml."""
    return [*_Schema(Boundary.model_json_schema()).keys()]


def alert_keys() -> list[Key]:
    """Every key of alerts.yaml."""
    return [*_Schema(Routing.model_json_schema()).keys()]


def backend_keys() -> list[Key]:
    """Every key of backend.yaml."""
    return [*_Schema(Backends.model_json_schema()).keys()]


def example_of(key: Key, files: list[Any]) -> Any:
    """A value: of the first file that sets it, of the model, or the default.

    Raises:
        LookupError: nobody has one.
    """
    found = (value for file in files for value in _at(file, key.path.split(".")))
    default = [] if key.default in (None, "") else [key.default]
    for value in (*found, *key.schema.get("examples", []), *default):
        return value
    raise LookupError(f"{key.path} has no example; write one into its field")


class _Schema:
    """The JSON schema of a model, with what it refers to."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema, self._definitions = schema, schema.get("$defs", {})

    def keys(self) -> Iterator[Key]:
        yield from self._below("", self._schema, {})

    def _below(self, prefix: str, model: Mapping[str, Any], given: Any) -> Iterator[Key]:
        """The keys of a model; `given` is what the default of the model itself says of them."""
        for name, schema in model["properties"].items():
            path = f"{prefix}{name}"
            whole = self._resolved(schema)
            inherited = isinstance(given, Mapping) and name in given
            default = given[name] if inherited else whole.get("default")
            yield Key(path, whole, default, name in model.get("required", ()) and not inherited)
            if path in _ELSEWHERE:
                continue
            if "properties" in whole:
                yield from self._below(f"{path}.", whole, default)
            for where, entries in (("[]", "items"), (".<name>", "additionalProperties")):
                entry = whole.get(entries)
                if isinstance(entry, Mapping) and "properties" in entry:
                    yield from self._below(f"{path}{where}.", entry, {})
                elif isinstance(entry, Mapping) and "oneOf" in entry:
                    yield from self._kinds(f"{path}{where}.", entry["discriminator"])

    def _kinds(self, prefix: str, discriminator: Mapping[str, Any]) -> Iterator[Key]:
        """The keys of entries of several kinds: what tells the kind, those of all kinds, and the others by kind."""
        tag, names = discriminator["propertyName"], discriminator["mapping"]
        models = {kind: self._definitions[reference.rpartition("/")[2]] for kind, reference in sorted(names.items())}
        shared = set.intersection(*(set(model["properties"]) for model in models.values())) - {tag}
        yield Key(f"{prefix}{tag}", {"enum": list(models), "description": "which kind it is"}, None, required=True)
        for number, (kind, model) in enumerate(models.items()):
            for key in self._below(prefix, model, {}):
                top = key.path.removeprefix(prefix).partition(".")[0]
                if top in shared and number == 0:
                    yield key
                elif top not in shared and top != tag:
                    description = f"{kind}: {key.schema.get('description', '')}"
                    yield key._replace(schema={**key.schema, "description": description})

    def _resolved(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What a schema is with its references followed, and without the choice of being absent."""
        choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
        merged = {**(choices[0] if choices else {}), **schema}
        if reference := merged.pop("$ref", ""):
            merged = {**self._definitions[reference.rpartition("/")[2]], **merged}
        for part in ("items", "additionalProperties"):
            if isinstance(merged.get(part), Mapping):
                merged[part] = self._resolved(merged[part])
        return merged


def _tables(keys: list[Key], files: list[Any]) -> Iterator[str]:
    """A table of the keys that stand alone, and a section for each key that has others below it."""
    groups: dict[str, list[Key]] = {}
    nested = {key.path.partition(".")[0].removesuffix("[]") for key in keys if "." in key.path}
    for key in keys:
        top = key.path.partition(".")[0].removesuffix("[]")
        groups.setdefault(top if top in nested else "", []).append(key)
    for top, members in sorted(groups.items(), key=lambda group: group[0] != ""):
        heading = [f"### {top}\n"] if top else []
        if top and "properties" in members[0].schema:
            heading.append(f"{_sentence(members[0])}\n")
        rows = (_row(key, files) for key in members[len(heading) > 1 :])
        yield "\n".join((*heading, *_COLUMNS, *rows, ""))


def _sentence(key: Key) -> str:
    text = str(key.schema.get("description", "")).partition("\n\n")[0].replace("\n", " ").rstrip(".")
    return f"{text[:1].upper()}{text[1:]}.{' Has to be given.' if key.required else ''}"


def _row(key: Key, files: list[Any]) -> str:
    has_keys = "properties" in key.schema
    default = "" if has_keys else "required" if key.required else _shown(key.default)
    example = "" if has_keys else _shown(example_of(key, files))
    return f"| `{key.path}` | {_type(key.schema)} | {default} | {_meaning(key)} | {example} |"


def _meaning(key: Key) -> str:
    return "; ".join(filter(None, (key.schema.get("description", "").replace("|", "\\|"), _ELSEWHERE.get(key.path))))


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    match schema.get("type"):
        case "array" if "oneOf" in schema["items"]:
            return f"list{_count(schema)} of: keys below"
        case "array":
            return f"list{_count(schema)} of: {_type(schema['items'])}"
        case "object" if "properties" not in schema:
            return f"map by name of: {_type(schema['additionalProperties'])}"
        case "object":
            return "keys below"
        case "integer" | "number":
            return _WORDS[schema["type"]] + _bounds(schema)
        case kind:
            return _FORMATS.get(schema.get("format", "")) or _WORDS[str(kind)] + _pattern(schema)


def _count(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minItems"), schema.get("maxItems")
    return f" ({least} to {most})" if most else f" ({least} or more)" if least else ""


def _bounds(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        return f", more than {least:,}{f' and at most {most:,}' if most else ''}"
    return f", {least:,} to {most:,}" if most else f", {least:,} or more" if least is not None else ""


def _pattern(schema: Mapping[str, Any]) -> str:
    pattern = str(schema.get("pattern", "")).replace("|", "\\|")
    return f" like `{pattern}`" if pattern else ""


def _shown(value: Any) -> str:
    """A value as it is written in YAML, in one line; a long list of entries by its first."""
    if value in (None, "", [], {}):
        return "none"
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return "see below"
    if isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values()):
        return "see below"
    if isinstance(value, datetime):
        value = value.isoformat().replace("+00:00", "Z")
    written = json.dumps(value, ensure_ascii=False)
    return f"`{written.replace('|', chr(92) + '|')}`"


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    """The values at a path, in the order of the file."""
    if not path:
        yield value
        return
    name, *rest = path
    if name == "<name>":
        for each in value.values() if isinstance(value, Mapping) else ():
            yield from _at(each, rest)
    elif isinstance(value, Mapping) and name.removesuffix("[]") in value:
        below = value[name.removesuffix("[]")]
        for each in below if name.endswith("[]") else [below]:
            yield from _at(each, rest)


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / "stacks" / name).read_text(encoding="utf-8"))
