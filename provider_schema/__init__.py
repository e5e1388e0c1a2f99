"""The schema of the Oracle Cloud provider, read from the installed `pulumi_oci` source without importing it.

The provider's own schema ships with its binary, which a rehearsal doesn't have; the Python package is generated from
that schema, so that every type, input, output and "(Updatable)" mark can be read back from its text. Importing the
package instead would cost seconds and hundreds of megabytes for each module.

What the package's text can't say (what a service fills in, what forces replacement inside an object, which differences
count for none) is measured from the provider itself: see `provider_schema.behaviour` and `provider-schema.md`.
"""

from provider_schema.arguments import Argument, Described, Suppression, Validator
from provider_schema.behaviour import described, measured, measured_paths, measured_tokens
from provider_schema.catalogue import (
    argument_paths,
    function_tokens,
    function_type,
    package_version,
    resource_tokens,
    resource_type,
)
from provider_schema.document import schema_document
from provider_schema.errors import SchemaError, UnknownTypeError
from provider_schema.guess import guessed_arguments
from provider_schema.limit_data import limited_types, request_model
from provider_schema.types import FunctionType, Kind, ObjectType, Property, ResourceType, Type

__all__ = [
    "Argument",
    "Described",
    "FunctionType",
    "Kind",
    "ObjectType",
    "Property",
    "ResourceType",
    "SchemaError",
    "Suppression",
    "Type",
    "UnknownTypeError",
    "Validator",
    "argument_paths",
    "described",
    "function_tokens",
    "function_type",
    "guessed_arguments",
    "limited_types",
    "measured",
    "measured_paths",
    "measured_tokens",
    "package_version",
    "request_model",
    "resource_tokens",
    "resource_type",
    "schema_document",
]
