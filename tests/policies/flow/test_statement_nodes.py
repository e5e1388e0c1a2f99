"""The nodes of statements: what they are called and may show, and who shares them."""

from policies.core import UNKNOWN, Secret
from policies.flow.builders.statements import statements
from policies.flow.graph import Node
from tests.policies.flow.edges import Built, called
from tests.policies.flow.granting import READS, TRAINERS, WRITES, base
from tests.policies.flow.kit import TAGS


def test_a_node_of_a_statement_has_its_words_its_place_and_its_text() -> None:
    text = f"allow {TRAINERS} to manage objects in compartment prod-data"
    built = Built(base("allow group x to read keys in tenancy", text), statements)
    node = Node("statements[1] of policy p", urn=built.resources["p"].urn, path="statements[1]", text=text)
    assert [each for each in built.graph.nodes if each.words.startswith("statements")] == [node, node]
    unread = Built(base(UNKNOWN), statements)
    assert {each.text for each in unread.graph.nodes} == {""}
    groups = [each for each in built.graph.nodes if each.words.startswith("dynamic")]
    assert groups == [Node("dynamic group prod-trainers", stop=True)] * 2


def test_a_statement_that_is_a_secret_is_not_shown_nor_whom_it_names() -> None:
    texts = [
        Secret(f"allow {who} to read objects in compartment prod-data")
        for who in (TRAINERS, "group analysts", "group prod-vendors", "any-user")
    ]
    words = {node.words for node in Built(base(*texts), statements).graph.nodes}
    assert {"dynamic group", "group", "vendors' group", "any principal"} < words
    assert not any(name in each for name in ("trainers", "analysts", "prod-vendors") for each in words)
    assert {node.text for node in Built(base(*texts), statements).graph.nodes} == {""}
    words = {
        node.words for node in Built(base("allow group analysts to read objects in tenancy"), statements).graph.nodes
    }
    assert "group analysts" in words


def test_people_are_told_as_a_stop() -> None:
    built = Built(base("allow group Analysts to read objects in tenancy"), statements)
    assert built.node("group Analysts") == Node("group Analysts", stop=True)


def test_grants_that_take_in_the_same_share_its_node_and_others_do_not() -> None:
    def scopes(*texts: str) -> int:
        return sum(called(node) == "()" for node in Built(base(*texts), statements).graph.nodes)

    read = "allow group x to read objects in compartment prod-data"
    assert scopes(read, read.replace("group x", "group y")) == 1
    for other in (
        "allow group x to {OBJECT_CREATE} in compartment prod-data",
        "allow group x to read objects in compartment prod-training",
        "allow group x to read volumes in compartment prod-data",
        f"{read} where target.bucket.name = 'prod-models'",
        f"{read} where target.bucket.tag.{TAGS}.DataClass = 'us-user'",
    ):
        assert scopes(read, other) == 2


def test_what_is_written_to_a_store_becomes_what_is_believed_of_it() -> None:
    built = Built(base(f"{WRITES} compartment prod-training"), statements)
    assert {"() → (models)", "(models) → bucket models"} < built.edges
    built = Built(base(f"{READS} compartment prod-training"), statements)
    assert "bucket models → ()" in built.edges
