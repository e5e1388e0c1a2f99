"""The state lies in Object Storage, over TLS: the engine writes it in a form that Oracle takes."""

import json
import ssl
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.rehearsal.conftest import SMALL
from tests.support.engine import Engine
from tests.support.object_storage import ObjectStorage, object_storage

pytestmark = pytest.mark.engine


def environment(storage: ObjectStorage) -> dict[str, str]:
    return {
        "PULUMI_BACKEND_URL": storage.url("us-prod-state"),
        "AWS_CA_BUNDLE": str(storage.authority),
        "AWS_ACCESS_KEY_ID": "customer-secret-key",
        "AWS_SECRET_ACCESS_KEY": "of-a-test",
        "AWS_EC2_METADATA_DISABLED": "true",
        "no_proxy": "127.0.0.1",
    }


def test_a_stack_is_made_deployed_and_removed_with_its_state_in_object_storage(
    fresh_engine: Engine, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text((SMALL / "Pulumi.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with object_storage(tmp_path) as storage:
        env, file = environment(storage), project / "Pulumi.dev.yaml"
        fresh_engine.run("stack", "init", "dev", cwd=project, env=env, check=True)
        fresh_engine.run("up", "-s", "dev", "--config-file", file, "--yes", cwd=SMALL, env=env, check=True)
        (name,) = (each for each in storage.objects if each.startswith(".pulumi/stacks/") and each.endswith("dev.json"))
        state = json.loads(storage.objects[name])["checkpoint"]["latest"]
        assert [each for each in state["resources"] if each["type"] == "oci:Core/vcn:Vcn"]
        fresh_engine.run("destroy", "-s", "dev", "--config-file", file, "--yes", cwd=SMALL, env=env, check=True)
        assert not json.loads(storage.objects[name])["checkpoint"]["latest"].get("resources")
        assert not [each for each in storage.objects if "/locks/" in each]
        assert storage.refused == []


def test_the_stand_in_refuses_what_oracle_refuses(tmp_path: Path) -> None:
    with object_storage(tmp_path) as storage:
        connection = HTTPSConnection(
            "127.0.0.1", storage.port, context=ssl.create_default_context(cafile=str(storage.authority))
        )
        for headers in ({"content-encoding": "aws-chunked"}, {"x-amz-trailer": "x-amz-checksum-crc32"}):
            connection.request("PUT", "/us-prod-state/object", b"body", headers)
            answer = connection.getresponse()
            assert (answer.status, b"NotImplemented" in answer.read()) == (501, True)
        assert (storage.objects, storage.refused) == ({}, ["PUT object", "PUT object"])
        storage.objects["a/b"] = b""
        for source, status in (("us-prod-state%2Fa%2Fb", 404), ("us-prod-state/a/b", 200)):
            connection.request("PUT", "/us-prod-state/copy", headers={"x-amz-copy-source": source})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
