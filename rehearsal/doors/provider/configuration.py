"""What a provider resource is configured with, and which of the engine's connections it speaks on.

The engine opens one connection for each provider resource, and all of them reach this one door; the requests don't say
which provider they are for. The connection does.
"""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from boundary import regions
from rehearsal.doors.provider.check import Failure
from rehearsal.doors.provider.consistency import Window, new_window
from rehearsal.doors.provider.values import Unknown
from rehearsal.world import TenancyRecord, World

_MOST_CONNECTIONS = 4096
# Inputs that say how to sign requests; the world asks nobody to sign.
_CREDENTIALS = frozenset(
    {
        "auth",
        "configFileProfile",
        "customCertLocation",
        "fingerprint",
        "privateKey",
        "privateKeyPassword",
        "privateKeyPath",
        "userOcid",
    }
)
_TUNING = frozenset(
    {
        "disableAutoRetries",
        "ignoreDefinedTags",
        "realmSpecificServiceEndpointTemplateEnabled",
        "retriesConfigFile",
        "retryDurationSeconds",
        "dualStackEndpointEnabled",
        "testTimeMaintenanceRebootDue",
    }
)
_EXPLICIT = (
    "only an explicit provider will do: `opts=ResourceOptions(provider=…)` in a program, "
    "`--provider oci=<urn>` at an import (`pulumi stack --show-urns` lists them)"
)
_OURS = frozenset({"region", "tenancyOcid", "version", "pluginDownloadURL"})


@dataclass(frozen=True)
class Configuration:
    """A configured provider: which tenancy it acts for, in which region, which tags it takes no note of, and what it
    knows of changes of IAM."""

    tenancy: TenancyRecord
    region: str
    ignored_tags: frozenset[str] = frozenset()
    window: Window = field(default_factory=new_window, compare=False)


def check_configuration(world: World, inputs: dict[str, Any]) -> list[Failure]:
    """What keeps a provider from being used in this world."""
    failures = [
        Failure(name, "is not an argument of the provider")
        for name in sorted(inputs.keys() - _CREDENTIALS - _TUNING - _OURS)
    ]
    tenancies = world.tenancies()
    tenancy, region = inputs.get("tenancyOcid"), inputs.get("region")
    if tenancy is None:
        failures.append(Failure("tenancyOcid", f"is missing; {_EXPLICIT}"))
    elif not isinstance(tenancy, Unknown) and str(tenancy) not in tenancies:
        sentence = f"{tenancy} is not in this world: a rehearsal never speaks for a real tenancy"
        failures.append(Failure("tenancyOcid", sentence))
    if region is None and tenancy is not None:  # said once, where both are
        failures.append(Failure("region", f"is missing; {_EXPLICIT}"))
    elif region is None or isinstance(region, Unknown):
        pass  # Configure asks again once it is known
    elif str(region) not in regions():
        failures.append(Failure("region", f"{region} is not the name of an Oracle region"))
    elif str(tenancy) in tenancies and region not in tenancies[str(tenancy)].regions:
        failures.append(Failure("region", f"the tenancy is not subscribed to {region}"))
    return failures


class Connections:
    """The configurations by connection, oldest forgotten first."""

    def __init__(self) -> None:
        self._by_peer: OrderedDict[str, Configuration] = OrderedDict()
        self._lock = threading.Lock()

    def configure(self, peer: str, configuration: Configuration) -> None:
        """Remembers what a connection's provider is configured with."""
        with self._lock:
            self._by_peer[peer] = configuration
            self._by_peer.move_to_end(peer)
            while len(self._by_peer) > _MOST_CONNECTIONS:
                self._by_peer.popitem(last=False)

    def of(self, peer: str) -> Configuration | None:
        """The configuration of a connection."""
        with self._lock:
            return self._by_peer.get(peer)


def from_wire(values: dict[str, Any]) -> dict[str, Any]:
    """Provider inputs as they are meant: whatever isn't a string arrives as JSON text."""
    decoded = {}
    for name, value in values.items():
        try:
            decoded[name] = json.loads(value) if isinstance(value, str) and value[:1] in '{["' else value
        except json.JSONDecodeError:
            decoded[name] = value
    return decoded
