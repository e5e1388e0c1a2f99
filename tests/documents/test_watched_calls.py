"""Who is told of a crossing call: by a rule of Events, by the audit log, or nobody."""

import re

from infra.observability.watched import CALLS
from policies.rules.statements.crossings import crossings
from tests.documents.watched_calls import text


def test_each_call_stands_once_with_what_tells_of_it() -> None:
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", text(), re.MULTILINE)
    assert sorted(call for call, _ in told) == sorted(crossings().calls)
    by = dict(told)
    assert by["CreateSession"] == "rule `bastions`"
    assert by["CreateLocalPeeringGateway"] == "rule `gateways`"
    assert by["UpdateBucket"] == "rule `buckets`"
    assert by["ConnectRemotePeeringConnections"] == "connector `crossings`, from the audit log"
    assert by["CreateVaultReplica"] == "rule `keys`"
    assert by["ExportKey"] == "nobody is told"
    seen = sum(told != "nobody is told" for told in by.values())
    assert f"**{seen} of {len(by)} calls are told of at once.**" in text()


def test_what_the_audit_log_is_asked_for_crosses_or_is_bounded() -> None:
    assert set(CALLS) <= {*crossings().calls, *crossings().bounded}
