"""Runs the real program against a recording engine: what it asked for is plain data, and nothing else is judged."""

import asyncio
import contextvars
import json
import runpy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from unittest import mock

import pulumi
import yaml
from pulumi.runtime import get_root_resource, mocks, set_all_config, set_mocks
from pulumi.runtime.settings import SETTINGS, set_root_resource
from pulumi.runtime.stack import run_in_stack

ROOT = Path(__file__).parents[3]
STACKS = ("us-prod", "us-staging", "rehearsal")

REGIONS = {"iad": "us-ashburn-1", "phx": "us-phoenix-1"}
DOMAINS = [{"name": f"bEGV:US-ASHBURN-AD-{number}"} for number in (1, 2, 3)]
RESOLVER = "ocid1.dnsresolver.oc1.{key}.of-the-vcn"
DETECTORS = ("IAAS_ACTIVITY_DETECTOR", "IAAS_CONFIGURATION_DETECTOR", "IAAS_THREAT_DETECTOR")
ZONE_POLICIES = (
    "deny public_buckets",
    "deny db_instance_public_access",
    "deny buckets_without_vault_key",
    "deny block_volume_without_vault_key",
    "deny boot_volume_without_vault_key",
    "deny file_system_without_vault_key",
    "deny public_subnets",
)
IMAGES = [{"id": "ocid1.image.oc1.iad.newest"}, {"id": "ocid1.image.oc1.iad.older"}]
NODE_IMAGES = [
    {
        "imageId": f"ocid1.image.oc1.{{key}}.node{kind}",
        "sourceName": f"Oracle-Linux-9.7-{kind}2026.06.15-0-OKE-1.35.2-1505",
    }
    for kind in ("", "Gen2-GPU-")
]


@dataclass(frozen=True)
class Declared:
    """One resource as the program declared it."""

    type: str
    name: str
    inputs: dict[str, Any]
    custom: bool
    urn: str
    parent: str
    provider: str
    protected: bool
    ignored_changes: tuple[str, ...]
    dependencies: frozenset[str]
    # Where it is declared and the calls that led there, as the engine writes them into a state.
    source: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The last part of the type token: Vcn, Bucket …"""
        return self.type.rpartition(":")[2]


@dataclass
class Recording:
    """Everything that one run declared, called and exported."""

    stack: str
    resources: list[Declared] = field(default_factory=list)
    calls: list[mocks.MockCallArgs] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    waited_in_rounds: int = 0

    def site(self, key: str) -> "Recording":
        """What belongs to one region, with what belongs to none."""
        others = [other for other in REGIONS if other != key]
        kept = [each for each in self.resources if not any(belongs_to(each.name, other) for other in others)]
        calls = [call for call in self.calls if call.provider is None or REGIONS[key] in call.provider]
        return Recording(self.stack, kept, calls, self.outputs, key)

    def of(self, *kinds: str) -> list[Declared]:
        """Every resource of these kinds that Oracle knows (no component), of which there must be one."""
        found = [resource for resource in self.resources if resource.custom and resource.kind in kinds]
        assert found, f"the program declares no {' or '.join(kinds)}"
        return found

    def one(self, kind: str, name: str = "") -> Declared:
        """The one resource of this kind whose logical name ends so."""
        found = [resource for resource in self.of(kind) if resource.name.endswith(name)]
        assert len(found) == 1, f"{len(found)} resources of kind {kind} are called {name}"
        return found[0]

    def id_of(self, kind: str, name: str = "") -> str:
        """The identifier that the recording engine gave a resource."""
        return fake_id(kind, self.one(kind, name).name)


def _recipe(detector: str) -> dict[str, str]:
    return {"id": fake_id("recipe", detector.lower()), "owner": "ORACLE", "detector": detector}


def _policy(name: str) -> dict[str, str]:
    return {"id": fake_id("securityzonessecuritypolicy", name.replace(" ", "-")), "friendlyName": name}


def belongs_to(name: str, key: str) -> bool:
    """Whether a logical name says that its resource is in the region with this key."""
    return name.endswith(f"-{key}") or f"-{key}-" in name


def fake_id(kind: str, name: str) -> str:
    """An identifier that says what it identifies."""
    return f"ocid1.{kind.lower()}.oc1.iad.{name}"


def computed(kind: str, name: str) -> dict[str, Any]:
    """What a service makes up of a resource: its outputs that are no arguments, as far as the program uses them."""
    of_kind = {
        "Vcn": {"defaultSecurityListId": fake_id("securitylist", "default")},
        "Repository": {"httpUrl": f"https://devops.example/{name}"},
        "Vault": {"managementEndpoint": "https://vault.example"},
        "Domain": {"url": "https://idcs-1.identity.oraclecloud.com:443"},
        "NotificationTopic": {"topicId": fake_id(kind, name)},
        "Instance": {"privateIp": "10.0.0.2", "bootVolumeId": fake_id("BootVolume", name)},
        "NetworkLoadBalancer": {"ipAddresses": [{"ipAddress": "10.0.0.3"}]},
        "PublicIp": {"ipAddress": f"203.0.113.1-{name}"},
        "Resolver": {"defaultViewId": fake_id("View", f"default-{name}")},
    }
    return of_kind.get(kind, {})


class _Answers(mocks.Mocks):
    def __init__(self, recording: Recording, answers: dict[str, dict[str, Any]]) -> None:
        self.recording = recording
        self.answers = answers

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        kind = args.typ.rpartition(":")[2]
        return fake_id(kind, args.name), {**args.inputs, **computed(kind, args.name)}

    def call(self, args: mocks.MockCallArgs) -> Any:
        self.recording.calls.append(args)
        key = "phx" if REGIONS["phx"] in (args.provider or "") else "iad"
        return json.loads(json.dumps(self.answers[args.token]).replace("{key}", key))


def _source(request: Any) -> dict[str, Any]:
    frames = [{"sourcePosition": _position(each.pc)} for each in request.stackTrace.frames]
    return {"sourcePosition": _position(request.sourcePosition), "stackTrace": frames}


def _position(found: Any) -> str:
    return f"{found.uri.replace(ROOT.as_uri(), 'project://')}#{found.line}" if found.uri else ""


class _Monitor(mocks.MockMonitor):
    """Keeps what the mocks are not shown: URN, parent, options."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__(answers)
        self.recording = answers.recording

    def RegisterResource(self, request: Any) -> Any:
        response = super().RegisterResource(request)
        if request.type != "pulumi:pulumi:Stack":
            self.recording.resources.append(
                Declared(
                    type=request.type,
                    name=request.name,
                    inputs=pulumi.runtime.rpc.deserialize_properties(request.object),
                    custom=request.custom,
                    urn=response.urn,
                    parent=request.parent,
                    provider=request.provider,
                    protected=request.protect,
                    ignored_changes=tuple(request.ignoreChanges),
                    dependencies=frozenset(request.dependencies),
                    source=_source(request),
                )
            )
        return response


