"""Resource Search: what there is of any type, found by a query."""

from rehearsal.doors.api.search.service import Search

__all__ = ["Search"]
