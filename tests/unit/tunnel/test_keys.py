"""Keys of the API: the administrator's, of which the private half lies in the home, and what the world takes as one."""

import base64
import configparser
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rehearsal.doors.api import keys
from rehearsal.doors.api.administrator import ADMINISTRATOR, configure
from rehearsal.errors import RehearsalError
from rehearsal.world import Resource, ServiceError, World, is_seeded
from rehearsal.world.behaviour.credentials import API_KEY, USER
from tests.support.keys import public_key
from tests.unit.world.small import OURS, make, picture, seeded, tenancy


def profile(configuration: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(configuration)
    return parser["DEFAULT"]


def keys_of(world: World) -> list[Resource]:
    return world.find(API_KEY, tenancy=OURS)


def test_the_administrator_is_a_user_of_the_tenancy_and_of_no_stack(world: World, tmp_path: Path) -> None:
    given = profile(configure(world, tenancy(world), tmp_path))
    [user] = world.find(USER, tenancy=OURS)
    [key] = keys_of(world)
    assert (user.body["name"], user.compartment, user.state, user.region) == (ADMINISTRATOR, OURS, "ACTIVE", "")
    assert is_seeded(user)
    assert is_seeded(key)
    assert dict(given) == {
        "user": user.id,
        "tenancy": OURS,
        "region": tenancy(world).home,
        "fingerprint": key.body["fingerprint"],
        "key_file": str(tmp_path / "administrator.pem"),
    }
    assert key.body["keyId"] == f"{OURS}/{user.id}/{key.body['fingerprint']}"


def test_what_lies_in_the_home_is_its_owners_alone(world: World, tmp_path: Path) -> None:
    configure(world, tenancy(world), tmp_path / "api")
    files = sorted((tmp_path / "api").iterdir())
    assert [(each.name, each.stat().st_mode & 0o777) for each in files] == [
        ("administrator.pem", 0o600),
        ("config", 0o600),
    ]


def test_a_second_time_changes_nothing(world: World, tmp_path: Path) -> None:
    configuration = configure(world, tenancy(world), tmp_path)
    before, text = picture(world), configuration.read_bytes()
    assert configure(world, tenancy(world), tmp_path).read_bytes() == text
    assert picture(world) == before


def test_a_new_world_gets_the_key_that_is_there(world: World, tmp_path: Path) -> None:
    before = configure(world, tenancy(world), tmp_path).read_bytes()
    (tmp_path / "another").mkdir()
    other = seeded(tmp_path / "another")
    assert configure(other, tenancy(other), tmp_path).read_bytes() == before
    assert len(keys_of(other)) == 1


def test_a_key_whose_private_half_is_lost_is_replaced(world: World, tmp_path: Path) -> None:
    before = profile(configure(world, tenancy(world), tmp_path))["fingerprint"]
    (tmp_path / "administrator.pem").unlink()
    after = profile(configure(world, tenancy(world), tmp_path))
    assert [key.body["fingerprint"] for key in keys_of(world)] == [after["fingerprint"]]
    assert after["fingerprint"] != before
    assert keys.public_key(world, OURS, after["user"], before) is None
    assert keys.public_key(world, OURS, after["user"], after["fingerprint"])


@pytest.mark.parametrize("content", [b"", b"no key", "an EC key"])
def test_a_private_key_that_is_none_is_one_sentence(world: World, tmp_path: Path, content: bytes | str) -> None:
    path = tmp_path / "administrator.pem"
    if isinstance(content, str):
        content = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    path.write_bytes(content)
    before = picture(world)
    with pytest.raises(RehearsalError) as caught:
        configure(world, tenancy(world), tmp_path)
    assert str(caught.value) == f"{path} is no RSA key; remove it to get a new one"
    assert picture(world) == before


SHORT = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
"""
"""The public key of an old example of Oracle's, of 1024 bits."""


def of_another_kind() -> str:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_fingerprint_is_the_digest_of_the_public_key(world: World) -> None:
    user = make(world, USER, name="a", description="a")
    pem = public_key()
    key = make(world, API_KEY, userId=user.id, keyValue=pem)
    der = base64.b64decode("".join(pem.splitlines()[1:-1]))
    fingerprint = hashlib.md5(der).digest().hex(":")  # noqa: S324
    assert key.body["fingerprint"] == fingerprint
    assert key.id == f"users/{user.id}/apiKeys/{fingerprint}"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("no key", "keyValue: it is no public key in PEM format"),
        (of_another_kind(), "keyValue: it is no RSA key of 2048 bits or more"),
        (SHORT, "keyValue: it is no RSA key of 2048 bits or more"),
    ],
    ids=["text", "EC", "1024 bits"],
)
def test_what_is_no_key_of_the_api_is_refused(world: World, value: str, sentence: str) -> None:
    user = make(world, USER, name="a", description="a")
    with pytest.raises(ServiceError) as caught:
        make(world, API_KEY, userId=user.id, keyValue=value)
    assert (caught.value.status, caught.value.code, caught.value.message) == (400, "InvalidParameter", sentence)
    assert keys_of(world) == []


def test_a_user_has_a_key_once_and_another_one_may_have_it_too(world: World) -> None:
    user, pem = make(world, USER, name="a", description="a"), public_key()
    make(world, API_KEY, userId=user.id, keyValue=pem)
    with pytest.raises(ServiceError, match="409-Conflict"):
        make(world, API_KEY, userId=user.id, keyValue=pem)
    other = make(world, USER, name="b", description="b")
    make(world, API_KEY, userId=other.id, keyValue=pem)
    assert len(keys_of(world)) == 2
