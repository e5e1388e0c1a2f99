"""Resources for measuring the pack: a plain estate of any size, in our own form and as a Terraform plan.

Every value is its own, so that nothing that is remembered helps. Each instance is in a subnet of its own, which no
route leads out of. Each hundredth bucket is open and each hundredth instance has a public address: whoever judges them
must find exactly these.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from boundary import load_boundary, region
from policies.core import Provider, Resource

_BOUNDARY = load_boundary()
_HOME = _BOUNDARY.regions.home
_KEY = region(_HOME).key
_PROVIDER = Provider("pulumi:providers:oci", "bench", {"region": _HOME, "tenancyOcid": _BOUNDARY.tenancy.ocid})
_STACK = "urn:pulumi:us-prod::stateside"
_ODD_ONE = 100
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def _ocid(kind: str, number: int) -> str:
    return f"ocid1.{kind}.oc1.{_KEY}.aaaa{number:08}"


def _vcn(number: int) -> dict[str, Any]:
    return {"displayName": f"vcn-{number}", "cidrBlocks": [f"10.{128 + number % 100}.0.0/16"], "dnsLabel": f"v{number}"}


def _subnet(number: int) -> dict[str, Any]:
    return {
        "displayName": f"subnet-{number}",
        "vcnId": _ocid("vcn", number - 1),
        "cidrBlock": f"10.{128 + number % 100}.{number % 250}.0/24",
        "prohibitPublicIpOnVnic": True,
        "dhcpOptionsId": _ocid("dhcpoptions", number),
    }


def _bucket(number: int) -> dict[str, Any]:
    odd = number // len(_KINDS) % _ODD_ONE == 0
    return {
        "name": f"bucket-{number}",
        "namespace": _BOUNDARY.tenancy.namespace,
        "accessType": "ObjectRead" if odd else "NoPublicAccess",
        "versioning": "Enabled",
        "kmsKeyId": _ocid("key", number),
    }


def _instance(number: int) -> dict[str, Any]:
    odd = number // len(_KINDS) % _ODD_ONE == 0
    script = f"#cloud-config\nhostname: host-{number}\nruncmd:\n" + "- [systemctl, restart, nginx]\n" * 20
    return {
        "displayName": f"instance-{number}",
        "shape": "VM.Standard.E5.Flex",
        "availabilityDomain": f"Uocm:{_HOME.upper()}-AD-1",
        "createVnicDetails": {"subnetId": _ocid("subnet", number - 2), "assignPublicIp": "true" if odd else "false"},
        "metadata": {"user_data": base64.b64encode(script.encode()).decode()},
    }


def _rule(number: int) -> dict[str, Any]:
    return {
        "networkSecurityGroupId": _ocid("networksecuritygroup", number),
        "direction": "INGRESS",
        "protocol": "6",
        "source": f"10.{128 + number % 100}.{number % 250}.0/24",
        "description": f"rule {number}",
    }


_KINDS = {
    "oci:Core/vcn:Vcn": ("oci_core_vcn", _vcn),
    "oci:Core/subnet:Subnet": ("oci_core_subnet", _subnet),
    "oci:ObjectStorage/bucket:Bucket": ("oci_objectstorage_bucket", _bucket),
    "oci:Core/instance:Instance": ("oci_core_instance", _instance),
    "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule": (
        "oci_core_network_security_group_security_rule",
        _rule,
    ),
}


def _bodies(count: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Type token, Terraform type and arguments of each."""
    kinds = list(_KINDS.items())
    for number in range(count):
        token, (terraform, body) = kinds[number % len(kinds)]
        yield token, terraform, body(number)


def resources(count: int) -> list[Resource]:
    """As the core reads them, after the stack's own resource."""
    stack = "pulumi:pulumi:Stack"
    made = [Resource(f"{_STACK}::{stack}::stateside-us-prod", stack, "stateside-us-prod", {})]
    for number, (token, _, body) in enumerate(_bodies(count)):
        own = _ocid(token.rpartition(":")[2].lower(), number)
        made.append(Resource(f"{_STACK}::{token}::it-{number}", token, f"it-{number}", body, _PROVIDER, id=own))
    return made


def odd_ones(count: int) -> int:
    """How many of them violate something."""
    addressed = sum(
        body["createVnicDetails"]["assignPublicIp"] == "true"
        for token, _, body in _bodies(count)
        if token.endswith(":Instance")
    )
    return open_buckets(count) + addressed


def open_buckets(count: int) -> int:
    """How many of them are buckets that anybody can read."""
    return sum(body["accessType"] != "NoPublicAccess" for token, _, body in _bodies(count) if token.endswith(":Bucket"))


def write_plan(path: Path, count: int) -> None:
    """As `terraform show -json` writes a plan of the same resources."""
    planned, changes = [], []
    for number, (_, terraform, body) in enumerate(_bodies(count)):
        named = {"address": f"{terraform}.it_{number}", "mode": "managed", "type": terraform, "name": f"it_{number}"}
        named["provider_name"] = "oci"
        values = _snake(body)
        planned.append({**named, "schema_version": 0, "values": values})
        changes.append({**named, "change": {"actions": ["create"], "before": None, "after": values}})
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"root_module": {}},
    }
    path.write_text(json.dumps(plan), encoding="utf-8")


def write_state(path: Path, count: int) -> None:
    """As `pulumi stack export` writes them."""
    made = resources(count)
    provider = f"{_STACK}::{_PROVIDER.type}::bench"
    entries: list[dict[str, Any]] = [
        {"urn": provider, "type": _PROVIDER.type, "custom": True, "id": "p", "inputs": dict(_PROVIDER.properties)}
    ]
    for each in made:
        entry = {"urn": each.urn, "type": each.type, "custom": True, "id": each.id, "inputs": dict(each.properties)}
        entries.append(entry | ({"provider": f"{provider}::p"} if each.provider else {}))
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": entries}}), encoding="utf-8")


def _snake(value: Any) -> Any:
    """Terraform's names; what holds one object is a list of one there."""
    if isinstance(value, Mapping):
        return {_CAPITAL.sub(r"_\1", name).lower(): _nested(name, each) for name, each in value.items()}
    return value


def _nested(name: str, value: Any) -> Any:
    return [_snake(value)] if isinstance(value, Mapping) and name != "metadata" else value
