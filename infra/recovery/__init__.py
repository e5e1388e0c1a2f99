"""Two regions: what takes over from what when one is lost, and by which plans. The global stack is no part of it."""

from infra.recovery.recovery import RecoverySide, declare_recovery

__all__ = ["RecoverySide", "declare_recovery"]
