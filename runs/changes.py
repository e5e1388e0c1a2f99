"""What a run changes, by system; and what of it holds data and is replaced or deleted, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from boundary import DataClass
from runs.digest import SECRET, UNKNOWN, Digest, Operation, State, Step
from runs.places import Declared, declared
from runs.urns import is_declared_at_oracle, kind_of, name_of, system_of, type_of

_DATA_CLASS_TAG = ".DataClass"
_NAMES = ("displayName", "name", "bucketName", "dbName")
_TRACES = (DataClass.OPERATIONAL,)
_UNTOUCHED = (Operation.SAME, Operation.READ, Operation.REFRESH)
_LOSES = {Operation.REPLACE: "replaces", Operation.DELETE: "deletes"}


@dataclass(frozen=True, slots=True)
class Change:
    """One resource that a run changes. `name` is the one at Oracle where it has one, else the program's.

    `keys` are the arguments that differ, `replacing` those of them that force a replacement. What is `protected`, the
    engine refuses to replace or delete.
    """

    urn: str
    type: str
    name: str
    system: str
    operation: Operation
    keys: tuple[str, ...]
    replacing: tuple[str, ...]
    old: State | None
    new: State | None
    declared: Declared | None
    protected: bool
    data_classes: tuple[str, ...]

    @property
    def loses(self) -> bool:
        """Whether what there is now will be gone."""
        return self.operation in _LOSES


def changes(digest: Digest) -> tuple[Change, ...]:
    """What a preview would change at Oracle, in the engine's order; components and providers are no change."""
    steps = (step for step in digest.steps if step.operation not in _UNTOUCHED)
    return tuple(change_of(step) for step in steps if is_declared_at_oracle(type_of(step.urn)))


def change_of(step: Step) -> Change:
    """One step as a change."""
    states = [state for state in (step.old, step.new) if state]
    state = step.new or step.old
    kind = type_of(step.urn)
    return Change(
        urn=step.urn,
        type=kind,
        name=next((name for each in states if (name := _name(each))), name_of(step.urn)),
        system=system_of(step.urn),
        operation=step.operation,
        keys=step.keys,
        replacing=step.replacing,
        old=step.old,
        new=step.new,
        declared=declared(state) if state else None,
        protected=bool(step.old and step.old.protected and (step.new is None or step.new.protected)),
        data_classes=tuple(sorted({each for state in states for each in _data_classes(state)})),
    )


def by_system(found: Iterable[Change]) -> dict[str, Counter[Operation]]:
    """How many resources of each system are created, updated, replaced and deleted, by the systems' names."""
    counts: dict[str, Counter[Operation]] = {}
    for change in found:
        counts.setdefault(change.system, Counter())[change.operation] += 1
    return dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class Loss:
    """What holds data and is replaced or deleted, and its noun (`bucket`)."""

    change: Change
    noun: str

    @property
    def sentence(self) -> str:
        """`deletes bucket us-prod-us-lake, which holds us-user data; protected`."""
        change = self.change
        held = f"holds {_listed(change.data_classes)} data" if change.data_classes else "holds data of no class"
        forced = f" (because of {_listed(change.replacing)})" if change.replacing else ""
        guard = "; protected" if change.protected else ""
        return f"{_LOSES[change.operation]} {self.noun} {change.name}, which {held}{forced}{guard}"


def losses(found: Iterable[Change], holding: Mapping[str, str]) -> tuple[Loss, ...]:
    """What holds data and is replaced or deleted; last what only holds traces, and what is protected.

    `holding` has the noun of each type that holds data, by type token; results.json carries it.
    """
    gone = (change for change in found if change.loses and change.type in holding)
    return tuple(Loss(change, holding[change.type]) for change in sorted(gone, key=_urgency))


def _urgency(change: Change) -> tuple[bool, bool]:
    return change.protected, change.data_classes == _TRACES


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _name(state: State) -> str:
    inputs = state.inputs
    names = (inputs.get(key) for key in _NAMES)
    return next((name for name in names if isinstance(name, str) and name not in (UNKNOWN, SECRET)), "")


def _data_classes(state: State) -> Iterable[str]:
    tags = state.inputs.get("definedTags")
    if isinstance(tags, dict):
        yield from (str(value) for key, value in tags.items() if key.endswith(_DATA_CLASS_TAG))


def described(change: Change) -> str:
    """A change in a few words: `updates Bucket us-prod-us-lake`."""
    verbs = {**_LOSES, Operation.CREATE: "creates", Operation.UPDATE: "updates", Operation.IMPORT: "imports"}
    return f"{verbs[change.operation]} {kind_of(change.type)} {change.name}"
