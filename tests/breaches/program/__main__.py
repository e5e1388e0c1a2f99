"""A blameless network of ours, and one breach of the boundary in it: the one that the configuration names."""

import importlib

import pulumi

from tests.breaches.program.base import declare_base

config = pulumi.Config()
base = declare_base(late=config.get_bool("late") or False)
importlib.import_module(f"tests.breaches.program.{config.require('breach')}").declare(base)
