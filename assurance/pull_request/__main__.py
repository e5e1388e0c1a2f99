"""The command itself."""

from assurance.pull_request.cli import main

main()
