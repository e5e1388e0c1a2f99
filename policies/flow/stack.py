"""A stack as the builders look at it: its resources by what names them, and what each refers to.

A reference is an identifier or a name of another resource of the stack, or, where the value isn't known yet, what the
argument depends on (`propertyDependencies`). Everything is read once.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from boundary import DataClass
from policies.core.findings import Step
from policies.core.observed import standing
from policies.core.plain import UNKNOWN, Plain, Resource, Unknown, hides_secret, opened
from policies.flow.graph import EVERYTHING, NOTHING
from policies.flow.table import Table
from policies.flow.values import TAGS, kind_of, step, tags, texts

_CLASS_TAG, _SYSTEM_TAG = "dataclass", "system"
# Where a bucket is named by its name: `bucket`, `bucketName`, `destinationBucketName` …
_NAMES_BUCKET = re.compile(r"bucket(name)?$", re.IGNORECASE)
_BUCKET = "ObjectStorage/bucket"
_IDENTIFIER = "ocid1."


@dataclass(frozen=True, slots=True)
class Found:
    """What an argument refers to: resources of the stack, and whether it also names something that isn't in it."""

    resources: tuple[Resource, ...]
    strays: bool


class Stack:
    """The resources of a stack, indexed."""

    def __init__(self, resources: Sequence[Resource], table: Table) -> None:
        self.table = table
        # In one order, whoever lists them: of several shortest paths always the same is shown.
        ordered = sorted(resources, key=lambda each: each.urn)
        self.resources = [standing(each) for each in ordered if kind_of(each) and each.declared]
        self.by_urn = {each.urn: each for each in self.resources}
        self._by_id: dict[str | Unknown, Resource] = {}
        self._by_kind: dict[str, list[Resource]] = defaultdict(list)
        self._buckets: dict[str, list[Resource]] = defaultdict(list)
        self._classes: dict[str, frozenset[DataClass]] = {}
        self._unanswered: dict[str, dict[tuple[str, str], None]] = {}
        self._mentions: dict[str, dict[str, tuple[Resource, ...]]] = {}
        for each in self.resources:
            kind = kind_of(each)
            self._by_kind[kind].append(each)
            for known in (each.id, each.properties.get("id")):
                if isinstance(known, str) and known:
                    self._by_id[known] = each
            name = self.value(each, "name")
            if kind == _BUCKET and isinstance(name, str):
                self._buckets[name].append(each)

    def of(self, *kinds: str) -> Iterator[Resource]:
        """Every resource of these kinds."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    def resolve_id(self, identifier: str) -> Resource | None:
        """The resource that has an identifier."""
        return self._by_id.get(identifier)

    @cached_property
    def carriers(self) -> tuple[Resource, ...]:
        """Every resource that holds data or passes it on."""
        return tuple(each for each in self.resources if self.table.carries(kind_of(each)))

    def words(self, resource: Resource) -> str:
        """What a path calls a resource: its everyday kind and its logical name."""
        return f"{self.table.noun(kind_of(resource))} {resource.name}"

    def step(self, resource: Resource) -> Step:
        """A resource as a step of a path."""
        return Step(self.words(resource), resource.urn)

    def values(self, resource: Resource, path: str) -> list[Plain]:
        """Every value at a path, through lists and secrets. What isn't known stands as one unknown.

        An empty text is no value: the provider writes it for what is absent.
        """
        found: list[Plain] = [resource.properties]
        for part in path.split("."):
            found = [below for each in found for below in step(each, part)]
        return [each for each in found if each != ""]

    def value(self, resource: Resource, path: str) -> Plain:
        """The first value at a path; None where there is none."""
        found = self.values(resource, path)
        return found[0] if found else None

    def parts(self, resource: Resource, path: str) -> list[Mapping[str, Plain]]:
        """The objects at a path, with an empty one for what isn't known: it may be anything."""
        return [
            {key: opened(value) for key, value in each.items()} if isinstance(each, dict) else {}
            for each in self.values(resource, path)
            if each
        ]

    def hides(self, resource: Resource, argument: str) -> bool:
        """Whether something in an argument is a secret, so that none of it may be shown."""
        return hides_secret(resource.properties.get(argument))

    def refers(self, resource: Resource, path: str, *kinds: str) -> Found:
        """What the values at a path refer to, among these kinds."""
        return self.resolve(resource, path.partition(".")[0], self.values(resource, path), *kinds)

    def resolve(self, resource: Resource, argument: str, values: Iterable[Plain], *kinds: str) -> Found:
        """What values refer to that stand somewhere in an argument of a resource."""
        depends = [*self._sources(resource.property_dependencies.get(argument, ()), kinds)]
        # A single value comes from what it depends on, whatever it is. Of several, one that is known and is no
        # identifier of the stack's comes from elsewhere; only where no identifier is known, dependencies must do.
        whole = resource.properties.get(argument)
        explained = isinstance(opened(whole), str) or (
            not self._by_id and not any(text is UNKNOWN for _, text in texts(argument, whole))
        )
        found: dict[str, Resource] = {}
        strays = False
        for value in values:
            known = self._by_id.get(value) if isinstance(value, str) else None
            if known is not None and kind_of(known) in kinds:
                found[known.urn] = known
            elif depends and (explained or value is UNKNOWN):
                found |= {each.urn: each for each in depends}
            elif value is not None and value != "":
                strays = True
        return Found(tuple(found.values()), strays)

    def _sources(self, urns: Iterable[str], kinds: tuple[str, ...]) -> Iterator[Resource]:
        """What an argument's value comes from: a dependency of these kinds, or what another passes on of them.

        An attachment's `drgId` is the DRG's, but what depends on it depends on the attachment.
        """
        for each in filter(None, map(self.by_urn.get, urns)):
            if kind_of(each) in kinds:
                yield each
            else:
                yield from self.mentioned(each, *kinds)

    def mentions(self, resource: Resource) -> Mapping[str, tuple[Resource, ...]]:
        """Everything of the stack that a resource refers to, by argument."""
        known = self._mentions.get(resource.urn)
        if known is None:
            known = self._mentions[resource.urn] = self._read_mentions(resource)
        return known

    def unanswered(self, resource: Resource) -> Collection[tuple[str, str]]:
        """Where a resource names what no resource of the stack answers to: the argument, and the name right there."""
        self.mentions(resource)
        return self._unanswered.get(resource.urn, ())

    def mentioned(self, resource: Resource, *kinds: str) -> tuple[Resource, ...]:
        """What a resource refers to, among these kinds."""
        every = (each for found in self.mentions(resource).values() for each in found if kind_of(each) in kinds)
        return tuple({each.urn: each for each in every}.values())

    def classes(self, resource: Resource) -> frozenset[DataClass]:
        """The data classes that a resource says it holds; every class where its tag isn't known."""
        known = self._classes.get(resource.urn)
        if known is None:
            known = self._classes[resource.urn] = self._read_classes(resource)
        return known

    def _read_classes(self, resource: Resource) -> frozenset[DataClass]:
        values = tags(resource, _CLASS_TAG)
        if not values:
            kind = kind_of(resource)
            holds = kind in self.table.stores or kind in self.table.machines
            return EVERYTHING if holds else NOTHING
        try:
            return frozenset(DataClass(str(value)) for value in values)
        except ValueError:
            return EVERYTHING

    def system(self, resource: Resource) -> str:
        """The system that a resource says it belongs to; empty where it doesn't."""
        values = tags(resource, _SYSTEM_TAG)
        return values[0] if len(values) == 1 and isinstance(values[0], str) else ""

    def _read_mentions(self, resource: Resource) -> dict[str, tuple[Resource, ...]]:
        mentions: dict[str, tuple[Resource, ...]] = {}
        for argument, value in resource.properties.items():
            if argument == TAGS:
                continue
            found: dict[str, Resource] = {}
            for urn in resource.property_dependencies.get(argument, ()):
                if urn in self.by_urn:
                    found[urn] = self.by_urn[urn]
            for key, text in texts(argument, value):
                known = self._by_id.get(text)
                if known is not None:
                    found[known.urn] = known
                elif text in self._buckets and _NAMES_BUCKET.search(key):
                    found |= {each.urn: each for each in self._buckets[str(text)]}
                elif text is UNKNOWN or text.startswith(_IDENTIFIER):
                    self._unanswered.setdefault(resource.urn, {})[argument, key] = None
            found.pop(resource.urn, None)
            if found:
                mentions[argument] = tuple(found.values())
        return mentions
