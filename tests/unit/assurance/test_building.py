"""The report that two runs make: its verdict, what is new in it, and what it leaves out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assurance.pull_request.comparing.build import build
from assurance.pull_request.comparing.flows import more_in
from assurance.pull_request.comparing.messages import short
from assurance.pull_request.render.comment import comment
from assurance.pull_request.report import FlowRank, Looser, Operation, Report, Verdict
from boundary import Boundary
from tests.policies.builder import boundary, lane
from tests.unit.assurance.made import change, finding, flows, results
from tests.unit.runs.digests import BUCKET, POLICY, digest, state, step

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TAGS = {"stateside-dev.DataClass": "us-user"}


def built(**more: Any) -> Report:
    return build(change(**more), NOW)


@pytest.mark.parametrize(
    ("more", "verdict", "reason"),
    [
        ({}, Verdict.CLEAN, None),
        ({"results": results(finding())}, Verdict.VIOLATION, None),
        ({"results": results(analysed=2, unproved="2 of 3 were judged")}, Verdict.NOT_JUDGED, "2 of 3 were judged"),
        (
            {"results": results(rules=[{"id": "peering", "seen": True}, {"id": "flow", "seen": False}])},
            Verdict.NOT_JUDGED,
            "not every rule had its say on every resource; run it again",
        ),
        ({"unproved": ("no policy saw it",)}, Verdict.NOT_JUDGED, "no policy saw it"),
        ({"results": None}, Verdict.FAILED, "the run left no results; look at its log"),
        ({"failures": ("the program failed",)}, Verdict.FAILED, "the program failed"),
        (
            {"results": results(finding()), "digest": digest(diagnostics=({"severity": "error", "message": "no"},))},
            Verdict.FAILED,
            "no",
        ),
        (
            {
                "results": results(finding()),
                "digest": digest(diagnostics=({"severity": "error", "message": "error: preview failed\n"},)),
            },
            Verdict.VIOLATION,
            None,
        ),
        (
            {"results": results(finding(), unproved="rule flow could not run")},
            Verdict.VIOLATION,
            "rule flow could not run",
        ),
    ],
)
def test_a_verdict_says_the_worst_and_why(more: dict[str, Any], verdict: Verdict, reason: str | None) -> None:
    report = built(**more)
    assert (report.verdict, report.reasons.items) == (verdict, (reason,) if reason else ())


def test_the_proof_counts_what_was_registered_and_judged_and_which_rules_ran() -> None:
    proof = built(
        results=results(registered=7, analysed=6, rules=[{"id": "a", "seen": True}, {"id": "b", "seen": False}])
    )
    assert proof.proof.model_dump() == {"registered": 7, "judged": 6, "rules": 2, "ran": 1}
    assert not proof.proof.holds


def test_changes_are_counted_by_system_and_what_goes_comes_first() -> None:
    report = built(
        digest=digest(
            step("create", "new", new=state("infra/data/buckets.py#20")),
            step("same", "old", old=state(), new=state()),
            step("delete", "gone", old=state("infra/data/buckets.py#10")),
            step("update", "other", POLICY, old=state(), new=state(), keys=("statements",), system="iam"),
        )
    )
    assert [(each.operation, each.name, each.keys) for each in report.changes.items] == [
        (Operation.DELETE, "gone", ()),
        (Operation.UPDATE, "other", ("statements",)),
        (Operation.CREATE, "new", ()),
    ]
    assert [(each.name, each.create, each.update, each.delete) for each in report.systems] == [
        ("data", 1, 0, 1),
        ("iam", 0, 1, 0),
    ]
    assert str(report.changes.items[0].place) == "file='infra/data/buckets.py' line=10"


def test_what_a_change_needs_of_the_others_is_told_by_number() -> None:
    first = step("create", "first", new=state())
    second = step("create", "second", new=state() | {"dependencies": [first["urn"], "urn:elsewhere"]})
    assert [each.needs for each in built(digest=digest(first, second)).changes.items] == [(), (0,)]


def test_what_holds_data_and_goes_is_said_in_words_what_is_protected_last() -> None:
    old = state("infra/data/buckets.py#10", protect=True, name="dev-us-lake", definedTags=TAGS)
    report = built(
        digest=digest(
            step("delete", "a", old=old),
            step("delete", "b", old=state(name="dev-other", definedTags=TAGS)),
            step("delete", "c", POLICY, old=state()),
        )
    )
    assert [(each.says, each.protected) for each in report.losses.items] == [
        ("deletes bucket dev-other, which holds us-user data", False),
        ("deletes bucket dev-us-lake, which holds us-user data; protected", True),
    ]


def test_a_finding_is_told_once_for_its_cause_and_what_the_base_has_too_comes_last() -> None:
    old, new, also = finding(name="old"), finding(name="new"), finding("flow", "new", "data can leave")
    found = results(old, new, also, causes=[{"main": 0, "also": []}, {"main": 1, "also": [2]}])
    report = built(results=found, base_results=results(old))
    assert [(each.name, each.is_new, each.also.items) for each in report.findings.items] == [
        ("new", True, ("flow: new: data can leave",)),
        ("old", False, ()),
    ]


def test_a_finding_without_a_place_has_that_of_its_resource() -> None:
    raw = finding()
    made = {"op": "create", "urn": raw["urn"], "newState": state("infra/network/gate.py#7")}
    assert [
        (each.place and each.place.file, each.place and each.place.line)
        for each in built(results=results(raw), digest=digest(made)).findings.items
    ] == [("infra/network/gate.py", 7)]


def test_statements_are_compared_as_a_set() -> None:
    report = built(
        digest=digest(step("update", "p", POLICY, old=state(statements=["a", "b"]), new=state(statements=["b", "c"])))
    )
    assert [each.text for each in report.added.items] == ["c"]
    assert [each.text for each in report.removed.items] == ["a"]


def test_what_the_bases_judgement_blocks_and_the_changes_does_not_is_loosened_and_by_what() -> None:
    lane_only, rule_only, both = finding(name="lane"), finding(name="rule"), finding(name="both")
    mine = finding(name="mine")
    report = built(
        results=results(both, mine),
        by_base=results(both, lane_only, rule_only),
        by_boundary=results(both, proposed={"disappearing": [lane_only]}),
    )
    assert [(each.by, each.name) for each in report.judgement.loosened.items] == [
        (Looser.BOUNDARY, "lane"),
        (Looser.RULES, "rule"),
    ]
    assert report.judgement.tightened == 1


def test_how_many_secret_values_the_base_did_not_see_is_said_below() -> None:
    report = built(by_base=results(sealedSecrets=4))
    assert report.judgement.unseen == 4
    assert "by the base's rules too, but for 4 secret values that a preview leaves out." in comment(report)
    assert "by the base's rules too." in comment(built(by_base=results()))


def test_that_the_base_could_not_judge_is_said() -> None:
    assert built(by_base_failure="it has no such file").judgement.failure == "it has no such file"
    assert built(by_base=results(unproved="2 of 3 were judged")).judgement.failure == "2 of 3 were judged"


def lanes(*changes: dict[str, Any]) -> Boundary:
    return boundary(*(lane("exposure", "oci:x/y:Z::dev-w") | each for each in changes))


def test_lanes_that_open_change_close_end_or_are_near_their_end_are_told() -> None:
    def one(name: str, days: int, owner: str = "Head of data") -> dict[str, Any]:
        ends = NOW + timedelta(days=days)
        return {
            "name": name,
            "resource": f"oci:ObjectStorage/preauthrequest:Preauthrequest::dev-{name}",
            "owner": owner,
            "opens": (ends - timedelta(days=80)).isoformat(),
            "expires": ends.isoformat(),
        }

    far = one("stays", 40)
    base = lanes(far, one("ending", 3), one("closed", 40), one("changed", 40), one("ended", -2))
    head = lanes(far, one("ending", 3), one("opened", 40), one("changed", 40, "Head of content"), one("ended", -2))
    report = built(boundaries=(base, head))
    assert [(each.name, str(each.news), each.days) for each in report.lanes.items] == [
        ("ending", "ending", 3),
        ("opened", "opened", 40),
        ("changed", "changed", 40),
        ("ended", "ended", -2),
        ("closed", "closed", 40),
    ]


def test_a_lane_that_is_extended_under_the_ticket_of_the_shorter_one_is_a_violation() -> None:
    def until(days: int, **terms: Any) -> Boundary:
        ends = NOW + timedelta(days=days)
        given = {"name": "code", "resource": "oci:ObjectStorage/preauthrequest:Preauthrequest::dev-code"}
        return lanes(given | {"opens": NOW.isoformat(), "expires": ends.isoformat()} | terms)

    report = built(boundaries=(until(20), until(30)))
    assert report.verdict is Verdict.VIOLATION
    (found,) = report.findings.items
    assert (found.rule, found.name, found.path, found.is_new) == ("lane", "dev-code", "expires", True)
    assert "and NET-1 approved the shorter time" in found.says
    assert "lane code is to be open until" in comment(report)
    for longer in (until(30, ticket="NET-2"), until(20), until(10)):
        assert built(boundaries=(until(20), longer)).verdict is Verdict.CLEAN
    other = until(30, resource="oci:ObjectStorage/preauthrequest:Preauthrequest::prod-code")
    assert built(boundaries=(until(20, resource=other.lanes[0].resource), other)).verdict is Verdict.CLEAN


def test_lanes_of_other_stacks_are_not_told() -> None:
    other = lanes({"name": "other", "resource": "oci:ObjectStorage/preauthrequest:Preauthrequest::prod-x"})
    assert built(boundaries=(boundary(), other)).lanes.total == 0


BEFORE = flows(("us-user", "bucket a", "group g", ["statement 1"]), holds={"us-user": ["bucket a"]})
AFTER = flows(
    ("us-user", "bucket a", "group g", ["statement 1"]),
    ("us-user", "bucket a", "group h", ["statement 2"]),
    ("us-user", "group h", "machine m", []),
    ("us-user", "machine m", "internet", ["route 0.0.0.0/0"]),
    holds={"us-user": ["bucket a"]},
    ends={"us-user": ["internet"]},
)


def test_the_first_steps_of_what_opens_are_told_and_what_follows_is_counted() -> None:
    opened = more_in(AFTER, BEFORE)
    assert [(each.rank, each.sources.items, each.targets.items, each.by) for each in opened.first.items] == [
        (FlowRank.ENDS, ("machine m",), ("internet",), ("route 0.0.0.0/0",)),
        (FlowRank.NEW, ("bucket a",), ("group h",), ("statement 2",)),
    ]
    assert opened.following == 1
    assert [(each.data_class, each.stops.items) for each in opened.reaches] == [
        ("us-user", ("group h", "internet", "machine m"))
    ]
    assert more_in(BEFORE, AFTER).first.total == 0


def test_what_closes_is_what_opens_the_other_way_round() -> None:
    report = built(flows=(AFTER, BEFORE))
    assert (report.opened.first.total, report.closed.first.total, report.closed.following) == (0, 2, 1)


def test_flows_of_the_same_classes_by_the_same_means_are_one_entry() -> None:
    both = {"us-user": ["log a", "log b"], "model": ["log a", "log b"]}
    after = flows(
        *((kind, f"log {name}", "group g", ["statement 1"]) for kind in ("us-user", "model") for name in "ab"),
        holds=both,
    )
    (entry,) = more_in(after, flows(holds=both)).first.items
    assert (entry.classes, entry.sources.items, entry.targets.items) == (
        ("us-user", "model"),
        ("log a", "log b"),
        ("group g",),
    )


def test_of_a_program_that_failed_no_flow_is_said_to_be_gone() -> None:
    report = built(flows=(AFTER, BEFORE), failures=("no",), by_base_failure="no")
    assert (report.closed.first.total, report.judgement.failure) == (0, "")


def test_a_traceback_becomes_its_last_line_and_the_programs_last_frame() -> None:
    message = (
        "the program failed:\nTraceback (most recent call last):\n"
        '  File "checkout/infra/__main__.py", line 3, in <module>\n    x()\n    ^^^\n'
        '  File "checkout/infra/data/b.py", line 9, in x\n    y\n'
        '  File "lib/python3/z.py", line 1, in z\nNameError: name y is not defined\n'
    )
    assert short(message) == "the program failed: NameError: name y is not defined (infra/data/b.py, line 9)"
    assert short("the disk is full") == "the disk is full"


def test_lists_and_texts_are_cut_to_their_limits_and_counted() -> None:
    many = [finding(name=f"n{number}", says="x" * 900) for number in range(400)]
    report = built(results=results(*many))
    assert (report.findings.total, len(report.findings.items), len(report.findings.items[0].says)) == (400, 300, 600)
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert (
        len(built(digest=digest(*(step("create", f"b{n}", BUCKET, new=state()) for n in range(4000)))).changes.items)
        == 3000
    )


def test_a_cause_is_new_where_any_of_its_findings_is() -> None:
    old, new = finding(name="old"), finding("flow", "old", "data can leave")
    found = results(old, new, causes=[{"main": 0, "also": [1]}])
    assert [each.is_new for each in built(results=found, base_results=results(old)).findings.items] == [True]


def test_what_a_new_store_holds_itself_is_a_first_step() -> None:
    after = flows(("us-user", "bucket new", "group g", ["statement 1"]), holds={"us-user": ["bucket new"]})
    opened = more_in(after, flows())
    assert ([each.sources.items for each in opened.first.items], opened.following) == ([("bucket new",)], 0)


def test_a_finding_in_the_programs_source_is_the_same_on_another_line() -> None:
    before = finding("program-import", resource="program::infra/a.py:3")
    after = finding("program-import", resource="program::infra/a.py:9")
    report = built(results=results(after), base_results=results(before), by_base=results(before))
    assert [each.is_new for each in report.findings.items] == [False]
    assert (report.judgement.loosened.total, report.judgement.tightened) == (0, 0)
