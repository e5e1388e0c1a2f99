"""The fabric: the world's network made of real kernel parts, in namespaces that no interface of the machine joins.

`plan` says what there must be, from the world's own resources, and touches nothing; `build` makes it so and proves that
what lies outside really answers; `remove` leaves none of it.
"""

from rehearsal.fabric.build import build, remove
from rehearsal.fabric.control import unanswered
from rehearsal.fabric.names import Names
from rehearsal.fabric.outside import Listener, Place, listeners
from rehearsal.fabric.plan import Plan, Plug
from rehearsal.fabric.planner import plan

__all__ = ["Listener", "Names", "Place", "Plan", "Plug", "build", "listeners", "plan", "remove", "unanswered"]
