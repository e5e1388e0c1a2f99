"""The words that every view has for a run."""


def span(seconds: float) -> str:
    """A time that passes: `0:07`, `12:30`, `1:02:03`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def out_of(done: int, of: int | None) -> str:
    """How far: `12 of 1,845`, or `12` where nobody knows of how many."""
    return f"{done:,} of {of:,}" if of is not None else f"{done:,}"
