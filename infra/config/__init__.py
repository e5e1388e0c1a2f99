"""The stack's configuration: one file for each system that has any, and `stack.py`, which holds them together."""

from infra.config.access import AccessConfig, Engagement
from infra.config.host import HostConfig, ServingConfig, TrainingConfig
from infra.config.kubernetes import KubernetesConfig
from infra.config.landing_zone import BudgetConfig, LandingZoneConfig
from infra.config.observability import Listener, ObservabilityConfig, Topic
from infra.config.stack import Stack, StackConfig, read_stack

__all__ = [
    "AccessConfig",
    "BudgetConfig",
    "Engagement",
    "HostConfig",
    "KubernetesConfig",
    "LandingZoneConfig",
    "Listener",
    "ObservabilityConfig",
    "ServingConfig",
    "Stack",
    "StackConfig",
    "Topic",
    "TrainingConfig",
    "read_stack",
]
