"""What a URN says: the type, the name and the system of a resource.

A URN is `urn:pulumi:STACK::PROJECT::PARENT$PARENT$TYPE::NAME`; a component of ours is a `stateside:SYSTEM:NAME`.
"""

ROOT = "pulumi:pulumi:Stack"
_OURS = "stateside:"
_NO_SYSTEM = "stack"


def type_of(urn: str) -> str:
    """The type token: `oci:ObjectStorage/bucket:Bucket`."""
    return _part(urn, 2).rsplit("$", 1)[-1]


def name_of(urn: str) -> str:
    """The name in the program; it may hold `::` itself."""
    return urn.split("::", 3)[-1]


def stack_of(urn: str) -> str:
    """The stack's name."""
    return _part(urn, 0).removeprefix("urn:pulumi:")


def system_of(urn: str) -> str:
    """The system of the outermost component that a resource is part of; `stack` for what is part of none."""
    ours = [part.split(":")[1] for part in _part(urn, 2).split("$") if part.startswith(_OURS)]
    return ours[0] if ours else _NO_SYSTEM


def kind_of(type_token: str) -> str:
    """The last word of a type token: `Bucket`."""
    return type_token.rsplit(":", 1)[-1]


def is_declared_at_oracle(type_token: str) -> bool:
    """Whether a type is something that Oracle makes; a component, a provider and the stack itself are not."""
    return not type_token.startswith(("pulumi:", _OURS))


def _part(urn: str, index: int) -> str:
    parts = urn.split("::", 3)
    return parts[index] if len(parts) > index else ""
