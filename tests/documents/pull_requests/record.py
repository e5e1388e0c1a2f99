"""`python -m tests.documents.pull_requests.record [NAME ...]`: records the reports of the changes anew.

Each is what `make preview BASE=…` makes of a copy of this checkout with the change. It takes some minutes a change; the
base is deployed once. Afterwards `make docs` writes the examples.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.documents.pull_requests import RECORDED
from tests.documents.pull_requests.changes import CHANGES, STACK, Change
from tests.support.checkout import Checkout


def record(change: Change, directory: Path) -> None:
    """Records one change."""
    shutil.rmtree(directory / "checkout", ignore_errors=True)
    checkout = Checkout.copy_to(directory / "checkout")
    checkout.commit("base")
    change.make(checkout.path)
    checkout.commit(change.name)
    home = directory / "home"
    environment = checkout.environment() | {"STATESIDE_REHEARSAL": str(home)}
    command = checkout.command("preview", "--stack", STACK, "--base", "HEAD~1")
    subprocess.run(command, cwd=checkout.path, env=environment, check=False)
    report = home / "base" / STACK / "out" / "report.json"
    shutil.copy2(report, RECORDED / f"{change.name}.json")


if __name__ == "__main__":
    wanted = set(sys.argv[1:]) or {each.name for each in CHANGES}
    place = Path(tempfile.gettempdir()) / "stateside-examples"
    place.mkdir(exist_ok=True)
    for each in CHANGES:
        if each.name in wanted:
            record(each, place)
