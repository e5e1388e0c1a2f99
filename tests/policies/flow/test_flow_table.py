"""What the table and the beliefs name exists: a misspelt type would be judged by nothing but the default."""

from fnmatch import filter as matching

from boundary import DataClass
from policies.flow.table import load_believed, load_table
from tests.policies.flow.kit import catalogue

TABLE = load_table()
KINDS = {token.split(":")[1] for token in catalogue().types if token.startswith("oci:")}


def test_every_type_that_the_table_names_is_in_the_catalogue() -> None:
    grants = TABLE.statements
    named = {*TABLE.network, *TABLE.machines, *TABLE.stores, *TABLE.records, *TABLE.references, *TABLE.understood}
    named |= {*TABLE.words, *(row.type for row in TABLE.managed)}
    for mapping in (grants.gives, grants.permissions, TABLE.resource_types):
        named |= {kind for kinds in mapping.values() for kind in kinds}
    named |= {kind for gate in load_believed().gates for kind in gate.types}
    assert named - KINDS == set()
    assert [pattern for pattern in TABLE.inert if not matching(KINDS, pattern)] == []


def test_every_reference_with_a_direction_is_an_argument_of_its_type() -> None:
    for kind, ways in TABLE.references.items():
        token = next(token for token in catalogue().types if token.startswith(f"oci:{kind}:"))
        recorded = catalogue().recorded(token)
        if recorded is not None:
            assert [argument for argument in ways if argument not in recorded.split()] == [
                argument for argument in ways if f"{argument}{{" in recorded
            ]


def test_no_store_is_inert_and_no_name_of_a_statement_gives_both_something_and_nothing() -> None:
    assert all(TABLE.carries(kind) for kind in TABLE.stores | TABLE.machines | TABLE.records)
    assert not TABLE.statements.gives_nothing & TABLE.statements.gives.keys()


def test_the_gate_of_the_edge_is_the_only_one_and_closed_to_users_outside_the_country() -> None:
    (gate,) = load_believed().gates
    assert (gate.name, gate.system) == ("edge", "edge")
    assert DataClass.NON_US_USER not in gate.classes


def test_nothing_is_believed_to_become_public_or_somebody_elses_data_by_being_written_but_by_the_sorter() -> None:
    for change in load_believed().changes:
        assert change.target not in {DataClass.PUBLIC, DataClass.CONTENT, DataClass.US_USER}
        assert change.target is not DataClass.NON_US_USER or change.system == "departure"
