"""Reads what the two runs of a change left in a directory: the base's deploy and the change's preview.

| file | what it is | without it |
|---|---|---|
| `preview.json` | the change's preview, `pulumi preview --json --show-sames` | the change failed |
| `results.json`, `flows.json` | its judgement by its own rules, and what can flow in it | the change failed |
| `base/results.json`, `base/flows.json` | the same of the base, as it is deployed | everything counts as new |
| `by-base.json` | the change's preview, judged by the base's own pack and boundary | `by-base.txt` says why |
| `by-boundary.json` | its preview by its own rules, the base's boundary in force and its own proposed | |
| `boundary.yaml`, `base/boundary.yaml` | the two boundaries | nothing is said of lanes |
| `failure.txt` | why there is no preview, a paragraph each | |
| `not-judged.txt` | what keeps the engine's own run from counting, a paragraph each | |
"""

from pathlib import Path

from assurance.pull_request.comparing.build import Change
from assurance.pull_request.comparing.flows import Flows, read_flows
from assurance.pull_request.comparing.results import Results, read_results
from assurance.pull_request.files import read_object
from boundary import Boundary, BoundaryError, load_boundary
from runs.digest import Digest, digest_of
from runs.errors import RunError

_MOST_MESSAGES = 20


def read_change(directory: Path, stack: str, base: str, head: str) -> Change:
    """What two runs left.

    Raises:
        BoundaryError: a file that is there can't be read.
    """
    flows = (_flows(directory / "base" / "flows.json"), _flows(directory / "flows.json"))
    return Change(
        stack=stack,
        base=base,
        head=head,
        digest=_digest(directory / "preview.json"),
        results=_results(directory / "results.json"),
        base_results=_results(directory / "base" / "results.json"),
        flows=(flows[0], flows[1]) if flows[0] and flows[1] else None,
        by_base=_results(directory / "by-base.json"),
        by_boundary=_results(directory / "by-boundary.json"),
        by_base_failure=" ".join(_messages(directory / "by-base.txt")),
        boundaries=_boundaries(directory),
        failures=_messages(directory / "failure.txt"),
        unproved=_messages(directory / "not-judged.txt"),
    )


def _digest(path: Path) -> Digest | None:
    if not path.exists():
        return None
    try:
        return digest_of(read_object(path, "preview"), str(path))
    except RunError as error:
        raise BoundaryError(str(error)) from None


def _results(path: Path) -> Results | None:
    if not path.exists():
        return None
    try:
        return read_results(read_object(path, "results"))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BoundaryError(f"{path} holds no results; write them anew with `python -m policies.check`") from None


def _flows(path: Path) -> Flows | None:
    if not path.exists():
        return None
    try:
        return read_flows(read_object(path, "flows"))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BoundaryError(f"{path} holds no flows; write them anew with `python -m policies.check`") from None


def _boundaries(directory: Path) -> tuple[Boundary, Boundary] | None:
    paths = directory / "base" / "boundary.yaml", directory / "boundary.yaml"
    if not all(path.exists() for path in paths):
        return None
    return load_boundary(paths[0]), load_boundary(paths[1])


def _messages(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    text = path.read_text(encoding="utf-8", errors="replace")
    return tuple(each.strip() for each in text.split("\n\n") if each.strip())[:_MOST_MESSAGES]
