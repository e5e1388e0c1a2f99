"""The watch: what everything logs, where logs are kept, and who hears of a change that touches the boundary.

The component of the whole is imported from `infra.observability.observability`: it takes a site, and a site is made of
the log groups here.
"""

from infra.observability.log_sources import LogSource
from infra.observability.service_log import LogGroups, LogGroupsArgs

__all__ = ["LogGroups", "LogGroupsArgs", "LogSource"]
