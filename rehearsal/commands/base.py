"""`preview` of a change on its base: the base is deployed first, and the change is previewed on it.

Everything lies in `base/STACK/` of the home, beside what the user has up: the base's files, a rehearsal of its own in
which it stays deployed for the next preview, `run/`, which the report is made from (assurance/pull_request), and
`out/`, what comes of it. Each step leaves a file in `run/`; one that fails leaves why, and the report says so.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from boundary import boundary_path, load_boundary
from rehearsal.commands.base_tree import Commits, Tree, base_home, find_commits, last_line
from rehearsal.commands.guarded import guarded
from rehearsal.commands.opening import alone, open_session
from rehearsal.console import console, say
from rehearsal.doors.provider.process import close
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.install import install
from rehearsal.toolchain.session import PROJECT, read_stack_file
from runs.errors import Exit, RunEndedError
from runs.guarded import preview
from runs.record import Record
from runs.verdict import judge
from runs.views import view_for

_ENDS = {"clean": Exit.CLEAN, "violation": Exit.VIOLATION, "not-judged": Exit.NOT_JUDGED, "failed": Exit.FAILED}
_JUDGED = (Exit.CLEAN, Exit.VIOLATION, Exit.NOT_JUDGED)
_PACK = "policies.check"
# The program's source is judged where it lies, so that both are named alike.
_PROGRAM = ("--program", "infra")


def preview_on_base(stack: str, home: Home, base: str, head: str = "HEAD") -> None:
    """Shows what a change does to a stack, as its pull request would, and says where that is.

    Raises:
        RehearsalError: there is no such stack or commit, or something on the way can't be.
        RunEndedError: the change is not clean, as the report says.
    """
    read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml")
    load_boundary()
    commits = find_commits(base, head)
    home.create()
    place = base_home(home, stack)
    with alone(place, f"preview of {stack} on its base"):
        _Comparison(stack, commits, place.path, install(home)).show()


@dataclass(frozen=True)
class _Comparison:
    """One change to one stack."""

    stack: str
    commits: Commits
    place: Path
    engine: Path

    @property
    def tree(self) -> Tree:
        """The base's files."""
        return Tree(self.place / "tree")

    @property
    def home(self) -> Home:
        """The base's own rehearsal."""
        return Home(self.place / "rehearsal")

    @property
    def run(self) -> Path:
        """What the report is made from."""
        return self.place / "run"

    @property
    def out(self) -> Path:
        """What comes of it: the report, the comment, and what the pack found in other forms."""
        return self.place / "out"

    def show(self) -> None:
        for directory in (self.run, self.out):
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir(parents=True)
        (self.run / "base").mkdir()
        try:
            if self._deploy():
                self._judge_base()
                self._preview()
        finally:
            # The state stays; no process does.
            close(self.home)
        self._report()

    def _deploy(self) -> bool:
        """Brings the base up, unless it is; whether it is then."""
        record = self.place / "base.json"
        wanted = {"commit": self.commits.base, "stack": self.stack}
        if record.exists() and json.loads(record.read_text(encoding="utf-8")) == wanted:
            say(f"the base {self.commits.base[:12]} of {self.stack} is deployed")
            return True
        self.tree.unpack(self.commits.base)
        if not self.tree.has(self.stack):
            say(f"the base has no stack {self.stack}: all of it is new")
            self._forget()
            return True
        older = record.exists()
        record.unlink(missing_ok=True)
        if not self._up() and not (older and self._start_anew()):
            self._notes(
                "failure.txt", f"the base {self.commits.base[:12]} can't be deployed: {last_line(self._log('deploy'))}"
            )
            return False
        record.write_text(json.dumps(wanted), encoding="utf-8")
        return True

    def _up(self) -> bool:
        say(f"deploying the base {self.commits.base[:12]} of {self.stack}; {self._log('deploy')} has what it prints")
        return self.tree.run(self.home, self.engine, self._log("deploy"), "rehearsal", "up", "--stack", self.stack) == 0

    def _start_anew(self) -> bool:
        """An older base's state may hold what this one can't take away (something protected)."""
        self._forget()
        return self._up()

    def _forget(self) -> None:
        close(self.home)
        shutil.rmtree(self.home.path, ignore_errors=True)

    def _judge_base(self) -> None:
        state = self.home.state / ".pulumi" / "stacks" / PROJECT / f"{self.stack}.json"
        if not state.exists():
            return
        say("judging the base")
        into = self.run / "base"
        shutil.copy2(self.tree.boundary, into / "boundary.yaml")
        what = ("--state", state, "--boundary", self.tree.boundary, *_PROGRAM)
        self._check(self.tree.path, *what, "--json", into / "results.json", "--flows", into / "flows.json")

    def _preview(self) -> None:
        say(f"previewing the change on it: {self.commits.head[:12]}")
        boundary = load_boundary()
        command = guarded(open_session(self.home, boundary), self.stack, boundary)
        outcome = preview(command.engine, command.request, Record(self.run / "engine"), view_for(console))
        if outcome.digest is None:
            said = outcome.account.errors or tuple(outcome.complaint.splitlines()[-1:])
            self._notes("failure.txt", *(said or ("the engine ended and said nothing",)))
            return
        shown = Path(shutil.copy2(Record(self.run / "engine").digest, self.run / "preview.json"))
        verdict = judge(outcome, command.request)
        if verdict.code is Exit.NOT_JUDGED:
            self._notes("not-judged.txt", verdict.why)
        # The engine hands the pack every value; its file of a preview has none that is secret.
        seen = ("--secrets-judged",) if verdict.code in (Exit.CLEAN, Exit.VIOLATION) else ()
        judged = ("--preview", shown, *seen)
        say("judging the change, by its own rules and by the base's")
        shutil.copy2(boundary_path(), self.run / "boundary.yaml")
        data = ("--json", self.run / "results.json", "--flows", self.run / "flows.json")
        forms = ("--sarif", self.out / "results.sarif", "--junit", self.out / "junit.xml")
        self._check(CHECKOUT, *judged, *_PROGRAM, *data, *forms)
        if verdict.code is Exit.VIOLATION and not json.loads((self.run / "results.json").read_text())["findings"]:
            self._notes("not-judged.txt", f"{verdict.why} in the engine's run, and the check of its preview finds none")
        self._judge_by_base(judged)

    def _judge_by_base(self, judged: tuple[str | Path, ...]) -> None:
        """The base's pack over the change's program, so that the change isn't judged by its own judge alone."""
        if not self.tree.boundary.exists():
            return
        log = self._log("by-base")
        what = (*judged, *_PROGRAM, "--json", self.run / "by-base.json")
        ended = self.tree.run(self.home, self.engine, log, _PACK, *what, where=CHECKOUT)
        if ended not in _JUDGED:
            self._notes("by-base.txt", last_line(log))
        if self.tree.boundary.read_bytes() != boundary_path().read_bytes():
            both = ("--boundary", self.tree.boundary, "--proposed", boundary_path())
            self._check(CHECKOUT, *judged, *both, "--json", self.run / "by-boundary.json")

    def _check(self, where: Path, *arguments: str | Path) -> None:
        """Judges with this checkout's pack the program that is somewhere; what it found is in the files it writes."""
        # What lies where it runs is not to be imported from there.
        command = [sys.executable, "-P", "-m", _PACK, *map(str, arguments)]
        ended = subprocess.run(
            command,
            cwd=where,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode not in _JUDGED:
            self._notes(
                "failure.txt",
                f"the change's rules can't judge it: {(ended.stderr.strip().splitlines() or ['no reason given'])[-1]}",
            )

    def _report(self) -> None:
        """Makes the report and shows it; its verdict is how this ends."""
        report, comment = self.out / "report.json", self.out / "comment.md"
        about = ("--stack", self.stack, "--base", self.commits.base, "--head", self.commits.head, "--out", report)
        self._assurance("report", self.run, *about)
        self._assurance("render", report, "--out", comment)
        self._assurance("render", report)
        console.print()
        say(f"the same as Markdown: {comment}; as data: {report}")
        code = _ENDS[json.loads(report.read_text(encoding="utf-8"))["verdict"]]
        if code is not Exit.CLEAN:
            raise RunEndedError(f"the change to {self.stack} is not clean", code)

    def _assurance(self, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "assurance.pull_request", *map(str, arguments)]
        if subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, check=False).returncode:
            raise RehearsalError("the report can't be made, as the line above says; mend that and run it again")

    def _notes(self, name: str, *sentences: str) -> None:
        """Leaves word of what went wrong, a paragraph each."""
        with (self.run / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{sentence.strip()}\n\n" for sentence in sentences)

    def _log(self, step: str) -> Path:
        return self.place / f"{step}.log"
