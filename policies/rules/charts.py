"""The check of what a Helm chart is told about images: which registry, which repository.

Many charts take them apart: `image.registry` and `image.repository`. A repository without a registry is one of the
chart's own choice, usually Docker's.
"""

import re
from collections.abc import Iterator, Mapping

from boundary import Boundary
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.plain import opened
from policies.core.ruleset import Check

_IMAGE = re.compile(r"(?:^|\.)\w*(?:image|repository|image\.repo)(?:name)?(?:\[\d+\])?$", re.IGNORECASE)
# Several images, each under a name of its own.
_IMAGES = re.compile(r"(?:^|\.)images\.(?!tag|digest|pull|version)\w+$", re.IGNORECASE)
_REGISTRY = re.compile(r"(?P<above>.*\.)?\w*(?:registry|hub)", re.IGNORECASE)
# A registry's host and a path in it, whatever the value is called.
_LOOKS_LIKE_IMAGE = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?/[\w./@:-]+", re.IGNORECASE)


def chart_checks(boundary: Boundary, own_image: Check) -> dict[str, Check]:
    """The check of an object with `items`, each a name and a value, given the check of images."""

    def own_chart_values(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        items = dict(_items(value))
        named = {name: match for name in items if (match := _REGISTRY.fullmatch(name))}
        registries = {match["above"] or "": items[name].rstrip("/") for name, match in named.items()}
        for place in registries.values():
            yield from own_image(f"{place}/{boundary.tenancy.namespace}/image", constraint)
        for name, text in items.items():
            whole = bool(_LOOKS_LIKE_IMAGE.fullmatch(text))
            if name not in named and (whole or _IMAGE.search(name) or _IMAGES.search(name)):
                beside = registries.get(name[: name.rfind(".") + 1]) or registries.get("global.")
                yield from own_image(f"{beside}/{text}" if beside and not whole else text, constraint)

    return {"own-chart-values": own_chart_values}


def _items(value: Plain) -> Iterator[tuple[str, str]]:
    """The names with their values, as far as both are known texts that say something."""
    items = opened(value.get("items")) if isinstance(value, Mapping) else None
    for item in map(opened, items if isinstance(items, list) else ()):
        if isinstance(item, Mapping):
            name, text = opened(item.get("name")), opened(item.get("value"))
            if isinstance(name, str) and isinstance(text, str) and text.strip():
                yield name, text.strip()
