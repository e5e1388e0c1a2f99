"""The API of identity domains: SCIM, at each domain's own address."""

from rehearsal.doors.api.scim.service import Scim

__all__ = ["Scim"]
