"""What the real provider answers, as data: unknowns and secrets have tags of their own in `wire/*.yaml`."""

from pathlib import Path
from typing import Any

import yaml

from rehearsal.doors.provider.values import UNKNOWN, Secret

_WIRE = Path(__file__).parent / "wire"


class _Loader(yaml.SafeLoader):
    """Reads `!unknown`, `!secret VALUE`, `!secret_unknown` and `!secret_null`."""


def _secret(loader: yaml.SafeLoader, node: yaml.Node) -> Secret:
    if isinstance(node, yaml.MappingNode):
        return Secret(loader.construct_mapping(node, deep=True))
    assert isinstance(node, yaml.ScalarNode)
    return Secret(loader.construct_scalar(node))


_Loader.add_constructor("!unknown", lambda loader, node: UNKNOWN)
_Loader.add_constructor("!secret", _secret)
_Loader.add_constructor("!secret_unknown", lambda loader, node: Secret(UNKNOWN))
_Loader.add_constructor("!secret_null", lambda loader, node: Secret(None))


def recordings(call: str) -> list[dict[str, Any]]:
    """The recorded answers to a call, each with its full type token."""
    text = (_WIRE / f"{call}.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=_Loader)  # noqa: S506
    return [row | {"type": f"oci:{row['type']}"} for row in rows]
