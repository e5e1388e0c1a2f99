"""Which stacks a change can touch, by the paths of the files that it changes.

Nothing is listed by hand. A stack is what has a file in the project's stack directory, and that file is its own. Every
stack can be touched by whatever the program or the pack can read: their packages and all that those import, whatever
else lies in these packages, what is declared beside the stacks, and what says which versions are installed.
"""

import ast
import subprocess
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import yaml

from boundary import BoundaryError

PROJECT = "Pulumi.yaml"
_PACK = "PulumiPolicy.yaml"
_STACK_FILE = "Pulumi.{}.yaml"
_INSTALLED = ("requirements", "tools/engine")
_NO_CODE = frozenset({".md"})


def stacks_in(directory: Path) -> list[str]:
    """The stacks that have a file in a directory.

    Raises:
        BoundaryError: there is none.
    """
    found = sorted(path.name.removeprefix("Pulumi.").removesuffix(".yaml") for path in directory.glob("Pulumi.*.yaml"))
    if not found:
        raise BoundaryError(f"{directory} holds no stack's file; name the directory that does")
    return found


def touched_stacks(root: Path, changed: Collection[str]) -> list[str]:
    """The stacks that a change of these files (relative to `root`, with slashes) can touch.

    Raises:
        BoundaryError: the project can't be read.
    """
    project = _project(root)
    stacks = root / project.get("stackConfigDir", ".")
    everyone = _read_by_all(root, project)
    every = stacks_in(stacks)
    own = {(stacks / _STACK_FILE.format(stack)).relative_to(root).as_posix(): stack for stack in every}
    told = [file for file in changed if Path(file).suffix not in _NO_CODE]
    if any(_is_under(file, everyone) and file not in own for file in told):
        return every
    return sorted({own[file] for file in told if file in own})


def changed_files(root: Path, base: str) -> list[str]:
    """The files that differ between the working tree and where it parted from a base.

    Raises:
        BoundaryError: git can't tell.
    """
    parted = _git(root, "merge-base", "HEAD", base).strip()
    listed = _git(root, "diff", "--name-only", "--no-renames", "-z", parted, "--")
    added = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({*listed.split("\0"), *added.split("\0")} - {""})


def _read_by_all(root: Path, project: dict[str, str]) -> set[str]:
    """The directories and files of which every stack is made."""
    roots = [project.get("main", ".").strip("/"), *(path.parent.name for path in root.glob(f"*/{_PACK}"))]
    packages = {path.parent.name for path in root.glob("*/__init__.py")}
    reached: set[str] = set()
    pending = list(roots)
    while pending:
        package = pending.pop()
        if package not in reached:
            reached.add(package)
            pending += packages & _imports(root / package)
    return {*reached, project.get("stackConfigDir", "."), PROJECT, "pyproject.toml", *_INSTALLED}


def _imports(directory: Path) -> set[str]:
    """The top-level names that a package imports, wherever in it that is."""
    return {name for path in sorted(directory.rglob("*.py")) for name in _imported(path)}


@cache
def _imported(path: Path) -> frozenset[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        # The change's own program may not be Python: then it fails, and says so.
        return frozenset()
    return frozenset(_names(tree))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _is_under(file: str, places: Collection[str]) -> bool:
    parts = file.split("/")
    return any("/".join(parts[:length]) in places for length in range(1, len(parts) + 1))


def _project(root: Path) -> dict[str, str]:
    try:
        project = yaml.safe_load((root / PROJECT).read_text(encoding="utf-8"))
    except OSError as error:
        raise BoundaryError(f"{root / PROJECT} can't be read ({error.strerror}); name the repository") from None
    except yaml.YAMLError:
        raise BoundaryError(f"{root / PROJECT} is no YAML; mend it") from None
    if not isinstance(project, dict):
        raise BoundaryError(f"{root / PROJECT} holds no mapping; mend it")
    return {key: str(value) for key, value in project.items()}


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BoundaryError(f"git {arguments[0]} failed: {reason}; name a commit that is here, with --base")
    return ended.stdout
