"""The US environment as Pulumi components, one system a folder."""
