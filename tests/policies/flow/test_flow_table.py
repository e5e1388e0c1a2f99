"""What the table and the beliefs name exists: a misspelt type would be judged by nothing but the default."""

import re
from fnmatch import filter as matching

import pytest

import provider_schema
from boundary import DataClass
from policies.flow.stack import Stack
from policies.flow.table import load_believed, load_table
from tests.policies.flow.kit import catalogue, clean

TABLE = load_table()
KINDS = {token.split(":")[1] for token in catalogue().types if token.startswith("oci:")}


def test_every_type_that_the_table_names_is_in_the_catalogue() -> None:
    grants = TABLE.statements
    named = {
        *TABLE.network,
        *TABLE.machines,
        *TABLE.passing,
        *TABLE.stores,
        *TABLE.records,
        *TABLE.references,
        *TABLE.understood,
    }
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


def test_every_type_with_a_place_in_a_network_or_an_image_is_said_to_hold_data_or_to_pass_it_on() -> None:
    has_place = re.compile(r"subnet_?ids?$|^image(id|url)?$|^vnics$", re.IGNORECASE)
    known = TABLE.machines | TABLE.stores | TABLE.records | TABLE.passing
    open_ones = set()
    for token in provider_schema.resource_tokens():
        kind = token.split(":")[1]
        arguments = (path.replace("[]", "").rpartition(".")[2] for path in provider_schema.argument_paths(token))
        if TABLE.carries(kind) and kind not in known and any(map(has_place.search, arguments)):
            open_ones.add(kind)
    assert open_ones == set()
    assert not TABLE.passing & (TABLE.machines | TABLE.stores | TABLE.records)


@pytest.mark.parametrize("kind", sorted(TABLE.machines | TABLE.stores))
def test_what_holds_or_computes_and_has_no_class_counts_as_holding_every_class(kind: str) -> None:
    stack = clean().add(kind, "it", name="it")
    (it,) = (each for each in stack.plain(known=True) if each.name == "it")
    assert Stack([it], TABLE).classes(it) == frozenset(DataClass)
