"""The schema of the Oracle Cloud provider, read from the installed `pulumi_oci` source without importing it.

The provider's own schema ships with its binary, which a rehearsal doesn't have; the Python package is generated from
that schema, so that every type, input, output and "(Updatable)" mark can be read back from its text. Importing the
package instead would cost seconds and hundreds of megabytes for each module.
"""

from provider_schema.catalogue import (
    argument_paths,
    function_tokens,
    function_type,
    package_version,
    resource_tokens,
    resource_type,
)
from provider_schema.errors import SchemaError, UnknownTypeError
from provider_schema.types import FunctionType, Kind, ObjectType, Property, ResourceType, Type

__all__ = [
    "FunctionType",
    "Kind",
    "ObjectType",
    "Property",
    "ResourceType",
    "SchemaError",
    "Type",
    "UnknownTypeError",
    "argument_paths",
    "function_tokens",
    "function_type",
    "package_version",
    "resource_tokens",
    "resource_type",
]
