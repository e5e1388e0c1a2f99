"""The command itself."""

from policies.check.cli import main

main()
