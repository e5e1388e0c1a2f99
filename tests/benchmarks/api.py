"""What the API door costs: calls by the unmodified SDK through TLS, lists as they grow, and the door's memory."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest import mock

import oci
from oci.core import VirtualNetworkClient
from oci.pagination import list_call_get_all_results

from boundary import load_boundary
from rehearsal.commands.api import open_api
from rehearsal.console import say
from rehearsal.doors.api.process import door
from rehearsal.home import Home
from rehearsal.world import World, seed
from rehearsal.world.model import TenancyRecord
from rehearsal.world.service import create

SIZES = (1_000, 20_000)
_CALLS, _PAGE = 200, 1_000
_ROUTES = "oci:Core/routeTable:RouteTable"


def lines(directory: Path) -> list[str]:
    """The page's part about the API door."""
    home = Home(directory)
    home.create()
    world = World.open(home.world)
    seed(world, load_boundary())
    tenancy = world.tenancies()[load_boundary().tenancy.ocid]
    say("calls through the API door")
    with mock.patch.dict(os.environ, open_api(home)):
        try:
            network = VirtualNetworkClient(oci.config.from_file())
            vcn = _vcn(world, tenancy)
            reads = _seconds(lambda: network.get_vcn(vcn))
            process = door(home).process()
            assert process is not None
            rows = []
            for size in SIZES:
                _fill(world, tenancy, vcn, size)
                rows.append((size, _listing(network, tenancy.ocid, size), process.memory_info().rss))
        finally:
            door(home).close()
    growth = rows[-1][1] / rows[0][1]
    return [
        "## The API door",
        "",
        "The unmodified `oci` SDK, one client, through the proxy and TLS, with signatures and statements judged.",
        "",
        f"A read of one resource takes {reads * 1000:.1f} ms (median of {_CALLS}): {1 / reads:.0f} a second.",
        "",
        f"| resources of a type | s to list all, {_PAGE:,} a page | memory of the door, MB |",
        "|---:|---:|---:|",
        *(f"| {size:,} | {seconds:.1f} | {memory / 2**20:.0f} |" for size, seconds, memory in rows),
        f"| {SIZES[-1] / SIZES[0]:.0f} times | {growth:.0f} times | |",
        "",
    ]


def _vcn(world: World, tenancy: TenancyRecord) -> str:
    body = {"compartmentId": tenancy.ocid, "cidrBlocks": ["10.128.0.0/16"], "displayName": "measured"}
    return create(world, "oci:Core/vcn:Vcn", region=tenancy.home, tenancy=tenancy, body=body).id


def _seconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(_CALLS):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return median(taken)


def _fill(world: World, tenancy: TenancyRecord, vcn: str, size: int) -> None:
    say(f"a list of {size:,}")
    with world.transaction():
        for number in range(world.count(_ROUTES, tenancy.ocid, tenancy.home), size):
            body = {"compartmentId": tenancy.ocid, "vcnId": vcn, "displayName": f"r{number}", "routeRules": []}
            create(world, _ROUTES, region=tenancy.home, tenancy=tenancy, body=body)


def _listing(network: VirtualNetworkClient, compartment: str, size: int) -> float:
    """The seconds to list them all."""
    started = time.perf_counter()
    found = list_call_get_all_results(network.list_route_tables, compartment, limit=_PAGE).data
    seconds = time.perf_counter() - started
    assert len(found) == size, (len(found), size)
    return seconds
