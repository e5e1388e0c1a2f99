"""`python -m runs`: a guarded preview or `up` with the official engine and provider, against Oracle."""

from runs.cli import main

if __name__ == "__main__":
    main()
