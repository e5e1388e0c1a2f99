"""Six ways across the boundary, tried with the real engine: each is blocked by the pack, and by nothing else."""

import re
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from rehearsal.world import Resource
from tests.support.engine import Engine
from tests.unit.world.small import grant_everything

pytestmark = pytest.mark.engine

PROGRAM = Path(__file__).parent / "program"
PACK = Path(__file__).parents[2] / "policies"


@dataclass(frozen=True)
class Breach:
    """A breach: the type that crosses, the rule that blocks it, and what its message must say."""

    type: str
    rule: str
    says: tuple[str, ...]
    unknown_says: tuple[str, ...]
    peer: tuple[str, str] | None = None
    region: str | None = None


BREACHES = {
    "local_peering": Breach(
        "oci:Core/localPeeringGateway:LocalPeeringGateway",
        "peering",
        ("to-global", "packets both ways between our VCN and another one"),
        ("to-global", "packets both ways between our VCN and another one"),
        peer=("oci:Core/localPeeringGateway:LocalPeeringGateway", "us-ashburn-1"),
    ),
    "remote_peering": Breach(
        "oci:Core/remotePeeringConnection:RemotePeeringConnection",
        "peering",
        ("peerRegionName", "ap-singapore-1", "us-ashburn-1, us-phoenix-1"),
        ("peerRegionName", "isn't known before `up`", "write the value itself"),
        peer=("oci:Core/remotePeeringConnection:RemotePeeringConnection", "ap-singapore-1"),
    ),
    "replication": Breach(
        "oci:ObjectStorage/replicationPolicy:ReplicationPolicy",
        "replication",
        ("destinationRegionName", "ap-singapore-1", "a copy of each new object of the bucket to another region"),
        ("destinationRegionName", "isn't known before `up`", "write the value itself"),
    ),
    "backup_abroad": Breach(
        "oci:Core/volumeBackupPolicy:VolumeBackupPolicy",
        "backup-copy",
        ("destinationRegion", "ap-singapore-1", "whole volumes, as backups, across the boundary"),
        ("destinationRegion", "isn't known before `up`", "write the value itself"),
    ),
    "admit": Breach(
        "oci:Identity/policy:Policy",
        "statement",
        ("statements[1]", "admits somebody of another tenancy", "people and services of another tenancy"),
        ("statements[1]", "isn't known before `up`", "write the value itself"),
    ),
    "foreign_provider": Breach(
        "oci:ObjectStorage/bucket:Bucket",
        "provider",
        ("region", "eu-frankfurt-1", "us-ashburn-1, us-phoenix-1"),
        ("region", "isn't known before `up`"),
        region="eu-frankfurt-1",
    ),
}


@pytest.fixture(params=sorted(BREACHES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Attempt:
    """One breach, as a stack of its own in a world of its own."""

    def __init__(self, engine: Engine, name: str, project: Path) -> None:
        self.engine, self.breach = engine, BREACHES[name]
        # Oracle asks for grants too; only the pack is to stand in the way here.
        grant_everything(engine.world)
        project.mkdir()
        (project / "Pulumi.yaml").write_text((PROGRAM / "Pulumi.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        engine.run("stack", "init", "dev", cwd=project, check=True)
        self._config = project / "Pulumi.dev.yaml"
        self.set("breach", name)
        if self.breach.peer:
            type, region = self.breach.peer
            (peer,) = engine.world.find(type, region=region)
            self.set("peer", peer.id)

    def set(self, key: str, value: str) -> None:
        where = ("-s", "dev", "--config-file", self._config)
        self.engine.run("config", "set", *where, key, value, cwd=PROGRAM, check=True)

    def run(self, command: str, *more: str | Path) -> "CompletedProcess[str]":
        yes = () if command == "preview" else ("--yes",)
        where = ("-s", "dev", "--config-file", self._config)
        return self.engine.run(command, *where, *yes, *more, cwd=PROGRAM)

    def crossed(self) -> list[Resource]:
        """What of the breach is in the world."""
        found = [resource for resource in self.engine.made() if resource.type == self.breach.type]
        return [r for r in found if self.breach.region in (None, r.region)]


@pytest.fixture
def attempt(fresh_engine: Engine, name: str, tmp_path: Path) -> Attempt:
    return Attempt(fresh_engine, name, tmp_path / "project")


def blocked(result: "CompletedProcess[str]", rule: str, pieces: tuple[str, ...]) -> None:
    printed = result.stdout + result.stderr
    assert result.returncode, printed
    mandatory = re.findall(r"\[mandatory\] \[severity: \w+\]\s+(\S+)", printed)
    assert rule in mandatory, printed
    assert "advisory" not in printed
    flat = " ".join(printed.split())
    for piece in pieces:
        assert piece in flat, f"{piece!r} is not in:\n{printed}"


def test_preview_and_up_are_blocked_and_the_world_is_unchanged(attempt: Attempt) -> None:
    before = attempt.engine.picture()
    for command in ("preview", "up"):
        blocked(attempt.run(command, "--policy-pack", PACK), attempt.breach.rule, attempt.breach.says)
        assert attempt.engine.picture() == before


def test_with_the_decisive_value_unknown_both_are_blocked_too(attempt: Attempt) -> None:
    attempt.set("late", "true")
    before = attempt.engine.picture()
    for command in ("preview", "up"):
        blocked(attempt.run(command, "--policy-pack", PACK), attempt.breach.rule, attempt.breach.unknown_says)
        assert attempt.engine.picture() == before


def test_without_the_preview_the_value_is_judged_once_it_is_known_and_nothing_crosses(attempt: Attempt) -> None:
    attempt.set("late", "true")
    result = attempt.run("up", "--skip-preview", "--policy-pack", PACK)
    blocked(result, attempt.breach.rule, attempt.breach.says)
    assert attempt.crossed() == []


def test_without_the_pack_it_succeeds(attempt: Attempt) -> None:
    result = attempt.run("up")
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(attempt.crossed()) == 1
