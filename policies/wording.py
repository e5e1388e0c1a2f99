"""The boundary's own names in the texts of rules and of the catalogue, which are data."""

from boundary import Boundary


def fill(text: str, boundary: Boundary) -> str:
    """A text with the names of the boundary in place of `{regions}`, `{tenancy}`, `{namespace}` and `{supernet}`."""
    if "{" not in text:
        return text
    names = {
        "regions": ", ".join(boundary.regions.allowed),
        "tenancy": boundary.tenancy.ocid,
        "namespace": boundary.tenancy.namespace,
        "supernet": str(boundary.addresses.supernet),
    }
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text