def configured(stack: str) -> dict[str, Any]:
    """A stack's configuration as it is in its file."""
    return dict(yaml.safe_load((ROOT / "stacks" / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))["config"])


def moved(stack: str, region: str) -> dict[str, Any]:
    """A stack's configuration, if it stood in one region alone."""
    config, key = configured(stack), next(key for key, name in REGIONS.items() if name == region)
    image = config["stateside:training"] | {"workerImage": f"ocid1.image.oc1.{key}.for-gpus"}
    return {**config, "stateside:regions": [region], "stateside:training": image}


async def run_as_engine(
    program: Callable[[], object], answers: mocks.Mocks, settings: dict[str, Any], config: dict[str, str]
) -> int:
    """Runs a program against mocks in a stack of its own, with no call under way before it starts.

    Returns how many outputs were waited for in rounds: those of each round, taken together.
    """
    handed, wait = 0, asyncio.wait

    def counting(waited_for: Iterable[Any], **how: Any) -> Any:
        nonlocal handed
        handed += len(each := list(waited_for))
        return wait(each, **how)

    SETTINGS.outputs.clear()  # what a run that was stopped still waited for
    set_root_resource(SETTINGS)  # anything, so that the mocks make no stack
    set_mocks(answers, **settings)
    set_root_resource(None)
    set_all_config(config)
    with mock.patch("asyncio.wait", counting):
        await run_in_stack(program)
    return handed


def run_program(
    stack: str, config: dict[str, Any] | None = None, answers: dict[str, dict[str, Any]] | None = None
) -> Recording:
    """Runs `infra/__main__.py` as the engine would, with other configuration or other answers from Oracle if given."""
    recording = Recording(stack)
    config = configured(stack) if config is None else config
    services = [
        {"id": "ocid1.service.oc1.{key}.objects", "cidrBlock": "oci-{key}-objectstorage"},
        {"id": "ocid1.service.oc1.{key}.all", "cidrBlock": "all-{key}-services-in-oracle-services-network"},
    ]
    listed: dict[str, dict[str, Any]] = {
        "oci:Core/getServices:getServices": {"services": services},
        "oci:Core/getImages:getImages": {"images": IMAGES},
        "oci:Core/getCnvDnsResolverAssociation:getCnvDnsResolverAssociation": {"dnsResolverId": RESOLVER},
        "oci:Identity/getAvailabilityDomains:getAvailabilityDomains": {"availabilityDomains": DOMAINS},
        "oci:ContainerEngine/getNodePoolOption:getNodePoolOption": {"sources": NODE_IMAGES},
        "oci:CloudGuard/getDetectorRecipes:getDetectorRecipes": {
            "detectorRecipeCollections": [{"items": [_recipe(each) for each in DETECTORS]}]
        },
        "oci:CloudGuard/getResponderRecipes:getResponderRecipes": {
            "responderRecipeCollections": [{"items": [_recipe("responder")]}]
        },
        "oci:CloudGuard/getSecurityPolicies:getSecurityPolicies": {
            "securityPolicyCollections": [{"items": [_policy(each) for each in ZONE_POLICIES]}]
        },
    }
    replies = _Answers(recording, {**listed, **(answers or {})})
    encoded = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}

    async def run() -> None:
        settings = {"project": "stateside", "stack": stack, "preview": False, "monitor": _Monitor(replies)}
        program = str(ROOT / "infra" / "__main__.py")
        run_it = partial(runpy.run_path, program, run_name="__main__")
        recording.waited_in_rounds = await run_as_engine(run_it, replies, settings, encoded)
        recording.outputs = await pulumi.Output.from_input(get_root_resource().outputs).future()

    # A run leaves nothing behind: the runtime's settings are context variables of its own context.
    contextvars.copy_context().run(asyncio.run, run())
    return recording


def run_declaration(stack: str, declare: Callable[[], object]) -> Recording:
    """Runs something that declares resources beside those of a stack, without its configuration."""
    recording = Recording(stack)
    replies = _Answers(recording, {})
    settings = {"project": "stateside", "stack": stack, "preview": False, "monitor": _Monitor(replies)}
    contextvars.copy_context().run(asyncio.run, run_as_engine(declare, replies, settings, {}))
    return recording


@lru_cache
def recorded(stack: str) -> Recording:
    """One run of the program for each stack is enough."""
    return run_program(stack)
