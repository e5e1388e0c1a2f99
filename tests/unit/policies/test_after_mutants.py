"""What mutation testing showed that no other fast test held: the edges of conditions."""

from collections.abc import Callable

from policies.core import Plain, Resource, Secret
from tests.mutation.verdicts import current, recorded
from tests.policies.builder import resource

Findings = Callable[[Resource], set[tuple[str, str]]]

OBJECT = "oci:ObjectStorage/storageObject:StorageObject"


def test_no_verdict_has_changed_without_being_looked_at_twice() -> None:
    assert current() == recorded(), "read the difference, then: python -m tests.mutation.verdicts"


def test_below_a_secret_nothing_of_the_path_is_shown(findings: Findings) -> None:
    source: dict[str, Plain] = {"region": "eu-madrid-1", "namespace": "ourspace"}
    assert findings(resource(OBJECT, {"namespace": "ourspace", "sourceUriDetails": Secret(source)})) == {
        ("replication", "sourceUriDetails")
    }
