"""Each thing that can be wrong with the state's bucket is one sentence, and a right one has none."""

from typing import Any

import pytest

from backend.checks import Found, Rule, problems, wanted_rules
from backend.settings import StateBucket

WANTED = StateBucket(bucket="state", region="us-ashburn-1", compartment="ocid1.c", key="ocid1.k", keep_versions_days=90)
RIGHT = Found("ocid1.c", "NoPublicAccess", "Enabled", "ocid1.k", "Standard", False, (), (), wanted_rules(WANTED))
OLD, UPLOADS = sorted(wanted_rules(WANTED), key=lambda each: each.action, reverse=True)


def test_a_right_bucket_has_nothing_wrong() -> None:
    assert list(problems(RIGHT, WANTED)) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"compartment": "ocid1.other"}, "it lies in ocid1.other, not in ocid1.c"),
        ({"access": "ObjectRead"}, "it can be read in public (ObjectRead)"),
        ({"access": "ObjectReadWithoutList"}, "it can be read in public (ObjectReadWithoutList)"),
        ({"versioning": "Suspended"}, "it keeps no versions (Suspended)"),
        ({"key": ""}, "Oracle's own key encrypts it; assign ocid1.k"),
        ({"key": "ocid1.other"}, "ocid1.other encrypts it, not ocid1.k"),
        ({"tier": "Archive"}, "its tier is Archive"),
        ({"is_read_only": True}, "it is the destination of a replication"),
        ({"copies_to": ("b in eu-frankfurt-1",)}, "it is replicated to b in eu-frankfurt-1"),
        ({"links": ("forgotten",)}, "the pre-authenticated request forgotten"),
        ({"rules": frozenset({OLD})}, "a lifecycle rule is missing: ABORT of multipart-uploads after 1 DAYS"),
        (
            {"rules": frozenset({OLD, UPLOADS, Rule("DELETE", "objects", 90, "DAYS")})},
            "a lifecycle rule is too much: DELETE of objects after 90 DAYS",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(wrong: dict[str, Any], says: str) -> None:
    (sentence,) = problems(RIGHT._replace(**wrong), WANTED)
    assert sentence.startswith(says)


def test_another_age_of_earlier_states_is_one_rule_too_much_and_one_missing() -> None:
    other = Rule("DELETE", "previous-object-versions", 30, "DAYS")
    said = problems(RIGHT._replace(rules=frozenset({other, UPLOADS})), WANTED)
    assert [each.split(":")[0] for each in said] == ["a lifecycle rule is too much", "a lifecycle rule is missing"]
