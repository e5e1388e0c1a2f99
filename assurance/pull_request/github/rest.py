"""GitHub by its REST API: a call for each thing that is asked of it.

Source: https://docs.github.com/rest (issue comments, pulls, artifacts, code scanning)
"""

import base64
import gzip
from collections.abc import Iterator
from typing import Any

from assurance.pull_request.github.interface import Artifact, Comment, GitHubError, PullRequest
from assurance.pull_request.github.transport import Transport


class RestGitHub:
    """One repository, over HTTP."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    def comments(self, number: int) -> Iterator[Comment]:
        return (_comment(each) for each in self._http.pages(f"issues/{number}/comments"))

    def create_comment(self, number: int, body: str) -> Comment:
        return _comment(self._http.json("POST", f"issues/{number}/comments", {"body": body}))

    def edit_comment(self, comment: int, body: str) -> None:
        self._http.json("PATCH", f"issues/comments/{comment}", {"body": body})

    def pull_requests(self, owner: str, branch: str) -> Iterator[PullRequest]:
        for each in self._http.pages("pulls", state="open", head=f"{owner}:{branch}"):
            head = each["head"]
            # A fork that was deleted since has no repository.
            yield PullRequest(each["number"], head["sha"], (head["repo"] or {}).get("full_name", ""))

    def artifacts(self, run: int) -> Iterator[Artifact]:
        found = self._http.pages(f"actions/runs/{run}/artifacts", "artifacts")
        return (Artifact(each["id"], each["name"], each["size_in_bytes"]) for each in found if not each["expired"])

    def download(self, artifact: Artifact, most: int) -> bytes:
        if artifact.size > most:
            raise GitHubError(f"the artifact {artifact.id} has more than {most:,} bytes; it was not taken")
        return self._http.file(f"actions/artifacts/{artifact.id}/zip", most)

    def upload_sarif(self, commit: str, ref: str, sarif: str) -> None:
        packed = base64.b64encode(gzip.compress(sarif.encode(), mtime=0)).decode()
        body = {"commit_sha": commit, "ref": ref, "sarif": packed, "tool_name": "stateside"}
        self._http.json("POST", "code-scanning/sarifs", body)


def _comment(each: dict[str, Any]) -> Comment:
    author = (each.get("user") or {}).get("login", "")
    return Comment(each["id"], author, each.get("body") or "", each.get("html_url") or "")
