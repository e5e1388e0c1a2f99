"""Who is told of a crossing call: by a rule of Events, by the audit log, or nobody."""

import re

from infra.config import Topic
from infra.observability.alarm_watches import WATCHES
from infra.observability.watched import AT_HOME, EVERYWHERE, UNTOLD, crossing_calls
from policies.rules.statements.crossings import crossings
from tests.documents.watched_calls import text


def test_each_call_stands_once_with_what_tells_of_it() -> None:
    told = re.findall(r"^\| `([A-Z]\w+)` \| (.+) \|$", text(), re.MULTILINE)
    assert sorted(call for call, _ in told) == sorted(crossings().calls)
    by = dict(told)
    assert by["CreateSession"] == "`bastions` of Events"
    assert by["CreateLocalPeeringGateway"] == "`gateways` of Events"
    assert by["UpdateBucket"] == "`buckets` of Events"
    assert by["ConnectRemotePeeringConnections"] == "the audit log"
    assert by["CreateVaultReplica"] == "`keys` of Events"
    assert by["CreateJob"] == "nobody is told: a training run begins with it, so that nobody would read the notices"
    seen = sum(not told.startswith("nobody") for told in by.values())
    assert f"**{seen} of {len(by)} calls are told of at once.**" in text()


def test_the_audit_log_is_asked_for_what_events_do_not_tell_and_has_no_reason_against_it() -> None:
    assert {"CreatePreauthenticatedRequest", "ExportImage"} <= set(crossing_calls())
    assert not {"CreateSession", "ExportKey"} & set(crossing_calls())
    assert set(crossing_calls()) <= {*crossings().calls} - UNTOLD.keys()


def test_the_page_says_of_each_rule_and_alarm_who_is_told_and_what_to_do() -> None:
    for rule in (*AT_HOME, *EVERYWHERE, *WATCHES):
        (row,) = re.findall(rf"^\| `{rule}` \| .*$", text(), re.MULTILINE)
        assert "](runbooks/" in row
    for topic in Topic:
        assert re.search(rf"^\| `{topic}` \| .*`boundary@stateside.example`", text(), re.MULTILINE)
