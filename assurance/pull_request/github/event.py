"""What GitHub says about a run that has ended (`workflow_run`): the one thing here that a stranger can't write.

Which pull request it was about is taken from this alone. What the stranger chose in it (the branch's name) is only ever
compared and asked for.
Source: https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
"""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assurance.pull_request.github.interface import GitHub, PullRequest
from assurance.pull_request.report import Sha
from boundary import BoundaryError

WORKFLOW = ".github/workflows/preview.yml"
Repository = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]


class _Known(BaseModel):
    """What is read of an event; the rest of it is not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class HeadRepository(_Known):
    """The repository that a change comes from."""

    full_name: Repository

    @property
    def owner(self) -> str:
        """Its owner."""
        return self.full_name.partition("/")[0]


class Run(_Known):
    """The run that has ended."""

    id: Annotated[int, Field(ge=1)]
    event: str
    path: str
    conclusion: str | None
    head_sha: Sha
    head_branch: str | None
    head_repository: HeadRepository | None


class BaseRepository(_Known):
    """The repository that the run was in."""

    full_name: Repository
    html_url: Annotated[str, Field(pattern=r"^https://[A-Za-z0-9./_-]+$")]


class Event(_Known):
    """A run that has ended, and where."""

    workflow_run: Run
    repository: BaseRepository

    @property
    def is_preview(self) -> bool:
        """Whether it was a preview of a pull request."""
        run = self.workflow_run
        return run.event == "pull_request" and run.path.partition("@")[0] == WORKFLOW

    @property
    def address(self) -> str:
        """Where a person looks at the run."""
        return f"{self.repository.html_url}/actions/runs/{self.workflow_run.id}"

    @property
    def blobs(self) -> str:
        """Where the files of the change's commit are looked at."""
        return f"{self.repository.html_url}/blob/{self.workflow_run.head_sha}"


def read_event(path: Path) -> Event:
    """The event of this run.

    Raises:
        BoundaryError: there is none, or it is another one.
    """
    try:
        return Event.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BoundaryError(f"the event {path} can't be read ({error.strerror}); name it with --event") from None
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        raise BoundaryError(f"{path} is no event of a run that has ended: {place}; run this by workflow_run") from None
    except ValueError:
        raise BoundaryError(f"{path} is no event of GitHub's; name it with --event") from None


def pull_requests(github: GitHub, event: Event) -> list[PullRequest]:
    """The open pull requests that want this very commit; none where one has moved on since."""
    run = event.workflow_run
    if run.head_branch is None or run.head_repository is None:
        return []
    found = github.pull_requests(run.head_repository.owner, run.head_branch)
    wanted = (run.head_sha, run.head_repository.full_name)
    return [each for each in found if (each.head, each.repository) == wanted]
