"""stacks/backend.yaml: what it may say, and the sentence for what it may not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.errors import BackendError
from backend.settings import state_bucket
from boundary import load_boundary

KEY = "ocid1.key.oc1.iad.vault.aaaaaaaakey"
RIGHT = {
    "bucket": "state",
    "region": "us-ashburn-1",
    "compartment": "ocid1.compartment.oc1..aaaaaaaastate",
    "key": KEY,
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "backend.yaml"
    monkeypatch.setenv("STATESIDE_BACKEND", str(path))
    return path


@pytest.mark.parametrize("stack", ["us-prod", "us-staging"])
def test_the_projects_own_file_says_where_each_stack_at_oracle_has_its_state(stack: str) -> None:
    assert state_bucket(stack, load_boundary()).bucket == f"stateside-{stack}-state"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"region": "eu-frankfurt-1"}, "dev.region: eu-frankfurt-1 is no region of ours"),
        ({"region": "us-phoenix-1"}, f"dev.key: {KEY} is not of us-phoenix-1"),
        ({"key": "ocid1.vault.oc1.iad.aaaaaaaakey"}, "dev.key: ocid1.vault.oc1.iad.aaaaaaaakey is no key"),
        (
            {"key": "ocid1.key.oc2.iad.aaaaaaaakey"},
            "dev.key: ocid1.key.oc2.iad.aaaaaaaakey is of the realm oc2, not oc1",
        ),
        ({"key": "none"}, "dev.key: 'none' is not an OCID"),
        ({"compartment": "ocid1.group.oc1..aaaa"}, "dev.compartment: ocid1.group.oc1..aaaa is no compartment"),
        ({"bucket": "a b"}, "stacks.dev.bucket"),
        ({"keep_versions_days": 1}, "stacks.dev.keep_versions_days"),
        ({"colour": "blue"}, "stacks.dev.colour"),
    ],
)
def test_what_cannot_be_is_one_sentence(file: Path, change: dict[str, Any], says: str) -> None:
    file.write_text(yaml.safe_dump({"stacks": {"dev": RIGHT | change}}), encoding="utf-8")
    with pytest.raises(BackendError) as error:
        state_bucket("dev", load_boundary())
    assert str(error.value).startswith(f"backend.yaml: {says}")
    assert "\n" not in str(error.value)


def test_a_stack_that_is_not_in_it_is_named(file: Path) -> None:
    file.write_text(yaml.safe_dump({"stacks": {"dev": RIGHT}}), encoding="utf-8")
    with pytest.raises(BackendError, match="has no stack prod; it has dev"):
        state_bucket("prod", load_boundary())
