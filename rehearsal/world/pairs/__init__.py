"""What excludes one another: features of one resource, or of two. One table; each row has its source."""

from rehearsal.world.behaviour import Change
from rehearsal.world.model import ServiceError
from rehearsal.world.pairs import keys, names, replication, zones
from rehearsal.world.pairs.row import Pair

PAIRS: tuple[Pair, ...] = (*replication.PAIRS, *keys.PAIRS, *names.PAIRS, *zones.PAIRS)

_BY_TYPE = {type: tuple(pair for pair in PAIRS if type in pair.types) for pair in PAIRS for type in pair.types}

__all__ = ["PAIRS", "Pair", "check_pairs"]


def check_pairs(change: Change) -> None:
    """Refuses what excludes something that it has, or that is there.

    Raises:
        ServiceError: the row's status and code, and what excludes what.
    """
    for pair in _BY_TYPE.get(change.type, ()):
        for sentence in pair.excluded(change):
            raise ServiceError(*pair.answer, sentence)
