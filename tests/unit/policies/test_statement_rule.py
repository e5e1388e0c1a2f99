"""Which policy statements are violations, in odd case, spacing and order too; and which are a normal day's work."""

from collections.abc import Callable

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import OURS, THEIRS, resource

POLICY = "oci:Identity/policy:Policy"

CROSSING = {
    "endorse group Ops to manage drgs in tenancy Global": "endorses a group of ours in another tenancy",
    "  ENDORSE   any-user\tto read buckets in any-tenancy": "endorses a group of ours in another tenancy",
    "endorse group Ops {DRG_ATTACH} in any-tenancy where any {a = '1'}": "endorses a group of ours in another tenancy",
    "Endorse dynamic-group Hosts to read objects in compartment a:b of tenancy Global": (
        "endorses a group of ours in another tenancy"
    ),
    "admit group Ops of tenancy Global to read buckets in compartment data": (
        "admits somebody of another tenancy to what is ours"
    ),
    "AdMiT any-user of any-tenancy\nto inspect all-resources in tenancy": (
        "admits somebody of another tenancy to what is ours"
    ),
    "admit group Ops to read buckets in tenancy": "admits somebody of another tenancy to what is ours",
    f"define tenancy Global as {THEIRS}": f"defines `{THEIRS}`, a tenancy that isn't ours",
    f"DEFINE  Tenancy 'Our Friends' AS id {THEIRS}": f"defines `{THEIRS}`, a tenancy that isn't ours",
    "allow group Ops to read buckets in tenancy where request.region = 'fra'": (
        "gives authority in `fra`, which is no region of ours"
    ),
    "allow group Ops to read buckets in tenancy where any {a = '1', all {REQUEST.Region in ('iad', 'zzz')}}": (
        "gives authority in `zzz`, which is no region of ours"
    ),
    "allow group Ops to read buckets in tenancy\nendorse group Ops to use drgs in any-tenancy": (
        "endorses a group of ours in another tenancy"
    ),
    "allow group Ops to do as it likes": "is not a policy statement from column 23 on; correct it there",
    "endorse group Ops to associate drgs in tenancy A with drgs in compartment b": (
        "is not a policy statement from column 50 on; correct it there"
    ),
    "": "is empty; write a policy statement",
}

LEGITIMATE = [
    "allow group Ops to manage all-resources in compartment data",
    "Allow group 'Default'/'Ops' to use key-delegate in tenancy where target.key.id = 'ocid1.key.oc1.iad.x'",
    "ALLOW DYNAMIC-GROUP hosts TO READ objects IN COMPARTMENT data WHERE all {target.bucket.name = 'endorse'}",
    "allow service objectstorage-us-ashburn-1 to use keys in compartment security",
    "allow group 'admit' to inspect tenancies in tenancy",
    "allow any-user to read buckets in tenancy where request.region = 'iad'",
    "allow group Ops to read buckets in tenancy where request.region != 'fra'",
    "deny group Ops to read buckets in tenancy where request.region = 'fra'",
    "deny endorse group Ops to manage drgs in tenancy Global",
    "deny admit any-user of any-tenancy to read buckets in tenancy",
    "define group Ops as ocid1.group.oc1..aaaa",
    f"define tenancy Ours as {OURS}",
]


def judged(pack: Pack, statement: Plain) -> list[str]:
    """What is said about a policy of one statement."""
    verdict = pack.judge.judge(resource(POLICY, {"name": "p", "statements": [statement]}))
    assert {(finding.rule, finding.path) for finding in verdict.findings} <= {("statement", "statements[0]")}
    return [finding.says for finding in verdict.findings]


@pytest.mark.parametrize(("statement", "says"), CROSSING.items())
def test_a_statement_that_crosses_is_a_violation(pack: Pack, statement: str, says: str) -> None:
    assert judged(pack, statement) == [says]


@pytest.mark.parametrize("statement", LEGITIMATE)
def test_a_normal_statement_passes(pack: Pack, statement: str) -> None:
    assert judged(pack, statement) == []


def test_an_unknown_statement_is_a_violation_with_a_hint(pack: Pack) -> None:
    verdict = pack.judge.judge(resource(POLICY, {"statements": UNKNOWN}))
    (finding,) = verdict.findings
    assert (finding.rule, finding.path) == ("statement", "statements")
    assert finding.says == "decides whether this crosses the boundary, and isn't known before `up`"
    assert finding.hint.startswith("write the value itself, or take it from stacks/boundary.yaml")


def test_a_secret_statement_is_judged_and_not_shown(pack: Pack) -> None:
    (says,) = judged(pack, Secret(f"define tenancy Global as {THEIRS}"))
    assert says == "defines a secret value, a tenancy that isn't ours"


def test_a_statement_that_is_no_text_is_a_violation(pack: Pack) -> None:
    assert judged(pack, 5.0) == ["is not a text of policy statements"]


def test_a_foreign_region_in_a_service_name_is_left_to_the_sweep(
    findings: Callable[[Resource], set[tuple[str, str]]],
) -> None:
    statement = "allow service objectstorage-eu-frankfurt-1 to use keys in tenancy"
    assert findings(resource(POLICY, {"statements": ["deny group A to use drgs in tenancy", statement]})) == {
        ("foreign-region", "statements[1]")
    }
