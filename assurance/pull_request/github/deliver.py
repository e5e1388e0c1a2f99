"""Takes the reports that a run stored to the pull request that it was about.

The run was the stranger's: what it stored is read with every limit there is, and of what it says about itself nothing
is believed. Which pull request and commit it was about says the event; which stacks there are, the default branch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assurance.pull_request.files import parse_report
from assurance.pull_request.github.event import Event, pull_requests
from assurance.pull_request.github.interface import (
    Artifact,
    GitHub,
    GitHubError,
    GoneError,
    PullRequest,
    RefusedError,
)
from assurance.pull_request.github.package import MOST_PACKED, unpacked
from assurance.pull_request.github.posting import find, post
from assurance.pull_request.github.sarif import MAX_BYTES as MOST_SARIF
from assurance.pull_request.github.sarif import tamed
from assurance.pull_request.render.comment import comment
from assurance.pull_request.render.text import Links
from assurance.pull_request.report import MAX_BYTES, VERSION, Listed, Proof, Report, Verdict
from boundary import BoundaryError

PREFIX = "preview-"
_REPORT, _SARIF = "report.json", "results.sarif"
_NOBODY = "0" * 40

Say = Callable[[str], None]


@dataclass(frozen=True)
class Delivery:
    """What a run has left, and where it goes. `say` hears what is done, a sentence each."""

    github: GitHub
    event: Event
    author: str
    say: Say

    def of(self, stacks: Sequence[str]) -> bool:
        """Posts what the run reported on each of these stacks; whether all of it could be.

        Raises:
            GitHubError: GitHub can't be asked which pull request it was about.
        """
        if not self.event.is_preview:
            self.say("this run was no preview of a pull request; there is nothing to post")
            return True
        wanted = pull_requests(self.github, self.event)
        if not wanted:
            self.say("no open pull request wants this commit any more; there is nothing to post")
            return True
        stored = {each.name: each for each in self.github.artifacts(self.event.workflow_run.id)}
        done = [self._stack(stack, stored.get(f"{PREFIX}{stack}"), wanted) for stack in stacks]
        return all(done)

    def _stack(self, stack: str, artifact: Artifact | None, wanted: Sequence[PullRequest]) -> bool:
        """Posts what there is on one stack; what keeps it from that keeps no other."""
        try:
            if artifact is None:
                self._missing(stack, wanted)
            else:
                self._stored(stack, self.github.download(artifact, MOST_PACKED), wanted)
        except (GitHubError, BoundaryError) as error:
            self.say(f"{stack}: {error}")
            return False
        return True

    def _stored(self, stack: str, packed: bytes, wanted: Sequence[PullRequest]) -> None:
        report = self._report(stack, packed)
        sarif = unpacked(packed, _SARIF, MOST_SARIF)
        findings = tamed(sarif, stack) if sarif is not None else None
        for each in wanted:
            self._post(each, report)
            if findings is not None:
                self._scan(each, stack, findings)

    def _scan(self, request: PullRequest, stack: str, findings: str) -> None:
        """Hands findings to code scanning, where the repository has that switched on."""
        try:
            self.github.upload_sarif(request.head, f"refs/pull/{request.number}/head", findings)
        except (GoneError, RefusedError):
            self.say(f"{stack}: pull request {request.number}: code scanning takes no findings here; switch it on")
        else:
            self.say(f"{stack}: pull request {request.number}: findings handed to code scanning")

    def _missing(self, stack: str, wanted: Sequence[PullRequest]) -> None:
        """Of a run that broke off there is news only where an older comment would be believed."""
        if self.event.workflow_run.conclusion != "failure":
            return
        for each in wanted:
            if find(self.github, each.number, stack, self.author):
                self._post(each, _broken_off(stack, each.head))

    def _post(self, request: PullRequest, report: Report) -> None:
        text = comment(report, run=self.event.address, links=Links(self.event.blobs))
        done = post(self.github, request.number, report, self.author, text)
        self.say(f"{report.stack}: pull request {request.number}: {done}")

    def _report(self, stack: str, packed: bytes) -> Report:
        text = unpacked(packed, _REPORT, MAX_BYTES)
        if text is None:
            raise BoundaryError(f"the artifact holds no {_REPORT}; it is not taken")
        report = parse_report(text)
        if report.stack != stack or report.head != self.event.workflow_run.head_sha:
            raise BoundaryError("the report is about another stack or commit than its run; it is not taken")
        return report


def _broken_off(stack: str, head: str) -> Report:
    """What there is to say of a run that left no report."""
    reason = "the run ended before it could report; look at its log"
    return Report(
        version=VERSION,
        stack=stack,
        base=_NOBODY,
        head=head,
        verdict=Verdict.FAILED,
        reasons=Listed(items=(reason,), total=1),
        proof=Proof(registered=0, judged=0, rules=0, ran=0),
    )
