"""How large everything is: pure functions from the number of users to nodes, bandwidth, storage.

`Capacity(users, regions, assumptions)` has one property for each result; its docstring begins with the unit. What they
come to for each stack is in docs/capacity.md.
"""

from infra.capacity.assumptions import Assumptions
from infra.capacity.capacity import Capacity
from infra.capacity.limits import exceeded_limit
from infra.capacity.shapes import GOES_WITHOUT

__all__ = ["GOES_WITHOUT", "Assumptions", "Capacity", "exceeded_limit"]
