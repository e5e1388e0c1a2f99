"""One comment, updated in place, against a stand-in for GitHub: pages, strangers, faults and limits."""

from collections.abc import Iterator
from typing import Any

import pytest

from assurance.pull_request.github.interface import Artifact, GitHubError
from assurance.pull_request.github.posting import Posted, post
from assurance.pull_request.github.rest import RestGitHub
from assurance.pull_request.github.transport import Transport
from assurance.pull_request.render.comment import comment, marker
from assurance.pull_request.report import Changed, Found, Listed, Operation, Report, Verdict
from tests.unit.assurance.made import report
from tests.unit.assurance.standin import BOT, TOKEN, Fault, StandIn, serving

FOUND = Found(rule="peering", severity="", type="t", name="gate", path="", says="x", lets_through="y", instead="z")
CHANGED = Changed(name="a", type="oci:x/y:Z", system="data", operation=Operation.CREATE)
CLEAN = report(changes=Listed(items=(CHANGED,), total=1))
BLOCKED = report(verdict=Verdict.VIOLATION, findings=Listed(items=(FOUND,), total=1))


@pytest.fixture
def world() -> Iterator[StandIn]:
    with serving(StandIn()) as standing:
        yield standing


class Poster:
    """Posts to a stand-in, and knows how long it would have waited."""

    def __init__(self, world: StandIn, token: str = TOKEN) -> None:
        self.waits: list[float] = []
        self.github = RestGitHub(Transport(world.address, "o/r", token, self.waits.append))

    def __call__(self, what: Report, run: str = "https://github.com/o/r/actions/runs/1") -> Posted:
        return post(self.github, 7, what, BOT, comment(what, run=run))


def test_the_first_comment_is_written_and_the_next_one_is_the_same_one(world: StandIn) -> None:
    poster = Poster(world)
    assert poster(CLEAN) is Posted.CREATED
    assert poster(report(unchanged=5, changes=CLEAN.changes)) is Posted.EDITED
    (body,) = world.bodies()
    assert "5 unchanged" in body


def test_nothing_is_written_where_there_is_nothing_to_say(world: StandIn) -> None:
    assert Poster(world)(report()) is Posted.NOTHING
    assert world.writes() == []


def test_nothing_is_written_where_only_the_run_is_another_one(world: StandIn) -> None:
    poster = Poster(world)
    poster(CLEAN)
    assert poster(CLEAN, run="https://github.com/o/r/actions/runs/2") is Posted.SAME
    assert world.writes() == ["POST issues/7/comments"]


def test_a_comment_that_is_there_says_so_when_nothing_changes_any_more(world: StandIn) -> None:
    poster = Poster(world)
    poster(CLEAN)
    assert poster(report()) is Posted.EDITED
    assert "nothing changes" in world.bodies()[0]


def test_a_verdict_that_flips_is_said_in_one_short_new_line_each_time(world: StandIn) -> None:
    poster = Poster(world)
    assert [poster(each) for each in (CLEAN, BLOCKED, BLOCKED, CLEAN)] == [
        Posted.CREATED,
        Posted.FLIPPED,
        Posted.SAME,
        Posted.FLIPPED,
    ]
    where = "([preview](https://github.com/o/r/pull/7#issuecomment-1))"
    assert world.bodies()[1:] == [
        f"⛔ **dev**: blocked by 1 violation {where}",
        f"✅ **dev**: nothing crosses the boundary {where}",
    ]


def test_from_one_wrong_to_another_nothing_flips(world: StandIn) -> None:
    poster = Poster(world)
    poster(BLOCKED)
    assert poster(report(verdict=Verdict.FAILED, reasons=Listed(items=("no",), total=1))) is Posted.EDITED


def test_our_comment_is_found_on_any_page(world: StandIn) -> None:
    poster = Poster(world)
    for number in range(250):
        world.say(f"comment {number}", "octocat")
    poster(CLEAN)
    world.say("one more", "octocat")
    assert poster(BLOCKED) is Posted.FLIPPED
    assert len(world.bodies()) == 2


@pytest.mark.parametrize("author", ["octocat", "github-actions", "github-actions[bot]x", "GitHub-Actions[bot]"])
def test_a_strangers_comment_with_our_marker_is_left_alone(world: StandIn, author: str) -> None:
    world.say(comment(BLOCKED), author)
    assert Poster(world)(CLEAN) is Posted.CREATED
    assert world.bodies(author) == [comment(BLOCKED)]


def test_what_we_say_of_another_stack_or_quote_is_not_taken_for_it(world: StandIn) -> None:
    world.say(comment(BLOCKED.model_copy(update={"stack": "dev-two"})))
    world.say(f"> {marker('dev')}")
    assert Poster(world)(CLEAN) is Posted.CREATED


