"""The boundary as typed data: regions, identifiers, addresses, lanes, and the model that holds them together."""

from boundary.content import Content, ContentField, ContentLane, ContentSwitch
from boundary.data_class import DataClass
from boundary.errors import BoundaryError
from boundary.lanes import Direction, Lane
from boundary.load import boundary_path, load_boundary
from boundary.matching_rules import parse_matching_rule
from boundary.model import Boundary, Outside, OutsideTenancy, Tenancy
from boundary.ocid import Ocid, find_ocids, parse_ocid
from boundary.quotas import Quota, QuotaAction, parse_quota
from boundary.regions import Region, find_region, region, regions
from boundary.roles import Role, Roles
from boundary.statements import Statement, StatementKind, parse_statements
from boundary.zpr import Endpoint, EndpointKind, ZprStatement, parse_zpr

__all__ = [
    "Boundary",
    "BoundaryError",
    "Content",
    "ContentField",
    "ContentLane",
    "ContentSwitch",
    "DataClass",
    "Direction",
    "Endpoint",
    "EndpointKind",
    "Lane",
    "Ocid",
    "Outside",
    "OutsideTenancy",
    "Quota",
    "QuotaAction",
    "Region",
    "Role",
    "Roles",
    "Statement",
    "StatementKind",
    "Tenancy",
    "ZprStatement",
    "boundary_path",
    "find_ocids",
    "find_region",
    "load_boundary",
    "parse_matching_rule",
    "parse_ocid",
    "parse_quota",
    "parse_statements",
    "parse_zpr",
    "region",
    "regions",
]
