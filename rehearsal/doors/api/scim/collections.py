"""The collections of an identity domain: `/admin/v1/Users` has `User`s, which the world has as `DomainsUser`s.

Nothing of it is written by hand: the SDK says which model a collection has, `provider_schema` which type sends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from provider_schema import limited_types, request_model
from rehearsal.doors.api.scim.identifiers import is_in_domain
from rehearsal.doors.api.sdk import Model, Table, model_of

_MODULE, _PATH, _ITEMS = "identity_domains", "/admin/v1/", "Resources"


@dataclass(frozen=True)
class Collection:
    """One collection: its name in paths, the model of its items, and the world's types that have it."""

    name: str
    model: Model
    types: tuple[str, ...]

    @property
    def extensions(self) -> tuple[str, ...]:
        """The URNs of what extends the model."""
        return tuple(name for name in self.model.fields if name.startswith("urn:"))


def collections_of(table: Table) -> Mapping[str, Collection]:
    """Every collection, by its name."""
    found: dict[str, Collection] = {}
    for operation in table.by_module.get(_MODULE, ()):
        name = operation.path.removeprefix(_PATH)
        answer = model_of(_MODULE, operation.response) if operation.is_list and "/" not in name else None
        model = model_of(_MODULE, answer.fields[_ITEMS].item) if answer and _ITEMS in answer.fields else None
        if model is not None:
            found[name] = Collection(name, model, _types_of(model))
    return found


def _types_of(model: Model) -> tuple[str, ...]:
    return tuple(
        type
        for type in limited_types()
        if is_in_domain(type) and (sent := request_model(type)) is not None and sent[0] == model.name
    )
