"""Shapes as Oracle takes them: a known name, a size that it has, and no protection that its machines can't have.

The table is boundary/shapes.yaml, which has the sources.

Assumption: a shape's size that doesn't exist, a virtual machine's platform or encryption in transit on a shape without
them are answered with 400, as other arguments that don't fit one another; Oracle's pages don't say.
"""

from collections.abc import Mapping
from typing import Any

from boundary import BoundaryError, Shape, shape
from rehearsal.world.model import invalid

_OF_MACHINES = "_VM"


def check_shape(where: str, name: str, size: str, config: Mapping[str, Any] | None) -> Shape:
    """Refuses a shape that isn't known, or a size that it hasn't; `where` and `size` are the arguments that say so."""
    try:
        found = shape(name)
    except BoundaryError as error:
        raise invalid(f"{where}: {error}") from None
    given = config or {}
    ocpus, memory = given.get("ocpus"), given.get("memoryInGbs")
    if found.is_flexible and ocpus is None:
        raise invalid(f"{size}: the flexible shape {name} needs ocpus and memoryInGbs")
    if objection := found.objection(*(None if each is None else float(each) for each in (ocpus, memory))):
        raise invalid(f"{size}: {name} {objection}")
    return found


def check_machine(where: str, details: Mapping[str, Any]) -> None:
    """Refuses launch details whose shape, size or protections don't fit one another."""
    found = check_shape(f"{where}shape", details["shape"], f"{where}shapeConfig", details.get("shapeConfig"))
    platform = (details.get("platformConfig") or {}).get("type") or ""
    if platform.endswith(_OF_MACHINES) and platform != found.platform:
        raise invalid(f"{where}platformConfig.type: a machine of the shape {found} is no {platform}")
    if str(details.get("isPvEncryptionInTransitEnabled")).lower() == "true" and found.in_transit != "choice":
        raise invalid(f"{where}isPvEncryptionInTransitEnabled: there is nothing to choose on the shape {found}")
