"""The machines that a recorded program declares, whichever way: alone, in pools, in a cluster's node pools."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from tests.unit.infra.recording import Declared, Recording, fake_id

MACHINES = frozenset(
    {
        "ContainerEngine/nodePool",
        "Core/clusterNetwork",
        "Core/instance",
        "Core/instanceConfiguration",
        "Core/instancePool",
    }
)
"""The types that declare them."""


@dataclass(frozen=True)
class Machines:
    """Machines of one shape in one availability domain: how many, and what each has; `name` is that of the resource.

    A pool that is spread over several domains has its share in each, rounded up.
    """

    name: str
    shape: str
    machines: int
    ocpus_each: int
    memory_each: int

    @property
    def ocpus(self) -> int:
        """OCPUs of all of them."""
        return self.machines * self.ocpus_each

    @property
    def memory(self) -> int:
        """GB of memory of all of them."""
        return self.machines * self.memory_each

    @property
    def gpus(self) -> int:
        """GPUs of all of them: a GPU shape's name ends with how many a machine has."""
        last = self.shape.rpartition(".")[2]
        return self.machines * int(last) if ".GPU." in self.shape and last.isdigit() else 0


def machines(recording: Recording) -> list[Machines]:
    """Every group of machines."""
    return list(_machines(recording))


def _machines(recording: Recording) -> Iterator[Machines]:
    templates = {fake_id(each.kind, each.name): each for each in _of(recording, "InstanceConfiguration")}
    for each in _of(recording, "Instance"):
        yield _some(each.name, 1, 1, each.inputs)
    for each in _of(recording, "InstancePool"):
        domains = len(each.inputs["placementConfigurations"])
        yield _some(each.name, each.inputs["size"], domains, _template(each.inputs, templates))
    for each in _of(recording, "ClusterNetwork"):
        # A cluster network lies in one availability domain.
        for pool in each.inputs["instancePools"]:
            yield _some(each.name, pool["size"], 1, _template(pool, templates))
    for each in _of(recording, "NodePool"):
        details = {"shape": each.inputs["nodeShape"], "shapeConfig": each.inputs.get("nodeShapeConfig")}
        nodes = each.inputs["nodeConfigDetails"]
        yield _some(each.name, nodes["size"], len(nodes["placementConfigs"]), details)


def _of(recording: Recording, kind: str) -> list[Declared]:
    return [each for each in recording.resources if each.custom and each.kind == kind]


def _template(pool: dict[str, Any], templates: dict[str, Declared]) -> dict[str, Any]:
    details: dict[str, Any] = templates[pool["instanceConfigurationId"]].inputs["instanceDetails"]["launchDetails"]
    return details


def _some(name: str, count: float, domains: int, details: dict[str, Any]) -> Machines:
    config = details.get("shapeConfig") or {}
    ocpus, memory = int(config.get("ocpus", 0)), int(config.get("memoryInGbs", 0))
    return Machines(name, details["shape"], ceil(count / domains), ocpus, memory)
