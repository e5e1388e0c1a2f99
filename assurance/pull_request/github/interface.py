"""What is asked of GitHub, and what can come of it. Whoever posts stands on this alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class GitHubError(Exception):
    """GitHub can't or won't do what was asked; one sentence, without what it answered."""


class GoneError(GitHubError):
    """What was asked for isn't there, or no longer."""


class RefusedError(GitHubError):
    """GitHub won't do what was asked, and won't do it next time either."""


class UnansweredError(GitHubError):
    """Nobody knows whether what was asked was done: the answer was lost, or said that something broke."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a pull request."""

    id: int
    author: str
    body: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """An open pull request: its number, and the commit and repository that it wants to bring in."""

    number: int
    head: str
    repository: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """What a run stored, as a packed file; `size` is in bytes."""

    id: int
    name: str
    size: int


class GitHub(Protocol):
    """One repository at GitHub. Every call can raise a GitHubError."""

    def comments(self, number: int) -> Iterator[Comment]:
        """Every comment on a pull request, the oldest first."""

    def create_comment(self, number: int, body: str) -> Comment:
        """Writes a new comment.

        Raises:
            UnansweredError: it may be there or not.
        """

    def edit_comment(self, comment: int, body: str) -> None:
        """Writes another text into a comment.

        Raises:
            GoneError: somebody has deleted it.
        """

    def pull_requests(self, owner: str, branch: str) -> Iterator[PullRequest]:
        """The open pull requests from a branch of an owner's repository."""

    def artifacts(self, run: int) -> Iterator[Artifact]:
        """What a run stored."""

    def download(self, artifact: Artifact, most: int) -> bytes:
        """The packed file of an artifact, of at most so many bytes."""

    def upload_sarif(self, commit: str, ref: str, sarif: str) -> None:
        """Hands findings to code scanning, for a commit and the ref that it is at."""
