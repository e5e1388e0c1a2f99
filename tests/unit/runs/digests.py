"""Steps and digests as the engine writes them, as short as they get."""

from collections.abc import Mapping
from typing import Any

from runs.digest import Digest, digest_of

BUCKET = "oci:ObjectStorage/bucket:Bucket"
POLICY = "oci:Identity/policy:Policy"
LOG = "oci:Logging/log:Log"


def urn(name: str, token: str = BUCKET, system: str = "data") -> str:
    return f"urn:pulumi:dev::stateside::stateside:{system}:{system.title()}$stateside:{system}:Part${token}::{name}"


def state(at: str = "", trace: tuple[str, ...] = (), protect: bool = False, **inputs: Any) -> dict[str, Any]:
    """A state; `at` and `trace` are `infra/data/bucket.py#65`."""
    found: dict[str, Any] = {"inputs": inputs, "outputs": {}, "protect": protect}
    if at:
        found["sourcePosition"] = f"project:///{at}"
    if trace:
        found["stackTrace"] = [{"sourcePosition": f"project:///{each}"} if each else {} for each in trace]
    return found


def step(
    op: str,
    name: str = "a",
    token: str = BUCKET,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    keys: tuple[str, ...] = (),
    replacing: tuple[str, ...] = (),
    system: str = "data",
) -> dict[str, Any]:
    """A step as it stands in a digest; what is not given is as the engine leaves it out."""
    made: dict[str, Any] = {"op": op, "urn": urn(name, token, system)}
    if old is not None:
        made["oldState"] = old
    if new is not None:
        made["newState"] = new
    if keys:
        made["diffReasons"] = list(keys)
    if replacing:
        made["replaceReasons"] = list(replacing)
    return made


def digest(*steps: Mapping[str, Any], diagnostics: tuple[Mapping[str, str], ...] = ()) -> Digest:
    return digest_of({"steps": list(steps), "diagnostics": list(diagnostics), "changeSummary": {}})
