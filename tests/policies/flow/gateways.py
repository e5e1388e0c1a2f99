"""A gateway in a network beside others, and what the rule on gateways finds."""

from collections.abc import Callable
from typing import Any

from policies.core.findings import Finding
from policies.pack import build_pack
from tests.policies.builder import NOW, boundary, stack_resource
from tests.policies.flow.kit import Ref, Sample, clean, tags

PACK = build_pack(boundary(), clock=lambda: NOW)
RULE = PACK.rules.stack["gateway"]


def found(stack: Sample, known: bool = True) -> list[Finding]:
    """What the rule finds in a stack."""
    return list(RULE([stack_resource(), *stack.plain(known)], frozenset()))


def apart() -> Sample:
    """The edge in a network of its own, and training in another, as the program has them."""
    stack = clean()
    stack.add("Core/vcn", "inner", cidrBlocks=["10.129.0.0/16"])
    for name in ("train", "serve"):
        stack.change(name, vcnId=Ref("inner"))
    stack.change("front", definedTags=tags("us-user", "edge"))
    return stack


def nat(vcn: Any) -> Callable[[Sample], None]:
    """Adds a NAT gateway that is closed."""
    return lambda stack: _add(stack, "Core/natGateway", vcn)


def internet(vcn: Any) -> Callable[[Sample], None]:
    """Adds an internet gateway that is closed."""
    return lambda stack: _add(stack, "Core/internetGateway", vcn)


def _add(stack: Sample, kind: str, vcn: Any) -> None:
    stack.add(kind, "way", vcnId=vcn, enabled=False, blockTraffic=True)
