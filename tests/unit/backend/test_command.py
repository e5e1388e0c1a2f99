"""`make backend` against the rehearsal's API door: the SDK, boto3 and their environment are as they are at Oracle."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import oci
import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from typer.testing import CliRunner

from backend.cli import app
from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.messages import Request, Response
from rehearsal.doors.api.objects import native
from rehearsal.home import cache_directory
from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.objects import versions
from rehearsal.world.secret_keys import issue
from tests.support.object_storage import ObjectStorage, object_storage
from tests.unit.world.small import (
    BUCKET,
    KEY,
    OURS,
    PHOENIX,
    POLICY,
    REPLICATION,
    THEIRS,
    VAULT,
    change,
    grant,
    grant_everything,
    make,
    picture,
    seeded,
    tenancy,
)

USER = "oci:Identity/user:User"
LIFECYCLE = "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy"
LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"
PLACE = {"namespace": "statesideus", "bucket": "state"}


@dataclass
class Oracle:
    """A world with a key, and what a shell at Oracle has."""

    world: World
    storage: ObjectStorage
    key: Resource
    settings: Path
    profile: Path

    def run(self, stack: str = "dev") -> tuple[int, str, str]:
        said = CliRunner().invoke(app, ["--stack", stack])
        return said.exit_code, said.stdout, said.stderr

    @property
    def bucket(self) -> Resource:
        (found,) = self.world.find(BUCKET, fields={"name": "state"}, region="us-ashburn-1")
        return found

    def set(self, **body: Any) -> None:
        change(self.world, self.bucket, **body)


@pytest.fixture
def oracle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Oracle]:
    """A rehearsed Oracle, and this process's environment pointed at it."""
    world = seeded(tmp_path)
    grant_everything(world)
    user = make(world, USER, name="engineer", description="writes state", email="engineer@example.com")
    vault = make(world, VAULT, displayName="v", vaultType="DEFAULT")
    where = {"managementEndpoint": vault.body["managementEndpoint"], "keyShape": {"algorithm": "AES", "length": 32}}
    key = make(world, KEY, displayName="state", **where)
    door, engineer = Dispatcher(world, cache_directory()), Caller(OURS, user.id)

    def serve(request: Request) -> Response:
        caller = engineer if "authorization" in request.headers else Caller("", "")
        try:
            return native.serve(world, request, caller) if native.takes(request) else door.serve(request, caller)
        except ServiceError as error:
            return Response(error.status, {"content-type": "application/json"}, error.message.encode())

    home = tmp_path / "home"
    (home / ".oci").mkdir(parents=True)
    profile = home / ".oci" / "config"
    (home / ".oci" / "key.pem").write_bytes(private_key())
    (home / ".oci" / "key.pem").chmod(0o600)
    write_profile(profile, tenancy=OURS, user=user.id)
    settings = tmp_path / "backend.yaml"
    wanted = {"bucket": "state", "region": "us-ashburn-1", "compartment": OURS, "key": key.id}
    settings.write_text(yaml.safe_dump({"stacks": {"dev": wanted}}), encoding="utf-8")
    with object_storage(world, tmp_path, others=serve) as storage:
        environment = storage.environment(issue(world, tenancy(world), user.id, "state"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(storage.authority))
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("STATESIDE_BACKEND", str(settings))
        yield Oracle(world, storage, key, settings, profile)


def private_key() -> bytes:
    made = rsa.generate_private_key(65537, 2048)
    plain = serialization.NoEncryption()
    return made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)


def write_profile(path: Path, **values: str) -> None:
    rest = {"region": "us-phoenix-1", "fingerprint": ":".join(["00"] * 16), "key_file": str(path.with_name("key.pem"))}
    lines = "".join(f"{name}={value}\n" for name, value in (rest | values).items())
    path.write_text(f"[DEFAULT]\n{lines}", encoding="utf-8")
    path.chmod(0o600)


def test_a_bucket_is_made_right_and_found_right_again(oracle: Oracle) -> None:
    code, login, said = oracle.run()
    assert (code, said.count("✓")) == (0, 3), said
    host = "statesideus.compat.objectstorage.us-ashburn-1.oci.customer-oci.com"
    url = f"s3://state?endpoint=https://{host}&s3ForcePathStyle=true&region=us-ashburn-1"
    assert login == f"pulumi login '{url}'\n"
    body = oracle.bucket.body
    assert (body["accessType"], body["versioning"], body["kmsKeyId"]) == ("NoPublicAccess", "Enabled", oracle.key.id)
    (rules,) = oracle.world.find(LIFECYCLE)
    assert {(each["action"], each["target"]) for each in rules.body["rules"]} == {
        ("DELETE", "previous-object-versions"),
        ("ABORT", "multipart-uploads"),
    }
    before = picture(oracle.world)
    code, again, said = oracle.run()
    assert (code, again, said.count("✓")) == (0, login, 1)
    assert picture(oracle.world) == before
    assert versions.is_empty(oracle.world, oracle.bucket)


