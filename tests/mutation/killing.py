"""Whether a mutant is killed: the fast tests, run in a process of its own that was forked for it.

What others made is imported once, before the fork; the rooms that are mutated are imported anew in each process.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.mutation.mutants import Mutant
from tests.mutation.patching import put_in

ANEW = ("policies", "tests.policies", "tests.unit")
_LONGEST = 60  # seconds; an endless loop is noticed by whoever runs the tests
_MEMORY = 4 << 30
_KILLED, _SURVIVED, _BROKEN = 1, 0, 2


def warm_up(tests: Sequence[str]) -> None:
    """Imports and fills what no mutant changes (YAML, parsers, plug-ins of the tests): it would take most of the time.

    Raises:
        RuntimeError: a test fails without any fault.
    """
    import boundary.load

    boundary.load.parse_yaml = cache(boundary.load.parse_yaml)
    from tests.mutation.quick import look

    look()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        if _fails(tests):
            raise RuntimeError("a test fails without any fault; mend that first")


def run_all(
    mutants: Sequence[Mutant], tests: Callable[[str], Sequence[str]], at_once: int = 2
) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, as it is done, and whether it was killed."""
    waiting = list(reversed(mutants))
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[_start(mutant, tests(mutant.module))] = mutant
        process, status = os.waitpid(-1, 0)
        if process in running:
            code = os.waitstatus_to_exitcode(status)
            if code == _BROKEN:
                raise RuntimeError("the tests can't be run on a mutant")
            yield running.pop(process), code != _SURVIVED


def _start(mutant: Mutant, tests: Sequence[str]) -> int:
    process = os.fork()
    if process:
        return process
    # A fault may do anything: whatever isn't a clean pass is a kill.
    code = _KILLED
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_LONGEST)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = _KILLED if is_killed(mutant, tests) else _SURVIVED
    except RuntimeError:
        code = _BROKEN
    finally:
        os._exit(code)


def is_killed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails, in this process, which must end then. What is quick comes first."""
    return (put_in(mutant) and _is_noticed(tests)) or _is_noticed_anew(mutant, tests)


def _is_noticed(tests: Sequence[str]) -> bool:
    try:
        from tests.mutation.quick import look

        look()
    except BaseException:
        return True
    return _fails(tests)


def _is_noticed_anew(mutant: Mutant, tests: Sequence[str]) -> bool:
    """The same with everything imported again: for what is done on import, and to be sure of a survivor."""
    for name in [name for name in sys.modules if name.split(".")[0] == "policies" or name.startswith(ANEW)]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))
    sys.modules.pop("tests.mutation.quick", None)
    return _is_noticed(tests)


def _fails(tests: Sequence[str]) -> bool:
    """Whether one of these tests fails.

    Raises:
        RuntimeError: they can't be run at all.
    """
    import pytest

    code = pytest.main(["-x", "-q", *tests]) if tests else pytest.ExitCode.OK
    if code in {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}:
        raise RuntimeError("the tests can't be run")
    return code != pytest.ExitCode.OK


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
