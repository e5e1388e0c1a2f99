"""What Oracle's API is, read from the sources of the installed `oci` SDK: operations, and models of bodies.

The SDK is never imported here: 337 clients take minutes and gigabytes, their sources say the same in seconds.
"""

from rehearsal.doors.api.sdk.models import Field, Model, model_of
from rehearsal.doors.api.sdk.operations import Operation, Table, load_table

__all__ = ["Field", "Model", "Operation", "Table", "load_table", "model_of"]