def test_what_a_killed_first_run_left_undone_is_done_by_the_next(oracle: Oracle) -> None:
    oracle.run()
    (rules,) = oracle.world.find(LIFECYCLE)
    services.delete(oracle.world, rules.id)
    code, _, said = oracle.run()
    assert (code, "gave it its lifecycle" in said, "made the bucket" in said) == (0, True, False)


def make_link(oracle: Oracle) -> None:
    expires = "2099-01-01T00:00:00Z"
    make(oracle.world, LINK, **PLACE, name="forgotten", accessType="AnyObjectRead", timeExpires=expires)


def replicate(oracle: Oracle) -> None:
    make(oracle.world, BUCKET, region=PHOENIX, namespace="statesideus", name="copy")
    to = {"destinationRegionName": PHOENIX, "destinationBucketName": "copy"}
    body = PLACE | {"name": "copy"} | to
    services.create(oracle.world, REPLICATION, region="us-ashburn-1", tenancy=tenancy(oracle.world), body=body)


def delete_states_too(oracle: Oracle) -> None:
    (rules,) = oracle.world.find(LIFECYCLE)
    more = {"name": "all", "action": "DELETE", "isEnabled": True, "timeAmount": "9", "timeUnit": "DAYS"}
    change(oracle.world, rules, rules=[*rules.body["rules"], more])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda oracle: oracle.set(accessType="ObjectRead"),
            ["it can be read in public", "nobody in particular can read"],
        ),
        (lambda oracle: oracle.set(versioning="Disabled"), ["it keeps no versions (Disabled)"]),
        (lambda oracle: oracle.set(kmsKeyId=None), ["Oracle's own key encrypts it"]),
        (make_link, ["the pre-authenticated request forgotten"]),
        (replicate, ["it is replicated to copy in us-phoenix-1"]),
        (delete_states_too, ["a lifecycle rule is too much: DELETE of objects after 9 DAYS"]),
    ],
    ids=["public", "no versions", "another key", "a link", "a replication", "a rule for states"],
)
def test_what_is_wrong_is_said_and_left_as_it_is(oracle: Oracle, spoil: Any, says: list[str]) -> None:
    oracle.run()
    spoil(oracle)
    before = picture(oracle.world)
    code, login, said = oracle.run()
    lines = [line for line in said.splitlines() if line.startswith("✗ state: ")]
    assert (code, login, len(lines)) == (1, "", len(says)), said
    assert all(any(part in line for line in lines) for part in says)
    assert picture(oracle.world) == before


def without_keys(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")


def of_another_tenancy(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(oracle.profile, tenancy=THEIRS, user=f"ocid1.user.oc1..{'b' * 60}")


def without_a_grant(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> None:
    for policy in oracle.world.find(POLICY):
        services.delete(oracle.world, policy.id)
    grant(oracle.world, "Allow any-user to manage all-resources in tenancy where request.principal.type = 'user'")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda oracle, patch: oracle.profile.unlink(), "the profile DEFAULT can't be used"),
        (lambda oracle, patch: oracle.profile.write_text("[DEFAULT]\n"), "the profile DEFAULT can't be used"),
        (of_another_tenancy, f"the profile DEFAULT is of {THEIRS}"),
        (lambda oracle, patch: patch.setenv("OCI_CLI_PROFILE", "none"), "the profile none can't be used"),
        (without_keys, "the S3 side can't be asked: Unable to locate credentials"),
        (lambda oracle, patch: patch.setenv("AWS_SECRET_ACCESS_KEY", "x"), "the S3 side refuses GetBucketLocation"),
        (lambda oracle, patch: patch.setenv("HTTPS_PROXY", "http://127.0.0.1:1"), "Oracle can't be reached"),
        (lambda oracle, patch: oracle.settings.unlink(), "backend.yaml is missing"),
        (without_a_grant, "Oracle refuses create_bucket: 400 InsufficientServicePermissions"),
    ],
    ids=[
        "no profile",
        "empty",
        "theirs",
        "unknown",
        "no keys",
        "wrong secret",
        "no network",
        "no settings",
        "no grant",
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    oracle: Oracle, monkeypatch: pytest.MonkeyPatch, spoil: Any, says: str
) -> None:
    monkeypatch.setattr(oci.retry, "DEFAULT_RETRY_STRATEGY", oci.retry.NoneRetryStrategy())
    spoil(oracle, monkeypatch)
    code, login, said = oracle.run()
    (line,) = [line for line in said.splitlines() if not line.startswith("✓")]
    assert (code, login) == (2, "")
    assert line.startswith(f"✗ {says}"), line


def test_another_stack_has_no_bucket(oracle: Oracle) -> None:
    code, _, said = oracle.run("rehearsal")
    assert (code, said) == (2, "✗ backend.yaml has no stack rehearsal; it has dev\n")
    assert oracle.storage.answered == []
