"""The command itself."""

from assurance.alerts.cli import main

main()
