"""The cloud-init that production's machines are declared with: pure functions from a profile to `user_data`."""

from infra.cloud_init.document import user_data
from infra.cloud_init.profile import HostProfile

__all__ = ["HostProfile", "user_data"]
