"""Which attributes of a resource are in an answer.

Sources: the query parameters `attributes` and `attributeSets`, and when each attribute is returned, both from the SDK's
models of identity domains, https://docs.oracle.com/iaas/api/#/en/identity-domains/v1/; RFC 7644, section 3.9
"""

from collections.abc import Collection
from dataclasses import dataclass

from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.scim.paths import parts_of
from rehearsal.doors.api.sdk import Model, model_of
from rehearsal.world.model import Body, invalid

_NEVER = "never"
_SETS = {
    "always": frozenset({"always"}),
    "default": frozenset({"always", "default"}),
    "request": frozenset({"always", "request"}),
    "all": frozenset({"always", "default", "request"}),
    _NEVER: frozenset({"always"}),
}


@dataclass(frozen=True)
class Selection:
    """What is asked for: sets of attributes, and attributes by their paths."""

    sets: frozenset[str]
    paths: Collection[tuple[str, ...]]

    @classmethod
    def asked(cls, request: Request, model: Model) -> "Selection":
        """What a request asks for.

        Raises:
            ServiceError: 400, there is no such set.
        """
        extensions = [name for name in model.fields if name.startswith("urn:")]
        named = [text for name, value in request.query if name == "attributes" for text in value.split(",")]
        paths = [parts_of(text, extensions) for text in named if text.strip()]
        wanted = [text for name, value in request.query if name == "attributeSets" for text in value.split(",")]
        for text in wanted:
            if text.lower() not in _SETS:
                raise invalid(f"attributeSets is {text!r}; it may be {', '.join(_SETS)}")
        sets = [_SETS[text.lower()] for text in wanted] or [_SETS["always" if paths else "default"]]
        return cls(frozenset[str]().union(*sets), paths)

    def of(self, body: Body, model: Model) -> Body:
        """The attributes of a resource that are asked for."""
        return _kept(body, model, self.sets, self.paths)


def _kept(body: Body, model: Model, sets: frozenset[str], paths: Collection[tuple[str, ...]]) -> Body:
    found: Body = {}
    for name, value in body.items():
        field = model.fields[name]
        returned = field.returned or "default"
        inner = [path[1:] for path in paths if path[:1] == (name.lower(),)]
        if value is None or returned == _NEVER or not (returned in sets or inner):
            continue
        wanted = _SETS["all"] if () in inner else sets if returned in sets else _SETS["always"]
        parts = model_of(model.module, field.item or field.type)
        if parts is None:
            found[name] = value
        elif isinstance(value, list):
            found[name] = [_kept(each, parts, wanted, inner) for each in value]
        else:
            found[name] = _kept(value, parts, wanted, inner)
    return found
