"""What the provider does with single types that no schema says: the table is `exceptions.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_TABLE = Path(__file__).with_name("exceptions.yaml")


@cache
def _table(kind: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table[kind]


def reads_nothing(token: str) -> bool:
    """Whether a refresh of this type returns what the engine knows, whatever there is."""
    return bool(_table("never_read").get(token, {}).get("everything"))


def unread_arguments(token: str) -> frozenset[str]:
    """The arguments of a type that a refresh loses."""
    return frozenset(_table("never_read").get(token, {}).get("arguments", ()))


def only_sent(token: str) -> frozenset[str]:
    """The arguments of a type that a state has as the program gave them."""
    return frozenset(_table("only_sent").get(token, {}).get("arguments", ()))
