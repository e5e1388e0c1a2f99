"""Compares the catalogue with the installed provider, whose argument paths come on standard input as JSON.

    … | python -m policies.catalogue            lists what is new, gone or changed; exits 1 for the last two
    … | python -m policies.catalogue --record   records the arguments of every classified type

Record only what has been read: a new argument may be a new way across.
"""

import json
import sys

from boundary import BoundaryError, load_boundary
from policies.catalogue.arguments import write_arguments
from policies.catalogue.compare import compare, record
from policies.catalogue.load import load_catalogue


def main(arguments: list[str]) -> int:
    """Runs it; the exit code."""
    try:
        installed = json.load(sys.stdin)
        catalogue = load_catalogue(load_boundary())
    except (BoundaryError, json.JSONDecodeError) as error:
        sys.stderr.write(f"The catalogue can't be compared: {error}\n")
        return 1
    if "--record" in arguments:
        recorded = record(catalogue, installed)
        write_arguments(recorded)
        sys.stdout.write(f"recorded the arguments of {len(recorded)} types\n")
        return 0
    difference = compare(catalogue, installed)
    for token in difference.unclassified:
        sys.stdout.write(f"new       {token}: give it a verdict\n")
    for token in difference.gone:
        sys.stdout.write(f"gone      {token}: the provider has it no more; remove its verdict\n")
    for token in difference.changed:
        sys.stdout.write(f"changed   {token}: read its new arguments, then record them\n")
    classified = len(installed) - len(difference.unclassified)
    sys.stdout.write(f"{classified} of {len(installed)} types are classified\n")
    return 1 if difference.gone or difference.changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
