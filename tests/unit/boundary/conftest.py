"""A small valid boundary as plain data, for tests to change one thing in."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from boundary import Boundary
from boundary.load import read_model

Data = dict[str, Any]
Read = Callable[[Data], Boundary]

_VALID: Data = {
    "realm": "oc1",
    "tenancy": {"name": "ours", "ocid": "ocid1.tenancy.oc1..aaaaours", "namespace": "oursus"},
    "regions": {"home": "us-ashburn-1", "allowed": ["us-ashburn-1", "us-phoenix-1"]},
    "addresses": {
        "supernet": "10.128.0.0/9",
        "environments": {"us-prod": 0, "us-staging": 1},
        "regions": {"us-ashburn-1": 0, "us-phoenix-1": 1},
        "networks": {"main": 0, "spare": 1},
        "subnets": {"edge": 0, "data": 3},
    },
    "outside": {
        "tenancies": [
            {
                "name": "global",
                "ocid": "ocid1.tenancy.oc1..aaaaglobal",
                "namespace": "globalvideo",
                "regions": ["eu-frankfurt-1"],
            }
        ],
        "ranges": ["10.0.0.0/10"],
        "domains": ["globalvideo.example"],
    },
    "domains": ["ours.example"],
    "cutover": "2027-01-22T00:00:00Z",
    "roles": {"crossings": "crossers", "vendors": ["helpers"], "trainers": ["trainers", "nodes"]},
    "lanes": [
        {
            "name": "content-in",
            "direction": "in",
            "data_classes": ["content"],
            "rule": "object-replication",
            "resource": "oci:ObjectStorage/replicationPolicy:ReplicationPolicy::content",
            "owner": "Ann",
            "approver": "Bob",
            "ticket": "T-1",
            "opens": "2026-11-01T00:00:00Z",
            "expires": "2027-01-30T00:00:00Z",
        }
    ],
}


@pytest.fixture
def data() -> Data:
    """The whole boundary."""
    return copy.deepcopy(_VALID)


@pytest.fixture
def lane(data: Data) -> Data:
    """Its one lane, which lives for exactly 90 days."""
    found: Data = data["lanes"][0]
    return found


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes a boundary to a file and reads it as every command does."""

    def write_and_read(data: Data) -> Boundary:
        path = tmp_path / "boundary.yaml"
        path.write_text(yaml.safe_dump(data))
        return read_model(path, Boundary)

    return write_and_read
