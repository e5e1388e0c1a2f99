"""Values as the flow proof looks at them: what is in secrets, lists and tags, and what a type token is about."""

from collections.abc import Iterator
from functools import lru_cache

from policies.core.plain import UNKNOWN, Plain, Resource, Secret, Unknown, opened

TAGS = "definedTags"
_ORACLE = "oci:"
_NAMESPACE = "stateside-"


def kind_of(resource: Resource) -> str:
    """The middle of its type token (`Core/instance`); empty for what isn't Oracle's."""
    return _kind(resource.type)


@lru_cache(maxsize=2048)
def _kind(token: str) -> str:
    return token.split(":")[1] if token.startswith(_ORACLE) else ""


def texts(argument: str, value: Plain) -> Iterator[tuple[str, str | Unknown]]:
    """Every string and unknown in a value, with the name of the argument that holds it."""
    pending: list[tuple[str, Plain]] = [(argument, value)]
    while pending:
        key, each = pending.pop()
        if isinstance(each, str | Unknown):
            yield key, each
        elif isinstance(each, Secret):
            pending.append((key, each.value))
        elif isinstance(each, dict):
            pending.extend(each.items())
        elif isinstance(each, list):
            pending.extend((key, item) for item in reversed(each))


def step(value: Plain, part: str) -> list[Plain]:
    """What is at a part of a path, one step below a value; lists are gone through, what isn't known stays unknown."""
    value = opened(value)
    if value is UNKNOWN:
        return [UNKNOWN]
    below = opened(value.get(part)) if isinstance(value, dict) else None
    if below is None:
        return []
    items = [opened(each) for each in below] if isinstance(below, list) else [below]
    # A list of lists is flattened as far as the provider has any.
    return [each for item in items for each in (map(opened, item) if isinstance(item, list) else [item])]


def values_at(properties: Plain, path: str) -> list[Plain]:
    """What is at a path (`specification.routes.backend.url`), each element of lists by itself."""
    values = [properties]
    for part in path.split("."):
        values = [below for value in values for below in step(value, part)]
    return values


def tags(resource: Resource, key: str) -> list[Plain]:
    """The values of a defined tag: `namespace.key` as Pulumi has it, or nested by namespace as Oracle's API has it."""
    tags = opened(resource.properties.get(TAGS))
    if tags is UNKNOWN:
        return [UNKNOWN]
    found: list[Plain] = []
    for name, tag in tags.items() if isinstance(tags, dict) else ():
        # Oracle's names of tags don't differ by case.
        namespace = name.casefold()
        if not namespace.startswith(_NAMESPACE):
            continue
        value = opened(tag)
        if isinstance(value, dict):
            found += [opened(inner) for below, inner in value.items() if below.casefold() == key]
        elif namespace.endswith(f".{key}"):
            found.append(value)
    return found
