"""What training keeps its models and its data in: Data Science's registry, and Lustre.

Sources: Oracle, "Model Version Sets", https://docs.oracle.com/iaas/Content/data-science/using/model-version-sets-about.htm;
capacities of Lustre, https://docs.oracle.com/en-us/iaas/Content/lustre/file-system-capacity.htm

Assumption: Lustre's API counts in GB, a TiB as 1,000.
"""

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.compute import check_domain
from rehearsal.world.identifiers import unique_part
from rehearsal.world.model import Body, invalid

_LEAST, _STEP, _LARGE, _LARGE_STEP = 31_200, 10_400, 124_800, 41_600
_LONGEST_NAME = 8


def _check_files(change: Change) -> None:
    check_domain(change, change.body["availabilityDomain"])
    capacity = change.body["capacityInGbs"]
    beyond, step = (capacity - _LARGE, _LARGE_STEP) if capacity > _LARGE else (capacity - _LEAST, _STEP)
    if capacity < _LEAST or beyond % step:
        raise invalid(f"capacityInGbs: {capacity} is no capacity that Lustre has")
    if change.before and capacity < change.before.body["capacityInGbs"]:
        raise invalid("capacityInGbs: a file system doesn't shrink")
    if len(change.body["fileSystemName"]) > _LONGEST_NAME:
        raise invalid(f"fileSystemName: {change.body['fileSystemName']} is longer than {_LONGEST_NAME} characters")


def _compute_files(change: Change) -> Body:
    name = unique_part("lustre", change.body["compartmentId"], change.body["fileSystemName"])[8:20]
    return {"managementServiceAddress": f"{name}.lustre.{change.region}.oci.oraclecloud.com", "lnet": "tcp"}


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:DataScience/project:Project": Behaviour("datascienceproject", state="ACTIVE"),
    "oci:DataScience/modelVersionSet:ModelVersionSet": Behaviour("datasciencemodelversionset", state="ACTIVE"),
    "oci:Lustre/fileStorageLustreFileSystem:FileStorageLustreFileSystem": Behaviour(
        "lustrefilesystem", state="ACTIVE", check=_check_files, compute=_compute_files
    ),
}
