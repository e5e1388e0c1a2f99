"""What the engine and the provider's bridge note among a resource's inputs: no argument, and no hiding place.

`__defaults` says in each object that has a schema which of its arguments the bridge filled in; mostly none.
`__internal` is the engine's, at a provider: where its plug-in comes from, mostly nothing special. Empty, a note says
nothing and is left out wherever resources are read. Filled, it stays where it stands: a list of arguments of its own
object is passed over by the walk, and whatever else has that name is judged as what nobody has classified.
Sources: pulumi/pulumi-terraform-bridge, pkg/tfbridge/schema.go (defaultsKey); pulumi/pulumi,
pkg/resource/deploy/providers/registry.go (internalKey).
"""

from collections.abc import Container
from typing import Any

DEFAULTS = "__defaults"
_EMPTY: dict[str, Any] = {DEFAULTS: [], "__internal": {}}


def without_empty(members: dict[str, Any]) -> dict[str, Any]:
    """An object, changed in place, without notes that say nothing."""
    for name, empty in _EMPTY.items():
        if name in members and members[name] == empty:
            del members[name]
    return members


def names_arguments(note: object, arguments: Container[str]) -> bool:
    """Whether a note is a list of arguments, given those of the object that it stands in."""
    return isinstance(note, list) and all(isinstance(name, str) and name in arguments for name in note)
