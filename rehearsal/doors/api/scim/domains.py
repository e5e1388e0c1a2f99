"""What is in an identity domain, as SCIM shows it.

The world has what was asked for. Added are the identifiers, `meta`, and what follows from other resources: whose groups
and credentials a user has, who the member of a group is.
Sources: https://docs.oracle.com/iaas/api/#/en/identity-domains/v1/; an answer in full,
https://docs.oracle.com/iaas/Content/Identity/api-getstarted/ResponseBody.htm
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from boundary.strict_yaml import parse_yaml
from rehearsal.doors.api.fields import shown
from rehearsal.doors.api.scim.collections import Collection
from rehearsal.doors.api.scim.identifiers import ocid_for, ocid_of
from rehearsal.doors.api.sdk import Model, model_of
from rehearsal.world import Resource, World
from rehearsal.world.model import Body

_GROUP, _USER = "oci:Identity/domainsGroup:DomainsGroup", "oci:Identity/domainsUser:DomainsUser"
_POLICY = "oci:Identity/domainsPasswordPolicy:DomainsPasswordPolicy"
_CREDENTIALS: Mapping[str, str] = {
    "apiKeys": "oci:Identity/domainsApiKey:DomainsApiKey",
    "authTokens": "oci:Identity/domainsAuthToken:DomainsAuthToken",
    "customerSecretKeys": "oci:Identity/domainsCustomerSecretKey:DomainsCustomerSecretKey",
    "dbCredentials": "oci:Identity/domainsUserDbCredential:DomainsUserDbCredential",
}
_OF_USER = "urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User"
_REFERENCES = ("members", "groups", "user")
_DEFAULT = "PasswordPolicy"


@dataclass(frozen=True)
class Domain:
    """One identity domain of a tenancy, as it is during one request."""

    world: World
    resource: Resource

    def all_of(self, collection: Collection) -> Iterator[Body]:
        """Every resource of a collection, with all its attributes."""
        if _POLICY in collection.types:
            yield self._default_policy(collection)
        for type in collection.types:
            for each in self._of(type):
                yield self._shown(each, collection)

    def _of(self, type: str) -> list[Resource]:
        return self.world.find(type, tenancy=self.resource.tenancy, fields={"domainOcid": self.resource.id})

    def _shown(self, resource: Resource, collection: Collection) -> Body:
        more = self._of_user(resource) if resource.type == _USER else {}
        found = shown(resource.type, resource.body, collection.model) | more
        for name in _REFERENCES:
            if name in found:
                found[name] = self._referred(found[name], collection.model, name)
        return found | self._added(resource.shown_id, ocid_of(resource), resource.created, resource.updated, collection)

    def _added(self, identifier: str, ocid: str, created: str, updated: str, collection: Collection) -> Body:
        meta = {
            "resourceType": collection.model.name,
            "created": created,
            "lastModified": updated,
            "version": hashlib.sha256(f"{ocid} {updated}".encode()).hexdigest()[:32],
            "location": self._address(collection.name, identifier),
        }
        place = {"domainOcid": self.resource.id, "tenancyOcid": self.resource.tenancy}
        place |= {"compartmentOcid": self.resource.compartment or self.resource.tenancy}
        return {"id": identifier, "ocid": ocid, "meta": meta, **place}

    def _address(self, collection: str, identifier: str) -> str:
        return f"{self.resource.body['url']}/admin/v1/{collection}/{identifier}"

    def _default_policy(self, collection: Collection) -> Body:
        values = parse_yaml(Path(__file__).with_name("default_policy.yaml").read_text(encoding="utf-8"))
        ocid = ocid_for(_POLICY, self.resource.tenancy, f"{self.resource.id}/{_DEFAULT}")
        created = self.resource.created
        return {**values, **self._added(_DEFAULT, ocid, created, created, collection)}

    def _of_user(self, user: Resource) -> Body:
        """What a user is and has beyond what was asked for."""
        has: Body = {
            name: [{"value": each.shown_id, "ocid": ocid_of(each)} for each in by_user[user.shown_id]]
            for name, by_user in self._credentials.items()
            if user.shown_id in by_user
        }
        groups = [{"value": each.shown_id, "type": "direct"} for each in self._groups.get(user.shown_id, ())]
        more = {"groups": groups, _OF_USER: has}
        return {"active": user.body.get("active", True), **{name: value for name, value in more.items() if value}}

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[Resource]]:
        found = defaultdict(list)
        for group in self._of(_GROUP):
            for member in group.body.get("members") or ():
                found[member.get("value")].append(group)
        return found

    @cached_property
    def _credentials(self) -> Mapping[str, Mapping[str, Sequence[Resource]]]:
        found: dict[str, dict[str, list[Resource]]] = {name: {} for name in _CREDENTIALS}
        for name, type in _CREDENTIALS.items():
            for each in self._of(type):
                owner = str((each.body.get("user") or {}).get("value"))
                found[name].setdefault(owner, []).append(each)
        return found

    @cached_property
    def _people(self) -> Mapping[str, Resource]:
        return {each.shown_id: each for type in (_USER, _GROUP) for each in self._of(type)}

    def _referred(self, value: Any, model: Model, name: str) -> Any:
        """A reference with what is known of whom it refers to, as far as its model has it."""
        if isinstance(value, list):
            return [self._referred(each, model, name) for each in value]
        field = model.fields[name]
        parts = model_of(model.module, field.item or field.type)
        known = self._people.get(value.get("value"))
        if known is None or parts is None:
            return value
        is_user = known.type == _USER
        called = known.body.get("displayName") or known.body.get("userName")
        found = {
            "ocid": ocid_of(known),
            "display": called,
            "name": known.body.get("userName") if is_user else called,
            "$ref": self._address("Users" if is_user else "Groups", known.shown_id),
        }
        return value | {name: each for name, each in found.items() if name in parts.fields and each}
