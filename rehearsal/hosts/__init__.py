"""Hosts: instances of the world as real Linux machines, in the fabric, with their declared cloud-init."""

from rehearsal.hosts.availability import why_off
from rehearsal.hosts.choice import HOSTS_FOR, chosen, running
from rehearsal.hosts.inventory import Host, Inventory, inventory
from rehearsal.hosts.reconcile import reconcile, tear_down

__all__ = ["HOSTS_FOR", "Host", "Inventory", "chosen", "inventory", "reconcile", "running", "tear_down", "why_off"]
