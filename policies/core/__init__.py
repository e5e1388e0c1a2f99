"""The pure core: from a resource's plain data to findings. No engine, no SDK, no clock of its own."""

from policies.core.findings import Finding, Problem
from policies.core.judge import Judge, Verdict
from policies.core.plain import UNKNOWN, Plain, Provider, Resource, Secret
from policies.core.ruleset import RuleInfo, RuleSet

__all__ = [
    "UNKNOWN",
    "Finding",
    "Judge",
    "Plain",
    "Problem",
    "Provider",
    "Resource",
    "RuleInfo",
    "RuleSet",
    "Secret",
    "Verdict",
]
