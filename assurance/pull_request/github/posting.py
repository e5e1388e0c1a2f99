"""One comment for each stack, updated in place: silent when nothing changed, heard when the verdict flips.

The comment is found by its marker and its author, on all pages: anybody can write the marker. An edit notifies nobody,
so that one short line is new when the verdict turns from clean to anything else, or back.
"""

import re
from enum import StrEnum

from assurance.pull_request.github.interface import Comment, GitHub, GitHubError, GoneError, UnansweredError
from assurance.pull_request.render.comment import headline, marker, symbol
from assurance.pull_request.report import Report, Verdict

_RUN = re.compile(r" · \[run\]\([^)]*\)")
_TRIES = 3


class Posted(StrEnum):
    """What was done."""

    NOTHING = "nothing to say"
    SAME = "it says so already"
    CREATED = "written"
    EDITED = "updated"
    FLIPPED = "updated, and said that the verdict flipped"


def post(github: GitHub, number: int, report: Report, author: str, body: str) -> Posted:
    """Brings the comment about a report's stack up to date on a pull request.

    Raises:
        GitHubError: it couldn't be.
    """
    mine = find(github, number, report.stack, author)
    if mine is None:
        if report.says_nothing:
            return Posted.NOTHING
        _create(github, number, report.stack, author, body)
        return Posted.CREATED
    if _settled(mine.body) == _settled(body):
        return Posted.SAME
    try:
        github.edit_comment(mine.id, body)
    except GoneError:
        _create(github, number, report.stack, author, body)
        return Posted.CREATED
    if was_clean(mine) is (report.verdict is Verdict.CLEAN):
        return Posted.EDITED
    github.create_comment(number, _line(report, mine))
    return Posted.FLIPPED


def find(github: GitHub, number: int, stack: str, author: str) -> Comment | None:
    """Our comment about a stack; the oldest, should there be two."""
    first = marker(stack)
    return next(
        (each for each in github.comments(number) if each.author == author and each.body.startswith(first)), None
    )


def was_clean(comment: Comment) -> bool:
    """Whether a comment of ours says that nothing was wrong."""
    _, _, rest = comment.body.partition("\n")
    return rest.startswith(f"## {symbol(Verdict.CLEAN)} ")


def _create(github: GitHub, number: int, stack: str, author: str, body: str) -> None:
    """Writes the comment once, even if the answer is lost."""
    for _ in range(_TRIES):
        try:
            github.create_comment(number, body)
        except UnansweredError:
            if find(github, number, stack, author):
                return
        else:
            return
    raise GitHubError(f"GitHub did not take the comment {_TRIES} times; run it again later")


def _line(report: Report, comment: Comment) -> str:
    where = f" ([preview]({comment.url}))" if comment.url else ""
    return f"{symbol(report.verdict)} **{report.stack}**: {headline(report)}{where}"


def _settled(body: str) -> str:
    """A comment but for which run made it."""
    return _RUN.sub("", body).replace("\r\n", "\n").strip()
