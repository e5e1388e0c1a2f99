"""The bucket of each side of disaster recovery: for the logs of plans, and for what clusters leave there."""

from boundary import DataClass
from infra.data.bucket import BucketArgs
from infra.systems import System

BUCKET = BucketArgs("recovery", System.SERVING, DataClass.US_USER)
