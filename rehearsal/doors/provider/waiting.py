"""Waits, as Oracle's provider does: a creation is done once what was made is ready, however long that takes.

Source: https://github.com/oracle/terraform-provider-oci, internal/tfresource/crud_helpers.go (WaitForStateRefresh); so
does the data source for a VCN's resolver. The timeouts of the provider are minutes to hours; the engine's patience is
what ends it here.
"""

import time

from rehearsal.world import Resource, World, is_ready

_PAUSE_S = 0.1


def until_ready(world: World, made: Resource) -> Resource:
    """A resource once it is ready; as it was if it has gone meanwhile."""
    while not is_ready(world, made):
        time.sleep(_PAUSE_S)
    return world.get(made.id) or made
