"""`pulumi import` of what is in the world: the code that it prints is the program that has it."""

import ast
import re

import pytest

from tests.rehearsal.conftest import SMALL
from tests.support.engine import Engine

pytestmark = pytest.mark.engine

PROVIDER = "urn:pulumi:scratch::small::pulumi:providers:oci::us"
WANTED = {"bucket": "oci:ObjectStorage/bucket:Bucket", "subnet": "oci:Core/subnet:Subnet"}
HEAD = """import pulumi_oci as oci
from boundary import load_boundary
oci_provider = oci.Provider("us", region="us-ashburn-1", tenancy_ocid=load_boundary().tenancy.ocid)
"""


def test_the_code_that_an_import_prints_declares_what_was_imported(
    fresh_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made, scratch = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("scratch")
    for project, program in ((made, (SMALL / "__main__.py").read_text("utf-8")), (scratch, HEAD)):
        (project / "Pulumi.yaml").write_text((SMALL / "Pulumi.yaml").read_text("utf-8"), "utf-8")
        (project / "__main__.py").write_text(program, "utf-8")
        fresh_engine.run("stack", "init", project.name.rstrip("0"), cwd=project, check=True)
        fresh_engine.run("up", "--yes", "--skip-preview", "-s", project.name.rstrip("0"), cwd=project, check=True)
    ids = {each.type: each.id for each in fresh_engine.made()}

    def run(*arguments: str, check: bool = True) -> str:
        done = fresh_engine.run(*arguments, "--stack", "scratch", cwd=scratch, check=check)
        return done.stdout + done.stderr

    bucket = ("import", WANTED["bucket"], "bucket", ids[WANTED["bucket"]], "--yes")
    refused = run(*bucket, check=False)
    assert "only an explicit provider will do" in refused
    assert "`--provider oci=<urn>` at an import" in refused
    code = ""
    for name, token in WANTED.items():
        printed = run("import", token, name, ids[token], "--yes", "--provider", f"oci={PROVIDER}")
        code += re.sub(r"\A.*?^(?=import pulumi$)", "", printed, flags=re.DOTALL | re.MULTILINE)
    ast.parse(code)
    assert re.findall(r"= oci\.(\S+)\(", code) == ["objectstorage.Bucket", "core.Subnet"]
    (scratch / "__main__.py").write_text(f"{HEAD}{code}", "utf-8")
    assert re.search(r"4 unchanged", run("preview", "--expect-no-changes"))
