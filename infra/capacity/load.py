"""The load: what the users of the app ask of the whole environment. Every size is computed from these numbers."""

import math
from dataclasses import dataclass, field

from infra.capacity.assumptions import Assumptions

DAY = 86_400
"""Seconds."""

GB = 10**9


@dataclass(frozen=True)
class Load:
    """What so many users do. Rates are for all regions together; each region is sized to bear all of it alone."""

    users: int
    regions: int = 1
    assumptions: Assumptions = field(default_factory=Assumptions)

    @property
    def daily_users(self) -> int:
        """People: who use the app on a day."""
        return math.ceil(self.users * self.assumptions.daily_share)

    @property
    def views_per_second(self) -> float:
        """Videos a second: the mean of a day."""
        return self.daily_users * self.assumptions.minutes_a_day * 60 / self.assumptions.seconds_a_view / DAY

    @property
    def requests_per_second(self) -> float:
        """Requests a second: to the API, in the busiest minute."""
        return self.views_per_second * self.assumptions.requests_a_view * self.assumptions.peak_to_mean

    @property
    def viewers(self) -> float:
        """People: who watch at the same time in the busiest minute."""
        return self.views_per_second * self.assumptions.seconds_a_view * self.assumptions.peak_to_mean

    @property
    def events_per_second(self) -> float:
        """Events a second: in the busiest minute."""
        return self.views_per_second * self.assumptions.events_a_view * self.assumptions.peak_to_mean

    @property
    def events_a_day(self) -> float:
        """Events: on a day."""
        return self.events_per_second / self.assumptions.peak_to_mean * DAY

    @property
    def event_bytes_a_day(self) -> float:
        """Bytes: of events that come in on a day."""
        return self.events_a_day * self.assumptions.event_bytes

    @property
    def copies(self) -> int:
        """Copies: of every machine and of data that is not stored by Oracle: three survive the loss of one."""
        return 3 if self.users >= self.assumptions.users_worth_a_spare else 1

    def with_headroom(self, needed: float) -> float:
        """What is to be there so that the busiest minute uses only its share of it."""
        return needed / self.assumptions.utilisation
