"""Our own codebase: where code is kept, built, signed and stored, with no connection to any repository outside."""

from infra.codebase.system import Codebase

__all__ = ["Codebase"]
