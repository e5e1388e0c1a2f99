"""The documents that the program and the pack write themselves: `make docs` writes them, a test holds them current."""

from tests.documents import (
    alerts,
    api_door,
    assumptions,
    capacity,
    cis,
    configuration,
    crossing_calls,
    findings,
    host_types,
    pull_requests,
    service_limits,
    systems,
    terminal,
    topology,
    watched_calls,
)
from tests.documents.document import Document
from tests.mutation.standing import PAGE, standing

DOCUMENTS = (
    Document(api_door.FILE, api_door.text),
    Document(assumptions.FILE, assumptions.text),
    Document(capacity.FILE, capacity.text),
    Document(cis.FILE, cis.text),
    Document(configuration.FILE, configuration.text),
    Document(crossing_calls.FILE, crossing_calls.text),
    Document(watched_calls.FILE, watched_calls.text),
    Document(watched_calls.FILTER, watched_calls.asked_of_the_audit_log),
    Document(host_types.FILE, host_types.text),
    Document(PAGE, lambda: standing().page),
    Document(service_limits.FILE, service_limits.text),
    Document(systems.FILE, systems.text),
    Document(topology.FILE, topology.text),
    *terminal.DOCUMENTS,
    *findings.DOCUMENTS,
    *alerts.DOCUMENTS,
    *pull_requests.DOCUMENTS,
)

__all__ = ["DOCUMENTS", "Document"]
