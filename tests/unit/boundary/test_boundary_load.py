"""Reading the file: what can't be read is one sentence with file, line and fix; the shipped boundary is valid."""

from pathlib import Path

import pytest

from boundary import Boundary, BoundaryError, boundary_path, load_boundary
from boundary.load import read_model

SHIPPED = Path(__file__).parents[3] / "stacks" / "boundary.yaml"


def refusal(path: Path) -> str:
    with pytest.raises(BoundaryError) as caught:
        load_boundary(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_shipped_boundary_is_the_default_and_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STATESIDE_BOUNDARY", raising=False)
    assert boundary_path() == SHIPPED
    boundary = load_boundary()
    assert boundary.realm == "oc1"
    assert {found.name for found in boundary.allowed_regions} == {"us-ashburn-1", "us-phoenix-1"}
    assert set(boundary.addresses.environments) == {"us-prod", "us-staging", "rehearsal"}
    assert {name for found in boundary.outside.tenancies for name in found.regions} > {"us-ashburn-1"}


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    windows = tmp_path / "windows.yaml"
    windows.write_bytes(b"\xef\xbb\xbf" + SHIPPED.read_bytes().replace(b"\n", b"\r\n"))
    assert load_boundary(windows) == load_boundary(SHIPPED)


def test_the_environment_names_another_boundary_even_after_the_first_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_boundary()
    other = tmp_path / "other.yaml"
    other.write_text(SHIPPED.read_text().replace("name: stateside", "name: another"))
    monkeypatch.setenv("STATESIDE_BOUNDARY", str(other))
    assert (first.tenancy.name, load_boundary().tenancy.name) == ("stateside", "another")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_text(SHIPPED.read_text())
    first = load_boundary(path)
    path.unlink()
    assert load_boundary(path) is first


def test_a_missing_file_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "boundary.yaml"
    assert refusal(path) == f"boundary.yaml is missing at {path}; restore it from the repository"


def test_a_directory_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"{tmp_path} can't be read (")
    assert refusal(tmp_path).endswith("); check its permissions and encoding")


def test_text_that_is_not_utf_8_is_said(tmp_path: Path) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_bytes(b"realm: \xff\n")
    assert refusal(path).endswith("; check its permissions and encoding")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("realm: oc1\nregions: [a, b\n", "line 3 is not YAML: expected ',' or ']', but got '<stream end>'"),
        ("realm: oc1\nregions:\n\t- a\n", "line 3 is not YAML: found character '\\t' that cannot start any token"),
        ("realm: *other\n", "line 1 is not YAML: found undefined alias 'other'"),
        ("realm: oc1\n---\nrealm: oc2\n", "line 2 is not YAML: but found another document"),
        ("realm: oc1\nname: \x07\n", "line 2 is not YAML: it holds the control character 0x7"),
        ("cutover:\n  2027-13-45\n", "line 2 is not YAML: month must be in 1..12"),
        ("realm: oc1\ncutover: 2027-01-22T25:00:00Z\n", "line 2 is not YAML: hour must be in 0..23"),
        ("realm: oc1\nlanes: []\nrealm: oc2\n", "line 3 is not YAML: the key realm is there twice"),
        ("tenancy:\n  name: a\n  name: b\n", "line 3 is not YAML: the key name is there twice"),
        (
            "a: !!python/object/apply:os.getcwd []\n",
            "line 1 is not YAML: could not determine a constructor for the tag",
        ),
    ],
)
def test_malformed_yaml_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_text(text)
    assert refusal(path).startswith(f"boundary.yaml {sentence}")
    assert refusal(path).endswith("; correct the line")


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "just text\n"])
def test_a_file_without_keys_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_text(text)
    assert refusal(path) == "boundary.yaml holds no mapping; write keys and values"


def test_a_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_text(SHIPPED.read_text() + "\n5: x\n")
    assert refusal(path) == "boundary.yaml: 5: Keys should be strings (it is 5); correct the value"


def test_a_date_in_yaml_needs_a_time_zone(tmp_path: Path) -> None:
    path = tmp_path / "boundary.yaml"
    path.write_text(SHIPPED.read_text().replace("2027-01-22T00:00:00Z", "2027-01-22"))
    assert refusal(path) == "boundary.yaml: cutover has no time zone; write it like 2027-01-22T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("realm: oc1", "tenancy is missing; add it", id="the first"),
        pytest.param("colour: red", "colour is not a known key; remove it or", id="an unknown key before missing ones"),
    ],
)
def test_one_of_several_problems_is_named_and_the_file_by_its_own_name(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(BoundaryError, match=rf"^mine\.yaml: {problem}"):
        read_model(path, Boundary)
