"""A state that can't be read is put back from the engine's copy, and any other stays as it is."""

from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.toolchain.state import restore

WHOLE, OLDER = '{"version": 3, "checkpoint": {"stack": "a"}}', '{"version": 3, "checkpoint": {}}'


def state(directory: Path, text: str, copy: str | None = OLDER) -> Path:
    path = directory / "us-prod.json"
    path.write_text(text, encoding="utf-8")
    if copy is not None:
        (directory / "us-prod.json.bak").write_text(copy, encoding="utf-8")
    return path


def test_a_state_that_is_whole_stays(tmp_path: Path) -> None:
    assert not restore(state(tmp_path, WHOLE))
    assert (tmp_path / "us-prod.json").read_text("utf-8") == WHOLE


def test_no_state_is_none_to_restore(tmp_path: Path) -> None:
    assert not restore(tmp_path / "us-prod.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", ["", WHOLE[:20], "[]", "3"])
def test_a_state_that_was_cut_short_becomes_its_copy(tmp_path: Path, cut: str) -> None:
    assert restore(state(tmp_path, cut))
    assert (tmp_path / "us-prod.json").read_text("utf-8") == OLDER
    assert {each.name for each in tmp_path.iterdir()} == {"us-prod.json", "us-prod.json.bak"}


@pytest.mark.parametrize("copy", [None, "", OLDER[:20]])
def test_where_the_copy_is_no_better_one_sentence_says_what_to_do(tmp_path: Path, copy: str | None) -> None:
    broken = state(tmp_path, "", copy)
    with pytest.raises(RehearsalError, match=r"remove both, and the next `make up` begins from nothing"):
        restore(broken)
    assert broken.read_text("utf-8") == ""
