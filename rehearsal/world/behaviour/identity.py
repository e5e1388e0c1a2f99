"""Identity: IAM objects lie in no region, and names are unique where Oracle wants them so.

Source: Oracle, "Managing Compartments", https://docs.oracle.com/iaas/Content/Identity/compartments/managingcompartments.htm;
"Tags and Tag Namespace Concepts", https://docs.oracle.com/iaas/Content/Tagging/Tasks/managingtagsandtagnamespaces.htm
"""

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body


def _not_retired(change: Change) -> Body:
    return {"isRetired": bool(change.body.get("isRetired"))}


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Identity/compartment:Compartment": Behaviour("compartment", state="ACTIVE", is_global=True),
    "oci:Identity/policy:Policy": Behaviour("policy", state="ACTIVE", is_global=True),
    "oci:Identity/group:Group": Behaviour("group", state="ACTIVE", is_global=True),
    "oci:Identity/dynamicGroup:DynamicGroup": Behaviour("dynamicgroup", state="ACTIVE", is_global=True),
    "oci:Identity/tagNamespace:TagNamespace": Behaviour(
        "tagnamespace", state="ACTIVE", is_global=True, compute=_not_retired
    ),
    "oci:Identity/tag:Tag": Behaviour(
        "tagdefinition",
        state="ACTIVE",
        is_global=True,
        compute=_not_retired,
    ),
}
