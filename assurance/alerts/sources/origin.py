"""Who wrote the line that is wrong, and in which commit: from git, for what is new.

Where git isn't there, or the line isn't committed yet, the run's own commit and person are taken.
"""

import subprocess
from pathlib import Path

from assurance.alerts.alert import Origin
from assurance.pull_request.words import shown

_SECONDS = 10
_LENGTH = 200
_NOT_COMMITTED = "0" * 40


def origin_of(place: str, root: Path, run: Origin) -> Origin:
    """Who wrote the line at `FILE:LINE`; `run` is what is known of the run."""
    file, _, line = place.rpartition(":")
    if not file or not line.isdigit() or not (root / file).is_file():
        return run
    text = _git(root, "blame", "--porcelain", "-L", f"{line},{line}", "--", file)
    commit = text[:40]
    who = next((each.removeprefix("author ") for each in text.splitlines() if each.startswith("author ")), "")
    if not who or commit == _NOT_COMMITTED:
        return run
    return Origin(who=shown(who, _LENGTH), commit=commit)


def origin_of_run(root: Path, who: str, commit: str) -> Origin:
    """Who and what a run is of, as far as that was said; the rest is the checkout's last commit."""
    last = _git(root, "log", "-1", "--format=%H%n%an").splitlines()
    known, author = last if len(last) == 2 else ("", "")
    return Origin(who=shown(who or author, _LENGTH), commit=commit or known)


def _git(root: Path, *arguments: str) -> str:
    try:
        run = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout if run.returncode == 0 else ""
