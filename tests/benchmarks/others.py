"""Other tools on the same resources: conftest with five equal rules, and Checkov as it comes.

Both are installed into the user's cache, apart from everything else. Where one can't be, a sentence says so.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from rehearsal.console import say
from rehearsal.home import CHECKOUT, cache_directory
from tests.support.go_tools import NotHereError, go_tool, install

_MODULE = "github.com/open-policy-agent/conftest"
_RULES = Path(__file__).parent / "rules"
_CHECKOV = Path(__file__).with_name("checkov.txt")


def conftest() -> list[str]:
    """A command that judges the plan whose path follows.

    Raises:
        NotHereError: it can't be built.
    """
    tool = go_tool("conftest", _MODULE)
    return [str(tool), "test", "--policy", str(_RULES), "--output", "json", "--no-fail"]


def checkov() -> list[str]:
    """A command that judges the plan whose path follows.

    Raises:
        NotHereError: it can't be installed.
    """
    directory = cache_directory() / "checkov" / _key(_CHECKOV)
    if not (directory / "ready").exists():
        say("installing Checkov into an environment of its own, once for this user")
        venv.create(directory, with_pip=True, clear=True)
        pip = [str(directory / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        install([*pip, "--require-hashes", "-r", str(_CHECKOV)], "Checkov", CHECKOUT)
        (directory / "ready").touch()
    return [
        str(directory / "bin" / "checkov"),
        "--framework",
        "terraform_plan",
        "--output",
        "json",
        "--soft-fail",
        "-f",
    ]


def conftest_found(output: str) -> int:
    """How many violations conftest printed."""
    return sum(len(each.get("failures") or ()) for each in json.loads(output))


def checkov_found(output: str) -> int:
    """How many public buckets Checkov printed."""
    return sum(each["check_id"] == "CKV_OCI_10" for each in json.loads(output)["results"]["failed_checks"])


def run(command: list[str], plan: Path) -> str:
    """What a tool prints about a plan. None of them may go to the network for it.

    Raises:
        NotHereError: it fails.
    """
    environment = os.environ | {"BC_SKIP_MAPPING": "TRUE", "LOG_LEVEL": "ERROR"}
    ended = subprocess.run([*command, str(plan)], capture_output=True, text=True, env=environment, check=False)
    if ended.returncode:
        raise NotHereError(f"{Path(command[0]).name} failed: {ended.stderr.strip().splitlines()[-1:]}")
    return ended.stdout


def _key(*files: Path) -> str:
    text = b"".join(file.read_bytes() for file in files) + sys.version.encode()
    return hashlib.sha256(text).hexdigest()[:16]
