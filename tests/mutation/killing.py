"""Whether a mutant is killed: the fast tests, run in a process of its own that was forked for it.

What others made is imported, and the tests are collected, once, before the fork. Where the fault can be put into a
function that is already imported, that is all it takes; else, and to be sure of a survivor, the rooms that are mutated
are imported anew.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import ModuleType

import psutil
import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.patching import put_in

# What holds something of the rooms that are mutated.
_ANEW = ("policies", "iam", "tests.policies", "tests.unit", "tests.mutation.quick", "tests.mutation.verdicts")
# Seconds of the processor's time, not of the clock's: a busy machine kills no mutant, an endless loop does.
_LOOK, _TESTS = 10, 40
# Bytes on top of what this process has, which is much in a run of all tests.
_MEMORY = 1 << 30
_KILLED, _SURVIVED, _BROKEN = 1, 0, 2

Tests = Sequence[str]
Done = Callable[[Mutant, bool], None]


def warm_up(tests: Tests) -> None:
    """Imports and fills what no mutant changes (YAML, parsers, plug-ins of the tests): it would take most of the time.

    Raises:
        RuntimeError: a test fails without any fault.
    """
    import boundary.load

    boundary.load.parse_yaml = cache(boundary.load.parse_yaml)
    from tests.mutation.quick import look

    look()
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(out):
        fails = _fails(tests)
    if fails:
        said = [line for line in out.getvalue().splitlines() if line.startswith(("FAILED", "ERROR"))]
        raise RuntimeError("\n".join(["a test fails without any fault; mend that first", *said]))


def run_all(mutants: Iterable[Mutant], tests: Callable[[str], Tests], done: Done, at_once: int = 2) -> None:
    """Tells of each mutant, as it is done, whether it was killed by the tests of its module.

    Raises:
        RuntimeError: tests can't be run.
    """
    out, err = sys.stdout, sys.stderr

    def tell(mutant: Mutant, killed: bool) -> None:
        with redirect_stdout(out), redirect_stderr(err):
            done(mutant, killed)

    for its_tests, group in groupby(mutants, lambda mutant: tuple(tests(mutant.module))):
        with TemporaryDirectory() as scratch, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            loop = _Loop(list(group), its_tests, tell, at_once, scratch)
            if _run(its_tests, plugins=[loop]) == pytest.ExitCode.INTERRUPTED:
                raise KeyboardInterrupt


class _Loop:
    """A plug-in of pytest that runs what was collected once for each mutant, instead of once."""

    def __init__(self, mutants: list[Mutant], tests: Tests, done: Done, at_once: int, scratch: str) -> None:
        self._mutants, self._tests, self._done, self._at_once, self._scratch = mutants, tests, done, at_once, scratch

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Forks for each mutant, and waits for them all."""
        waiting = list(reversed(self._mutants))
        running: dict[int, Mutant] = {}
        while waiting or running:
            while waiting and len(running) < self._at_once:
                mutant = waiting.pop()
                running[self._start(mutant, session)] = mutant
            process, status = os.waitpid(-1, 0)
            if process in running:
                code = os.waitstatus_to_exitcode(status)
                if code == _BROKEN:
                    raise RuntimeError("the tests can't be run")
                self._done(running.pop(process), code != _SURVIVED)
        return True

    def _start(self, mutant: Mutant, session: pytest.Session) -> int:
        process = os.fork()
        if process:
            return process
        # A fault may do anything: whatever isn't a clean pass is a kill.
        code = _KILLED
        try:
            # What the tests write is theirs alone: else one process would clear it away under another.
            os.environ["PYTEST_DEBUG_TEMPROOT"] = mkdtemp(dir=self._scratch)
            most = psutil.Process().memory_info().vms + _MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            code = _KILLED if self._is_killed(mutant, session) else _SURVIVED
        except RuntimeError:
            code = _BROKEN
        finally:
            os._exit(code)

    def _is_killed(self, mutant: Mutant, session: pytest.Session) -> bool:
        """Whether a test fails, in this process, which must end then. What is quick comes first."""
        if put_in(mutant) and (not _looks_well() or _fails_as_collected(session)):
            return True
        _import_anew(mutant)
        return not _looks_well() or _fails(self._tests)


def _looks_well() -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, _LOOK)
    try:
        from tests.mutation.quick import look

        look()
    except BaseException:
        return False
    signal.setitimer(signal.ITIMER_VIRTUAL, _TESTS)
    return True


def _fails_as_collected(session: pytest.Session) -> bool:
    """Whether one of the collected tests fails; no fixture was made before the fork."""
    following = [*session.items[1:], None]
    for item, after in zip(session.items, following, strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return True
    return False


def _fails(tests: Tests) -> bool:
    """Whether one of these tests fails.

    Raises:
        RuntimeError: they can't be run at all.
    """
    return bool(tests) and _run(tests, "-x") != pytest.ExitCode.OK


def _run(tests: Tests, *options: str, plugins: Sequence[object] = ()) -> int | pytest.ExitCode:
    code = pytest.main(["-q", "--capture=sys", *options, *tests], plugins=plugins)
    if code in {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.INTERNAL_ERROR}:
        raise RuntimeError("the tests can't be run")
    return code


def _import_anew(mutant: Mutant) -> None:
    """Forgets the rooms that are mutated, so that they are imported again, with the fault."""
    for name in [name for name in sys.modules if f"{name}.".startswith(tuple(f"{room}." for room in _ANEW))]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the mutated module in place of the one that is on the disk."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._mutant.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self._mutant)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, mutant: Mutant) -> None:
        super().__init__(name, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> object:
        tree = self._mutant.tree(Path(self.path).read_text(encoding="utf-8"))
        return compile(tree, self.path, "exec")
