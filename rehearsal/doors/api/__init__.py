"""Oracle's REST API over the world, so that the `oci` SDK and CLI, boto3 and compliance tools work against it."""
