"""The authority of a home: made once, kept to oneself, and one sentence where its files are no good."""

import ssl
from pathlib import Path

import pytest

from rehearsal.doors.api.certificates import Authority
from rehearsal.errors import RehearsalError


def test_an_authority_stays_the_same_and_its_files_are_its_owners_alone(tmp_path: Path) -> None:
    made = Authority.open(tmp_path / "api")
    before = made.certificate.read_bytes()
    assert Authority.open(tmp_path / "api").certificate.read_bytes() == before
    files = sorted((tmp_path / "api").iterdir())
    assert [(each.name, each.stat().st_mode & 0o777) for each in files] == [("ca-key.pem", 0o600), ("ca.pem", 0o600)]
    assert (tmp_path / "api").stat().st_mode & 0o777 == 0o700


def test_a_host_has_one_certificate_however_often_it_is_asked_for(tmp_path: Path) -> None:
    authority = Authority.open(tmp_path)
    first = authority.context("iaas.us-ashburn-1.oraclecloud.com")
    assert authority.context("iaas.us-ashburn-1.oraclecloud.com") is first
    assert authority.context("iaas.us-phoenix-1.oraclecloud.com") is not first


@pytest.mark.parametrize("lost", ["ca.pem", "ca-key.pem"])
def test_an_authority_that_has_lost_a_file_is_made_anew(tmp_path: Path, lost: str) -> None:
    before = Authority.open(tmp_path).certificate.read_bytes()
    (tmp_path / lost).unlink()
    after = Authority.open(tmp_path)
    assert after.certificate.read_bytes() != before
    assert isinstance(after.context("a.oraclecloud.com"), ssl.SSLContext)


@pytest.mark.parametrize("name", ["ca.pem", "ca-key.pem"])
@pytest.mark.parametrize("content", [b"", b"\xff", b"another"])
def test_files_that_are_no_authority_are_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    Authority.open(tmp_path / "other")
    Authority.open(tmp_path)
    other = (tmp_path / "other" / name).read_bytes()
    (tmp_path / name).write_bytes(other if content == b"another" else content)
    with pytest.raises(RehearsalError) as caught:
        Authority.open(tmp_path)
    certificate = tmp_path / "ca.pem"
    assert str(caught.value) == (
        f"{certificate} and ca-key.pem beside it are no authority; remove both to get a new one"
    )


@pytest.mark.parametrize("name", ["ca.pem", "ca-key.pem"])
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(RehearsalError) as caught:
        Authority.open(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / name} can't be read (Is a directory); unlock it, or remove it to get a new one"
    )


def test_a_place_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "api").write_text("in the way", encoding="utf-8")
    with pytest.raises(RehearsalError) as caught:
        Authority.open(tmp_path / "api")
    assert str(caught.value) == (
        f"{tmp_path / 'api' / 'ca.pem'} can't be read (Not a directory); unlock it, or remove it to get a new one"
    )
    (tmp_path / "home" / "ca-key.pem.partial").mkdir(parents=True)
    with pytest.raises(RehearsalError) as caught:
        Authority.open(tmp_path / "home")
    assert str(caught.value) == (
        f"{tmp_path / 'home' / 'ca-key.pem'} can't be written (Is a directory); free or unlock its place"
    )
