"""What the engine says where a stack is locked (pulumi/pulumi, pkg/backend/diy/lock.go)."""


def locked(user: str, host: str, pid: int) -> str:
    """What the engine says of a lock."""
    return f"{locked_by(1)}\n  {named(user, host, pid)}"


def locked_by(number: int) -> str:
    return (
        f"the stack is currently locked by {number} lock(s). Either wait for the other process(es) to end or delete "
        "the lock file with `pulumi cancel`."
    )


def named(user: str, host: str, pid: int) -> str:
    return f"file:///state/.pulumi/locks/a.json: created by {user}@{host} (pid {pid}) at 2026-11-26T10:04:07+01:00"
