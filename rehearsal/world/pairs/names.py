"""Names that are there once: the table is `names.yaml`, each row with its source.

Assumption: names of policies are unique in the tenancy; Oracle's pages also say in the compartment, and the stricter
side is taken.

Assumption: names of topics and of container repositories are unique in a tenancy's region, for either service is
regional; Oracle's pages say in the tenancy.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from rehearsal.world.behaviour import Change
from rehearsal.world.pairs.row import Pair

_TABLE = Path(__file__).with_name("names.yaml")


def _taken(fields: list[str], among: tuple[str, ...], change: Change) -> Iterator[str]:
    values = {name: change.body.get(name) for name in fields}
    if values[fields[-1]] is None:
        return
    mine = change.before.id if change.before else ""
    for type in among:
        found = change.world.find(type, tenancy=change.tenancy.ocid, region=change.region, fields=values)
        for other in found:
            if other.id != mine:
                yield f"{', '.join(f'{k} {v}' for k, v in values.items())}: {other.id} has this already"


def _pair(row: dict[str, Any]) -> Pair:
    types = tuple(f"oci:{each}" for each in row["types"])
    what = f"{types[0].rpartition(':')[2]} twice with the same {' and '.join(row['fields'])}"
    return Pair(what, types, row["source"], partial(_taken, row["fields"], types))


PAIRS: tuple[Pair, ...] = tuple(_pair(row) for row in yaml.safe_load(_TABLE.read_text(encoding="utf-8")))
