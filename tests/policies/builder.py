"""Resources, boundaries and states for tests of the policy pack, composed from small tables.

The boundary is the tests' own, so that they hold whatever `stacks/boundary.yaml` says.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from boundary import Boundary
from policies.core import UNKNOWN, Plain, Provider, Resource, Secret

OURS = "ocid1.tenancy.oc1..aaaaours"
THEIRS = "ocid1.tenancy.oc1..aaaatheirs"
REGION = "us-ashburn-1"
NOW = datetime(2026, 6, 1, tzinfo=UTC)

STACK = "pulumi:pulumi:Stack"
ORACLE = "pulumi:providers:oci"
SECRET_MARK = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
UNKNOWN_MARK = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

_PROVIDER_ID = "7a1f4a3e-0000-4000-8000-000000000000"

# What an instance needs to pass, besides what is tested.
PRIVATE: dict[str, Plain] = {"createVnicDetails": {"assignPublicIp": "false"}}

PROVIDER = Provider(ORACLE, "iad", {"region": REGION, "tenancyOcid": OURS})


def boundary_data(*lanes: Mapping[str, Any]) -> dict[str, Any]:
    """A boundary as its file has it."""
    return {
        "realm": "oc1",
        "tenancy": {"name": "ours", "ocid": OURS, "namespace": "ourspace"},
        "regions": {"home": REGION, "allowed": [REGION, "us-phoenix-1"]},
        "addresses": {
            "supernet": "10.128.0.0/9",
            "environments": {"prod": 0, "rehearsal": 1},
            "regions": {REGION: 0, "us-phoenix-1": 1},
            "networks": {"main": 0},
            "subnets": {"data": 0},
        },
        "outside": {
            "tenancies": [{"name": "global", "ocid": THEIRS, "namespace": "theirspace", "regions": ["eu-frankfurt-1"]}],
            "ranges": ["10.0.0.0/10", "198.51.100.0/24"],
            "domains": ["outside.example", "api.outside.example"],
        },
        "domains": ["inside.example"],
        "hosts": [{"name": "idcs-1a.identity.oraclecloud.com", "why": "The samples name it"}],
        "cutover": "2027-01-01T00:00:00Z",
        "roles": {"crossings": "crossers", "vendors": ["vendors"], "trainers": ["trainers", "training-nodes"]},
        "lanes": list(lanes),
    }


def boundary(*lanes: Mapping[str, Any]) -> Boundary:
    """A boundary, with lanes or without."""
    return Boundary.model_validate(boundary_data(*lanes))


def lane(rule: str, resource: str, name: str = "wanted", opens: datetime = NOW, days: int = 30) -> dict[str, Any]:
    """A lane as the boundary's file has it."""
    return {
        "name": name,
        "direction": "out",
        "data_classes": ["public"],
        "rule": rule,
        "resource": resource,
        "owner": "Ada",
        "approver": "Grace",
        "ticket": "NET-1",
        "opens": opens.isoformat(),
        "expires": (opens + timedelta(days=days)).isoformat(),
    }


def urn(token: str, name: str, stack: str = "rehearsal") -> str:
    """The URN of a resource."""
    return f"urn:pulumi:{stack}::stateside::{token}::{name}"


def resource(
    token: str, properties: Mapping[str, Plain], name: str = "it", provider: Provider | None = PROVIDER
) -> Resource:
    """A resource of the tests' stack; Oracle's have our provider, unless another or none is given."""
    return Resource(urn(token, name), token, name, properties, provider if token.startswith("oci:") else None)


def stack_resource(stack: str = "rehearsal") -> Resource:
    """The resource that stands for the stack itself."""
    return Resource(urn(STACK, f"stateside-{stack}", stack), STACK, f"stateside-{stack}", {})


def _as_written(value: Any) -> Any:
    """A value as a state file has it, with the engine's marks for what is secret and what isn't known."""
    if isinstance(value, Secret):
        return {**SECRET_MARK, "plaintext": json.dumps(_as_written(value.value))}
    if isinstance(value, Mapping):
        return {key: _as_written(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_as_written(each) for each in value]
    return UNKNOWN_MARK if value is UNKNOWN else value


def as_sent(value: Any) -> Any:
    """A value as the engine sends it to a pack."""
    if isinstance(value, Secret):
        return {**SECRET_MARK, "value": as_sent(value.value)}
    if isinstance(value, Mapping):
        return {key: as_sent(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [as_sent(each) for each in value]
    return UNKNOWN_MARK if value is UNKNOWN else value


def state(entries: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Any]:
    """A state file: the stack, our provider, and these resources (type, name, inputs) under it."""
    stack = urn(STACK, "stateside-rehearsal")
    provider = urn(ORACLE, "iad")
    resources: list[dict[str, Any]] = [
        {"urn": stack, "custom": False, "type": STACK},
        {
            "urn": provider,
            "custom": True,
            "id": _PROVIDER_ID,
            "type": ORACLE,
            "inputs": dict(PROVIDER.properties),
            "outputs": {},
        },
    ]
    for token, name, inputs in entries:
        entry: dict[str, Any] = {"urn": urn(token, name), "custom": True, "id": name, "type": token, "parent": stack}
        entry |= {"inputs": _as_written(inputs), "outputs": _as_written(inputs)}
        if token.startswith("oci:"):
            entry["provider"] = f"{provider}::{_PROVIDER_ID}"
        resources.append(entry)
    manifest = {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""}
    return {"version": 3, "deployment": {"manifest": manifest, "resources": resources}}
