"""Prints the page of rules: `python -m policies.rules > docs/rules.md`."""

import sys

from boundary import BoundaryError
from policies.rules.page import every_rule, rules_page


def main() -> int:
    """Runs it; the exit code."""
    try:
        sys.stdout.write(rules_page(every_rule()))
    except BoundaryError as error:
        sys.stderr.write(f"The rules can't be listed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
