"""The boundary as typed data: regions, identifiers, addresses, lanes, and the model that holds them together."""

from boundary.content import Content, ContentField, ContentLane, ContentSwitch
from boundary.data_class import DataClass
from boundary.errors import BoundaryError
from boundary.lanes import Direction, Lane
from boundary.load import boundary_path, load_boundary
from boundary.model import Boundary, Outside, OutsideTenancy, Tenancy
from boundary.ocid import Ocid, find_ocids, parse_ocid
from boundary.regions import Region, find_region, region, regions
from boundary.roles import Role, Roles
from boundary.shapes import Protection, Shape, shape

__all__ = [
    "Boundary",
    "BoundaryError",
    "Content",
    "ContentField",
    "ContentLane",
    "ContentSwitch",
    "DataClass",
    "Direction",
    "Lane",
    "Ocid",
    "Outside",
    "OutsideTenancy",
    "Protection",
    "Region",
    "Role",
    "Roles",
    "Shape",
    "Tenancy",
    "boundary_path",
    "find_ocids",
    "find_region",
    "load_boundary",
    "parse_ocid",
    "region",
    "regions",
    "shape",
]