def test_a_comment_that_was_deleted_meanwhile_is_written_anew(world: StandIn) -> None:
    poster = Poster(world)
    poster(CLEAN)
    world.faults.append(Fault("PATCH", "issues/comments/1", 404))
    assert poster(BLOCKED) is Posted.CREATED


def test_an_edit_that_is_refused_fails_and_writes_no_second_comment(world: StandIn) -> None:
    poster = Poster(world)
    poster(CLEAN)
    world.faults.append(Fault("PATCH", "issues/comments/1", 403))
    with pytest.raises(GitHubError, match="GitHub refuses PATCH with 403; look at the token's permissions"):
        poster(BLOCKED)
    assert world.bodies() == [comment(CLEAN, run="https://github.com/o/r/actions/runs/1")]


@pytest.mark.parametrize("code", [500, 502, 503, 0])
def test_what_breaks_for_a_moment_is_asked_again(world: StandIn, code: int) -> None:
    poster = Poster(world)
    poster(CLEAN)
    world.faults += [Fault("GET", "comments", code, times=2), Fault("PATCH", "comments", code, times=3)]
    assert poster(BLOCKED) is Posted.FLIPPED
    assert poster.waits == [2, 4, 2, 4, 8]


def test_what_stays_broken_is_given_up_in_a_sentence(world: StandIn) -> None:
    world.faults.append(Fault("GET", "comments", 503, times=9))
    with pytest.raises(GitHubError, match="GitHub did not answer 4 times; run it again later"):
        Poster(world)(CLEAN)


@pytest.mark.parametrize("code", [500, 502, 0])
@pytest.mark.parametrize("done", [True, False])
def test_a_comment_whose_answer_is_lost_is_written_once(world: StandIn, code: int, done: bool) -> None:
    world.faults.append(Fault("POST", "comments", code, done_anyway=done))
    assert Poster(world)(CLEAN) is Posted.CREATED
    assert len(world.bodies()) == 1


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        ({"Retry-After": "7"}, [7.0]),
        ({"X-RateLimit-Remaining": "0"}, [60.0]),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, [1.0]),
    ],
)
@pytest.mark.parametrize("code", [403, 429])
def test_a_limit_that_is_soon_over_is_waited_for(
    world: StandIn, code: int, headers: dict[str, str], waits: list[float]
) -> None:
    poster = Poster(world)
    world.faults.append(Fault("POST", "comments", code, headers))
    assert poster(CLEAN) is Posted.CREATED
    assert poster.waits == waits
    assert len(world.bodies()) == 1


def test_a_limit_that_lasts_is_not_waited_for(world: StandIn) -> None:
    world.faults.append(Fault("GET", "comments", 429, {"Retry-After": "3600"}))
    poster = Poster(world)
    with pytest.raises(GitHubError, match="limit of requests is reached for 3600 s more"):
        poster(CLEAN)
    assert poster.waits == []


def test_a_list_without_end_is_given_up(world: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(method: str, target: str, body: Any) -> Any:
        return 200, [{"id": 1, "user": None, "body": None}] * 100, {}

    monkeypatch.setattr(world, "answer", endless)
    with pytest.raises(GitHubError, match="more than 10,000 entries"):
        Poster(world)(CLEAN)


def test_a_wrong_token_is_said_and_never_shown(world: StandIn) -> None:
    with pytest.raises(GitHubError) as refused:
        Poster(world, token="ghp_wrong0123456789")(CLEAN)  # noqa: S106 - it opens nothing
    assert str(refused.value) == "GitHub refuses GET with 401; look at the token's permissions"


@pytest.mark.parametrize(
    "api", ["http://api.github.com", "ftp://127.0.0.1", "api.github.com", "http://127.0.0.1.evil.example"]
)
def test_the_token_goes_to_no_address_without_encryption(api: str) -> None:
    with pytest.raises(GitHubError, match="has to begin with https://"):
        Transport(api, "o/r", TOKEN)


def test_a_file_that_is_larger_than_its_listing_says_is_not_taken(world: StandIn) -> None:
    world.artifacts["preview-dev"] = b" " * 11
    with pytest.raises(GitHubError, match="GitHub's answer has more than 10 bytes; it was not taken"):
        Poster(world).github.download(Artifact(0, "preview-dev", 10), 10)
    with pytest.raises(GitHubError, match="the artifact 0 has more than 10 bytes; it was not taken"):
        Poster(world).github.download(Artifact(0, "preview-dev", 11), 10)
