"""The provider door: Pulumi's provider protocol over the world, in the place of `pulumi-resource-oci`."""
