"""Compares the limits' data with the installed provider package: `python -m provider_schema.limit_comparison`.

Lists the types and paths of the data that the package doesn't have, which is an error (exit code 1): nothing would be
held to them. Lists the types of the package that the data lacks, and counts the arguments that have no limit.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provider_schema.catalogue import argument_paths, package_version, resource_tokens
from provider_schema.limit_data import DATA

_IN_IT = re.compile(r"(\[\]|\{\})+$")


@dataclass(frozen=True)
class Comparison:
    """What differs: types and `type path` that the data alone has; types and a number of paths that it lacks."""

    gone_types: tuple[str, ...]
    gone_paths: tuple[str, ...]
    unlimited_types: tuple[str, ...]
    unlimited_paths: int


def compare(lines: Iterable[str], installed: Mapping[str, Iterable[str]]) -> Comparison:
    """The data's lines against the argument paths of every installed type."""
    limited = {line["type"]: _paths(line) for line in map(json.loads, lines)}
    known = {type: set(paths) for type, paths in installed.items()}
    shared = limited.keys() & known.keys()
    unlimited = sum(len(known[type] - {_IN_IT.sub("", path) for path in limited[type]}) for type in shared)
    return Comparison(
        gone_types=tuple(sorted(limited.keys() - known.keys())),
        gone_paths=tuple(
            f"{type} {path}"
            for type in sorted(shared)
            for path in sorted(limited[type])
            if _IN_IT.sub("", path) not in known[type]
        ),
        unlimited_types=tuple(sorted(known.keys() - limited.keys())),
        unlimited_paths=unlimited,
    )


def main() -> int:
    """Runs it; the exit code."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    found = compare(lines, {type: argument_paths(type) for type in resource_tokens()})
    for token in found.gone_types:
        sys.stdout.write(f"gone      {token}: the provider has no such type; take its line out\n")
    for path in found.gone_paths:
        sys.stdout.write(f"gone      {path}: the provider has no such argument; look up what it is called now\n")
    for token in found.unlimited_types:
        sys.stdout.write(f"without   {token}: nothing is known of its limits\n")
    sys.stdout.write(
        f"pulumi-oci {package_version()}: the data has {len(lines)} types; {len(found.gone_types)} of them and "
        f"{len(found.gone_paths)} of their paths are gone. Without limits: {len(found.unlimited_types)} types, and "
        f"{found.unlimited_paths} arguments of the others\n"
    )
    return 1 if found.gone_types or found.gone_paths else 0


def _paths(line: dict) -> set[str]:
    subtypes = (path for paths in line.get("requiredOf", {}).values() for path in paths)
    return {*line["arguments"], *line.get("required", ()), *subtypes}


if __name__ == "__main__":
    sys.exit(main())
