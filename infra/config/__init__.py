"""The stack's configuration: one file for each system that has any, and `stack.py`, which holds them together."""

from infra.config.host import HostConfig, ServingConfig
from infra.config.stack import Stack, StackConfig, read_stack

__all__ = ["HostConfig", "ServingConfig", "Stack", "StackConfig", "read_stack"]
