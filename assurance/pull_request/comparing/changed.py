"""What a preview changes at Oracle: by system, one by one, and what of it holds data and goes."""

from collections.abc import Mapping, Sequence

from assurance.pull_request.comparing.lists import name, names, sentence
from assurance.pull_request.report import Changed, Loss, Operation, Place, System
from runs.changes import Change, by_system, losses
from runs.places import Declared

# Whatever else is brought under the program's care is there afterwards, as what is created is.
_AS = {"import": Operation.CREATE}
_MOST_KEYS = 20
_URGENCY = (Operation.DELETE, Operation.REPLACE, Operation.UPDATE, Operation.CREATE)


def systems(found: Sequence[Change]) -> tuple[System, ...]:
    """How many resources of each system change, and how."""
    rows = []
    for system, counts in by_system(found).items():
        numbers = dict.fromkeys(map(str, Operation), 0)
        for operation, count in counts.items():
            numbers[_operation(str(operation))] += count
        rows.append(System(name=name(system), **numbers))
    return tuple(rows)


def changed(found: Sequence[Change]) -> list[Changed]:
    """Each change, what goes first; in each kind the engine's order."""
    ordered = sorted(found, key=lambda each: _URGENCY.index(_operation(str(each.operation))))
    numbers = {change.urn: number for number, change in enumerate(ordered)}
    return [_changed(change, numbers) for change in ordered]


def lost(found: Sequence[Change], holding: Mapping[str, str]) -> list[Loss]:
    """What holds data and is replaced or deleted; what the engine would refuse to delete comes last."""
    return [
        Loss(says=sentence(each.sentence), protected=each.change.protected, place=place(each.change.declared))
        for each in losses(found, holding)
    ]


def place(declared: Declared | None) -> Place | None:
    """Where something is declared, if that is a line of a file that can be named."""
    if declared is None:
        return None
    return place_of(declared.place.file, declared.place.line)


def place_of(file: object, line: object) -> Place | None:
    """A file and a line as a place, if they are one."""
    try:
        return Place.model_validate({"file": file, "line": line})
    except ValueError:
        return None


def _changed(change: Change, numbers: Mapping[str, int]) -> Changed:
    state = change.new or change.old
    needs = (state.raw.get("dependencies") or ()) if state else ()
    return Changed(
        name=name(change.name),
        type=name(change.type),
        system=name(change.system),
        operation=_operation(str(change.operation)),
        keys=names(change.keys, _MOST_KEYS),
        place=place(change.declared),
        needs=tuple(numbers[urn] for urn in needs if urn in numbers)[:_MOST_KEYS],
    )


def _operation(word: str) -> Operation:
    return _AS.get(word) or Operation(word)
