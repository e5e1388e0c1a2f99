"""What a change loosens: what the base's own rules and boundary block in it, and its own don't.

Two comparisons tell where that comes from. The change's rules over its program, by the base's boundary and by its own
(`python -m policies.check --proposed`), show what `boundary.yaml` makes of it; what the base's pack blocks besides, the
rules or the catalogue let pass.
"""

from collections.abc import Iterable, Iterator

from assurance.pull_request.comparing.lists import listed, name, sentence
from assurance.pull_request.comparing.results import Key, Raw, Results, key, parts
from assurance.pull_request.report import Judgement, Loosened, Looser

_MOST = 200


def judgement(head: Results, by_base: Results | None, by_boundary: Results | None, failure: str) -> Judgement:
    """The comparison of three judgements of one program: the change's, the base's, and the one between."""
    own = {key(each) for each in head.findings}
    loosened = [*_loosened(head, by_base, by_boundary, own)]
    base = {key(each) for each in by_base.findings} if by_base else own
    # What keeps both from counting is told of the change.
    unproved = by_base.unproved if by_base and by_base.unproved != head.unproved else ""
    return Judgement(
        failure=sentence(failure or unproved),
        loosened=listed(loosened, _MOST),
        tightened=len(own - base),
        unseen=by_base.sealed if by_base else 0,
    )


def _loosened(head: Results, by_base: Results | None, by_boundary: Results | None, own: set[Key]) -> Iterator[Loosened]:
    by_lanes: Iterable[Raw] = by_boundary.disappearing if by_boundary else ()
    seen = {key(each) for each in by_lanes}
    yield from (_entry(Looser.BOUNDARY, each) for each in by_lanes)
    for each in by_base.findings if by_base else ():
        if key(each) not in own and key(each) not in seen:
            yield _entry(Looser.RULES, each)


def _entry(by: Looser, raw: Raw) -> Loosened:
    token, logical = parts(raw["resource"])
    return Loosened(by=by, rule=name(raw["rule"]), type=token, name=logical, says=sentence(raw["says"]))
