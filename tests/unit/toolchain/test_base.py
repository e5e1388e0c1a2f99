"""The base of a change: which commit, whose files, deployed when; and what is said where it can't be."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.testing

from rehearsal import cli
from rehearsal.commands import base, base_tree
from rehearsal.commands.base_tree import Commits, Tree, find_commits, last_line
from rehearsal.errors import RehearsalError
from rehearsal.home import Home
from runs.errors import Exit, RunEndedError

COMMITS = Commits("a" * 40, "b" * 40)


def git(where: Path, *arguments: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    ended = subprocess.run(["git", *who, *arguments], cwd=where, check=True, capture_output=True, text=True)
    return ended.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of two commits on a branch of its own."""
    path = tmp_path / "checkout"
    (path / "stacks").mkdir(parents=True)
    git(path, "init", "-b", "main")
    (path / "stacks" / "Pulumi.dev.yaml").write_text("config: {}\n")
    (path / "stacks" / "boundary.yaml").write_text("base\n")
    git(path, "add", ".")
    git(path, "commit", "-m", "base")
    git(path, "checkout", "-b", "change")
    (path / "stacks" / "boundary.yaml").write_text("change\n")
    git(path, "commit", "-a", "-m", "change")
    monkeypatch.setattr(base_tree, "CHECKOUT", path)
    return path


def test_the_base_is_where_the_change_parted_and_the_change_is_called_by_its_commit(checkout: Path) -> None:
    parted, head = git(checkout, "rev-parse", "main"), git(checkout, "rev-parse", "change")
    git(checkout, "checkout", "main")
    git(checkout, "commit", "--allow-empty", "-m", "later")
    git(checkout, "checkout", "change")
    assert find_commits("main") == Commits(parted, head)
    assert find_commits("main", parted) == Commits(parted, parted)


@pytest.mark.parametrize(("names", "missing"), [(("nowhere",), "nowhere"), (("main", "nowhere"), "nowhere")])
def test_a_commit_that_git_does_not_know_is_said(checkout: Path, names: tuple[str, ...], missing: str) -> None:
    with pytest.raises(RehearsalError, match=f"git knows no commit {missing}, or none from which both come"):
        find_commits(*names)


def test_the_base_has_its_own_files_and_nothing_of_git_or_of_another_commit(checkout: Path, tmp_path: Path) -> None:
    tree = Tree(tmp_path / "tree")
    tree.path.mkdir()
    (tree.path / "old").touch()
    tree.unpack(git(checkout, "rev-parse", "main"))
    assert sorted(each.relative_to(tree.path).as_posix() for each in tree.path.rglob("*")) == [
        "stacks",
        "stacks/Pulumi.dev.yaml",
        "stacks/boundary.yaml",
    ]
    assert tree.boundary.read_text() == "base\n"
    assert (tree.has("dev"), tree.has("prod")) == (True, False)


