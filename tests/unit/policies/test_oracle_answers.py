"""States as Oracle's real provider writes them have no finding that a program without them wouldn't have."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.pack import Pack
from tests.unit.policies.readers import READERS

ANSWERS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("oracle_answers.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["type"].split(":")[1])
def test_what_oracle_answers_for_what_was_declared_crosses_nothing(
    pack: Pack, tmp_path: Path, reader: str, answer: dict[str, Any]
) -> None:
    read, token = READERS[reader], answer["type"]
    declared = read(pack, tmp_path, token, answer["inputs"], {})
    found = read(pack, tmp_path, token, answer["inputs"], answer["outputs"])
    # A resource by itself is no stack; what leaves it is nothing that the answers add.
    assert found <= declared
    assert {rule for rule, _ in declared} <= {"flow"}


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("https://idcs-1a.eu-frankfurt-idcs-1.identity.oraclecloud.com:443", "foreign-region"),
        ("https://idcs-1a.us-gov-ashburn-idcs-1.identity.oraclecloud.com:443", "foreign-region"),
        ("https://idcs-1a.us-ashburn-idcs-idcs-1.identity.oraclecloud.com:443", "foreign-region"),
        ("https://idcs-1a.us-ashburn-idcs-madrid-1.identity.oraclecloud.com:443", "foreign-region"),
        ("https://idcs-1a.us-ashburn-idcs-1.identity.eu-madrid-1.oci.oraclecloud.com:443", "foreign-region"),
        (
            "ssh://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/elsewhere/projects/p/repositories/r",
            "outside-namespace",
        ),
        ("pe1-elsewhere.private.objectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace"),
        ("ourspace-elsewhere.private.compat.objectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace"),
        ("pe1-elsewhere-ourspace.private.objectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace"),
        ("pe1-ourspace.objectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace"),
    ],
)
def test_the_same_forms_of_somebody_else_are_found(pack: Pack, answer: str, rule: str) -> None:
    assert [hit.rule for hit in pack.rules.sweep(("url",), answer)] == [rule]
