"""A stack's state as resources: what `pulumi stack export` prints, or the checkpoint that a file backend keeps.

A resource that waits to be deleted still exists, and is judged. Outputs that weren't inputs are what the cloud says
besides. Secrets of an export without `--show-secrets` are encrypted: they are counted, and can't be looked into.
Source: pulumi/pulumi, sdk/go/common/apitype/core.go (UntypedDeployment, CheckpointV3, ResourceV3).
"""

from pathlib import Path

from boundary import BoundaryError
from policies.reading import Reading, parse, read_entries, read_text

_WHAT = "state"


def read_state(path: Path) -> Reading:
    """The resources of a state file.

    Raises:
        BoundaryError: the file can't be read, or is no state.
    """
    data = parse(read_text(path, _WHAT), path, _WHAT)
    deployment = data.get("deployment") or (data.get("checkpoint") or {}).get("latest")
    if not isinstance(deployment, dict) or not isinstance(deployment.get("resources", []), list):
        raise BoundaryError(f"{path} is no state of a stack; write one with `pulumi stack export --file {path.name}`")
    pending = len(deployment.get("pending_operations") or ())
    missing = f"{pending} operations were under way when the engine was killed: run `pulumi refresh`" if pending else ""
    return read_entries(_WHAT, str(path), deployment.get("resources", []), missing)