def test_the_bases_commands_run_on_its_own_files_in_its_own_rehearsal(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATESIDE_BOUNDARY", "/of/this/shell")
    monkeypatch.setenv("STATESIDE_DOOR_PORT", "1")
    monkeypatch.setenv("STATESIDE_HOSTS", "on")
    for path in (checkout, tmp_path / "tree"):
        (path / "requirements").mkdir(parents=True)
        (path / "requirements" / "runtime.txt").write_text("same")
    (tmp_path / "tree" / "showing.py").write_text(
        "import os, sys\nprint({k: v for k, v in os.environ.items() if k.startswith(('STATESIDE', 'PYTHONPATH'))})\n"
        "print(os.getcwd(), sys.argv[1:])\nsys.exit(3)\n"
    )
    tree, log = Tree(tmp_path / "tree"), tmp_path / "log"
    assert tree.run(Home(tmp_path / "home"), Path("/engine"), log, "showing", "--stack", "dev") == 3
    shown = eval(log.read_text().splitlines()[0])  # noqa: S307 - our own output
    assert shown == {
        "PYTHONPATH": str(tree.path),
        "STATESIDE_HOSTS": "off",
        "STATESIDE_REHEARSAL": str(tmp_path / "home"),
    }
    assert last_line(log) == f"{tree.path} ['--stack', 'dev']"


class Deployed:
    """Comparisons whose engine is a list of what was asked of it."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place, self.asked = place, list[str]()
        self.codes: list[int] = []
        self.verdict = "clean"
        monkeypatch.setattr(Tree, "run", lambda tree, *given, **where: self._run(*given))
        monkeypatch.setattr(Tree, "unpack", lambda tree, commit: self._note(f"unpack {commit[:1]}"))
        monkeypatch.setattr(Tree, "has", lambda tree, stack: stack != "new")
        monkeypatch.setattr(base, "close", lambda home: None)
        monkeypatch.setattr(base._Comparison, "_judge_base", lambda this: self._note("judge base"))
        monkeypatch.setattr(base._Comparison, "_preview", lambda this: self._note("preview"))
        # A bound method would not get what it is called on.
        monkeypatch.setattr(base._Comparison, "_assurance", lambda this, *given: self._assurance(this, *given))  # noqa: PLW0108

    def __call__(self, commits: Commits = COMMITS, stack: str = "dev") -> list[str]:
        self.asked.clear()
        base._Comparison(stack, commits, self.place, Path("/engine")).show()
        return self.asked

    def _note(self, what: str) -> None:
        self.asked.append(what)

    def _run(self, home: Home, engine: Path, log: Path, *arguments: str | Path) -> int:
        self._note(" ".join(map(str, arguments)))
        log.write_text("› one\n✗ it is protected\n")
        home.path.mkdir(parents=True, exist_ok=True)
        return self.codes.pop(0) if self.codes else 0

    def _assurance(self, this: Any, *arguments: str | Path) -> None:
        if arguments[0] == "report":
            failed = (this.run / "failure.txt").exists()
            (this.out / "report.json").write_text(json.dumps({"verdict": "failed" if failed else self.verdict}))


@pytest.fixture
def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    return Deployed(tmp_path / "place", monkeypatch)


UP = "rehearsal up --stack dev"


def test_the_base_is_deployed_first_and_once_a_commit(deployed: Deployed) -> None:
    deployed.place.mkdir()
    assert deployed() == ["unpack a", UP, "judge base", "preview"]
    assert deployed() == ["judge base", "preview"]
    assert deployed(Commits("c" * 40, "d" * 40)) == ["unpack c", UP, "judge base", "preview"]


def test_a_base_whose_deployment_was_broken_off_is_deployed_again(deployed: Deployed) -> None:
    deployed.place.mkdir()
    deployed()
    deployed.codes = [1, 1]
    with pytest.raises(RunEndedError):
        deployed(Commits("c" * 40, "d" * 40))
    assert deployed() == ["unpack a", UP, "judge base", "preview"]


def test_what_an_older_base_left_and_this_one_can_not_take_away_is_begun_anew(deployed: Deployed) -> None:
    deployed.place.mkdir()
    deployed()
    deployed.codes = [1, 0]
    assert deployed(Commits("c" * 40, "d" * 40)) == ["unpack c", UP, UP, "judge base", "preview"]


def test_a_base_that_can_not_be_deployed_fails_and_says_why(deployed: Deployed) -> None:
    deployed.place.mkdir()
    deployed.codes = [1]
    with pytest.raises(RunEndedError) as ended:
        deployed()
    assert ended.value.code is Exit.FAILED
    assert deployed.asked == ["unpack a", UP]
    said = (deployed.place / "run" / "failure.txt").read_text()
    assert said == "the base aaaaaaaaaaaa can't be deployed: it is protected\n\n"


def test_of_a_stack_that_the_base_does_not_have_all_is_new(deployed: Deployed) -> None:
    deployed.place.mkdir()
    assert deployed(stack="new") == ["unpack a", "judge base", "preview"]


@pytest.mark.parametrize(
    ("verdict", "code"),
    [("violation", Exit.VIOLATION), ("not-judged", Exit.NOT_JUDGED), ("failed", Exit.FAILED)],
)
def test_the_reports_verdict_is_how_it_ends(deployed: Deployed, verdict: str, code: Exit) -> None:
    deployed.place.mkdir()
    deployed.verdict = verdict
    with pytest.raises(RunEndedError) as ended:
        deployed()
    assert ended.value.code is code


@pytest.mark.parametrize("more", [["--lost", "us-ashburn-1"], ["--detail"], ["--verbose"]])
def test_a_preview_on_a_base_takes_no_other_option(more: list[str]) -> None:
    ended = typer.testing.CliRunner().invoke(cli.app, ["preview", "--base", "main", *more])
    assert isinstance(ended.exception, RehearsalError)
    assert (
        str(ended.exception) == "--base goes with none of --lost, --at, --detail and --verbose; leave one of them out"
    )
