"""The state lies in Object Storage, over TLS: the engine writes it in a form that Oracle takes, and always took."""

import json
from pathlib import Path

import pytest

from rehearsal.doors.api.objects.strictness import AFTER, BEFORE, Strictness
from rehearsal.world import Resource, World
from rehearsal.world.objects import listing, versions
from rehearsal.world.objects.listing import Wanted
from rehearsal.world.secret_keys import SecretKey, issue
from tests.rehearsal.conftest import SMALL
from tests.support.engine import Engine
from tests.support.object_storage import object_storage
from tests.unit.world.small import BUCKET, grant, make, tenancy

pytestmark = pytest.mark.engine

NAME = "us-prod-state"
USER = "oci:Identity/user:User"


def key_of(world: World) -> SecretKey:
    grant(world, "Allow any-user to manage object-family in tenancy")
    user = make(world, USER, name="engineer", description="writes state", email="engineer@example.com")
    return issue(world, tenancy(world), user.id, "state")


def names(world: World, bucket: Resource) -> list[str]:
    return [each.name for each in listing.objects(world, bucket, Wanted()).entries]


@pytest.mark.parametrize("strictness", [BEFORE, AFTER], ids=["before July 2026", "since"])
def test_a_stack_lives_and_ends_with_its_state_in_object_storage(
    fresh_engine: Engine, tmp_path: Path, strictness: Strictness
) -> None:
    project, world = tmp_path / "project", fresh_engine.world
    project.mkdir()
    (project / "Pulumi.yaml").write_text((SMALL / "Pulumi.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    bucket = make(world, BUCKET, namespace="statesideus", name=NAME, versioning="Enabled")
    file = project / "Pulumi.dev.yaml"
    with object_storage(world, tmp_path, strictness) as storage:
        env = storage.environment(key_of(world)) | {"PULUMI_BACKEND_URL": storage.url(NAME)}
        fresh_engine.run("stack", "init", "dev", cwd=project, env=env, check=True)
        where = ("-s", "dev", "--config-file", file, "--yes", "--skip-preview")
        fresh_engine.run("up", *where, cwd=SMALL, env=env, check=True)
        again = fresh_engine.run("up", *where, "--expect-no-changes", cwd=SMALL, env=env, check=True)
        assert "unchanged" in again.stdout
        (state,) = (
            each for each in names(world, bucket) if each.startswith(".pulumi/stacks/") and each.endswith("json")
        )
        read = json.loads(versions.read(world, versions.get(world, bucket, state)))
        assert [each for each in read["checkpoint"]["latest"]["resources"] if each["type"] == "oci:Core/vcn:Vcn"]
        exported = fresh_engine.run("stack", "export", "-s", "dev", cwd=SMALL, env=env, check=True).stdout
        (tmp_path / "exported.json").write_text(exported, encoding="utf-8")
        fresh_engine.run(
            "stack", "import", "-s", "dev", "--file", tmp_path / "exported.json", cwd=SMALL, env=env, check=True
        )
        fresh_engine.run("destroy", *where[:5], cwd=SMALL, env=env, check=True)
        fresh_engine.run("stack", "rm", "dev", "--yes", cwd=project, env=env, check=True)
        assert not [each for each in names(world, bucket) if "/locks/" in each or each == state]
        assert [each for each in listing.versions(world, bucket, Wanted(prefix=state)).entries if not each.is_latest]
        assert {status for _, status in storage.answered} <= {200, 204, 404}


def test_a_key_that_oracle_does_not_know_gets_nowhere(fresh_engine: Engine, tmp_path: Path) -> None:
    world = fresh_engine.world
    bucket = make(world, BUCKET, namespace="statesideus", name=NAME)
    with object_storage(world, tmp_path) as storage:
        env = storage.environment(SecretKey("ocid1.none", "x" * 44)) | {"PULUMI_BACKEND_URL": storage.url(NAME)}
        said = fresh_engine.run("stack", "init", "dev", cwd=SMALL, env=env)
        assert said.returncode
        assert "The secret key required to complete authentication could not be found" in said.stderr
    assert names(world, bucket) == []
