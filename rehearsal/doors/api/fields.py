"""Between a resource of the world and the API's objects.

The world keeps a body by the names of the provider's arguments (`names.py`). An answer has what its model has; what is
secret is never in it. A request is taken by its model: a field that the model lacks, one of a wrong type, or one that
is missing is refused as Oracle refuses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from provider_schema import Argument, UnknownTypeError, described
from rehearsal.doors.api.names import Names
from rehearsal.doors.api.sdk import Field, Model, model_of
from rehearsal.world.model import Body, ServiceError, invalid, is_fingerprint

Arguments = Mapping[str, Argument]

# Maps of maps that the world has as the provider writes them, `a.b.c`; it nests defined tags itself.
_FLAT = frozenset({"securityAttributes"})
_NUMBERS = {"int": int, "float": float}
_PLAIN: Mapping[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "bool": (bool,), "str": (str,)}


def arguments_of(type: str) -> Arguments:
    """What the provider has of a type; nothing of what Oracle offers to all."""
    try:
        return described(type).arguments
    except UnknownTypeError:
        return {}


def shown(type: str, body: Body, model: Model) -> Body:
    """The API's object that a resource's body is."""
    return _Object(type, model, arguments_of(type)).shown(body)


def taken(type: str, given: Any, model: Model) -> Body:
    """The body that an API's object means.

    Raises:
        ServiceError: 400, it doesn't fit the model.
    """
    return _Object(type, model, arguments_of(type)).taken(given, "")


@dataclass(frozen=True)
class _Object:
    """One object of a type, on both sides: the API's model, and the provider's arguments."""

    type: str
    model: Model
    arguments: Arguments

    @cached_property
    def names(self) -> Names:
        """Which argument each field is. What has no arguments is kept as the API has it."""
        return Names(self.type, self.arguments or self.model.fields, self.model.fields)

    @cached_property
    def is_flat(self) -> bool:
        """Whether the provider has each of the fields where it would have the object."""
        return bool(self.model.fields) and all(self.names.argument(name) for name in self.model.fields)

    def shown(self, body: Body) -> Body:
        """The API's object."""
        self_of = self._of_kind(body)
        found = {name: self_of._shown_field(field, body) for name, field in self_of.model.fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def taken(self, given: Any, at: str) -> Body:
        """The body that is meant; `at` is where it stands in the request."""
        if not isinstance(given, dict):
            raise invalid(f"{at or 'the body'} is no object of {self.model.name}")
        me = replace(self, model=self.model.of(given))
        for name in given:
            if name not in me.model.fields:
                raise invalid(f"{_at(at, name)}: {me.model.name} has no such field")
        for name, field in me.model.fields.items():
            if field.required and given.get(name) is None:
                raise ServiceError(400, "MissingParameter", f"{_at(at, name)} is missing; {me.model.name} needs it")
        body: Body = {}
        for name, value in given.items():
            if value is not None:
                body |= me._taken_field(me.model.fields[name], value, _at(at, name))
        return body

    def _of_kind(self, body: Body) -> "_Object":
        """As the subtype that a body is of."""
        if not self.model.kind:
            return self
        argument = Names(self.type, self.arguments or body.keys(), [self.model.kind]).argument(self.model.kind)
        return replace(self, model=self.model.of({self.model.kind: body.get(argument or self.model.kind)}))

    def _shown_field(self, field: Field, body: Body) -> Any:
        argument = self.names.argument(field.name)
        value = body.get(argument or field.name)
        if value is not None:
            return self._shown_value(field, self.arguments.get(argument), value)
        flat = None if argument else self._flattened(field)
        return (flat.shown(body) or None) if flat else None

    def _shown_value(self, field: Field, argument: Argument | None, value: Any) -> Any:
        if is_fingerprint(value):
            return None
        if field.item:
            items = (self._shown_value(field.one, argument, each) for each in _listed(value))
            return [each for each in items if each is not None]
        if isinstance(value, list):
            return self._shown_value(field, argument, value[0]) if value else None
        if field.value and isinstance(value, dict):
            whole = _nested(value) if field.value.startswith("dict") else value
            return {key: self._shown_value(field.one, argument, each) for key, each in whole.items()}
        inner = self._inner(field, argument)
        return inner.shown(value) if inner and isinstance(value, dict) else _plain(value, field.type)

    def _taken_field(self, field: Field, value: Any, at: str) -> Body:
        argument = self.names.argument(field.name)
        flat = None if argument else self._flattened(field)
        if flat:
            return flat.taken(value, at)
        return {argument or field.name: self._taken_value(field, self.arguments.get(argument), value, at)}

    def _taken_value(self, field: Field, argument: Argument | None, value: Any, at: str) -> Any:
        if field.item:
            if not isinstance(value, list):
                raise invalid(f"{at} is no list")
            many = [self._taken_value(field.one, argument, each, f"{at}[{place}]") for place, each in enumerate(value)]
            return many[0] if many and argument is not None and argument.is_object else many
        if field.value:
            if not isinstance(value, dict):
                raise invalid(f"{at} is no map")
            found = {key: self._taken_value(field.one, argument, each, f"{at}.{key}") for key, each in value.items()}
            return _flat(found) if field.name in _FLAT else found
        inner = self._inner(field, argument)
        return inner.taken(value, at) if inner else _as_sent(_checked(value, field, at), argument)

    def _inner(self, field: Field, argument: Argument | None) -> "_Object | None":
        model = model_of(self.model.module, field.type)
        return _Object(self.type, model, argument.fields if argument else {}) if model else None

    def _flattened(self, field: Field) -> "_Object | None":
        """An object that the provider has no name for: its fields stand where it would."""
        model = model_of(self.model.module, field.type)
        inner = _Object(self.type, model, self.arguments) if model and self.arguments else None
        if inner is None or not inner.is_flat:
            return None
        return None if any(self.names.knows(inner.names.argument(name)) for name in inner.model.fields) else inner


def _nested(value: Body) -> Body:
    """A map of maps, where the provider writes `a.b.c`; what is nested already stays."""
    found: Body = {}
    for name, item in value.items():
        *outer, last = name.split(".")
        place = found
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = item
    return found


def _flat(value: Body, before: str = "") -> Body:
    found: Body = {}
    for name, item in value.items():
        found |= _flat(item, f"{before}{name}.") if isinstance(item, dict) else {f"{before}{name}": item}
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _checked(value: Any, field: Field, at: str) -> Any:
    """A plain value, if it is of its field's type and one of its values."""
    wanted = _PLAIN.get(field.type, ())
    if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted)):
        raise invalid(f"{at} is {value!r}, which is no {field.type}")
    if field.values and str(value).upper() not in {each.upper() for each in field.values}:
        raise invalid(f"{at} is {value!r}; it may be {', '.join(sorted(field.values))}")
    return value


def _as_sent(value: Any, argument: Argument | None) -> Any:
    """A plain value as the provider would have brought it into the world."""
    is_text = argument is not None and "string" in (argument.kind, argument.element)
    return _plain(value, "str") if is_text and isinstance(value, int | float) else value


def _plain(value: Any, type: str) -> Any:
    """A plain value of the world as the API has it."""
    if type in _NUMBERS and isinstance(value, str):
        try:
            return _NUMBERS[type](value)
        except ValueError:
            return None
    if type == "bool" and isinstance(value, str):
        return value.lower() == "true"
    if type == "str" and not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
