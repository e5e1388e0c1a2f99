"""What the table says of a kind: whether it carries data, keeps it, and what people call it."""

import pytest
from pydantic import ValidationError

from boundary import DataClass
from policies.flow.table import load_believed, load_table

TABLE = load_table()


@pytest.mark.parametrize(
    ("kind", "carries"),
    [
        ("Core/instance", True),
        ("ObjectStorage/bucket", True),
        ("Nobody/knows", True),
        # Not Oracle's.
        ("", False),
        ("Core/vcn", False),
        # Inert by name, and by the pattern of a module or of its beginning.
        ("Vault/secret", False),
        ("Kms/key", False),
        ("MeteringComputation/query", False),
        # Inert is a whole name.
        ("Vault/secretStore", True),
        ("OtherKms/key", True),
        ("Kms/key/part", True),
    ],
)
def test_a_kind_carries_data_unless_it_is_inert_or_of_the_network(kind: str, carries: bool) -> None:
    # Asked again, it says the same.
    assert [TABLE.carries(kind), TABLE.carries(kind)] == [carries, carries]


def test_stores_and_records_keep_data_and_machines_do_not() -> None:
    assert TABLE.holds_data("ObjectStorage/bucket")
    assert TABLE.holds_data("Logging/log")
    assert not TABLE.holds_data("Core/instance")


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        ("Core/natGateway", "NAT gateway"),
        ("Core/instance", "instance"),
        ("LoadBalancer/loadBalancer", "load balancer"),
        ("Database/cloudVmCluster", "cloud vm cluster"),
        ("Any/DBSystem2", "db system2"),
        ("Any/inAWS", "in aws"),
        ("anyThing", "any thing"),
    ],
)
def test_a_noun_is_the_tables_or_the_words_of_the_name(kind: str, noun: str) -> None:
    assert TABLE.noun(kind) == noun


def test_what_is_read_is_read_once_and_nobody_changes_it() -> None:
    assert load_table() is TABLE
    assert load_believed() is load_believed()
    with pytest.raises(ValidationError):
        TABLE.stores = frozenset()


def test_a_file_with_a_word_too_many_is_refused() -> None:
    (gate,) = load_believed().gates
    written = gate.model_dump()
    assert type(gate).model_validate(written) == gate
    with pytest.raises(ValidationError):
        type(gate).model_validate({**written, "until": "2027-01-01"})


def test_what_is_believed_is_that_what_one_writes_is_of_another_class() -> None:
    (change,) = [each for each in load_believed().changes if each.target is DataClass.MODEL]
    assert (change.sources, change.system) == ({DataClass.US_USER}, "")
