"""`python -m backend`: the bucket of a stack's state."""

from backend.cli import main

if __name__ == "__main__":
    main()
