"""Turns grants into IAM statements, each limited to our regions and, where it touches data, to a data class. Pure.

Sources: Oracle, "Policy Syntax", https://docs.oracle.com/iaas/Content/Identity/policysyntax/policy-syntax.htm;
`request.region` takes a region's key, "General Variables for All Requests",
https://docs.oracle.com/iaas/Content/Identity/policyreference/policyreference_topic-General_Variables_for_All_Requests.htm;
groups of an identity domain, https://docs.oracle.com/iaas/Content/Identity/policysyntax/subject.htm;
tags of targets, https://docs.oracle.com/iaas/Content/Tagging/Tasks/managingaccesswithtags.htm, and of buckets, which
have their own variable, https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm;
what a replicating service needs, https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from boundary import DataClass, Region
from infra import tags
from infra.iam import Grant, Subject, SubjectKind
from infra.landing_zone.compartments import compartment_name
from infra.place import resource_name

_OF_BUCKETS = {"buckets", "objects", "object-family"}


def statements(
    grant: Grant, environment: str, regions: tuple[Region, ...], effect: Literal["Allow", "Deny"] = "Allow"
) -> Iterator[str]:
    """The statements of one grant: one, or one for each region where the service has a name in each.

    Each holds in all regions, also for a service with a name in each: Object Storage of the region that is copied
    writes the copies in the other.
    """
    named = regions if "{region}" in grant.to.name else regions[:1]
    for region in named:
        yield _statement(grant, environment, _subject(grant.to, environment, region), regions, effect)


def group_name(environment: str, name: str) -> str:
    """What a group of people or a dynamic group is called."""
    return resource_name(environment, name)


def _statement(grant: Grant, environment: str, subject: str, regions: tuple[Region, ...], effect: str) -> str:
    clauses = (
        in_regions(regions),
        *(f"{_tag(grant, environment)} = '{each.value}'" for each in _classes(grant)),
        *_in_bucket(grant, environment),
        *grant.conditions,
    )
    return f"{effect} {subject} to {_action(grant)} in {_place(grant, environment)} where {_all(clauses)}"


def in_regions(regions: Iterable[Region]) -> str:
    """The clause that holds in these regions alone."""
    keys = [f"request.region = '{region.key}'" for region in regions]
    return keys[0] if len(keys) == 1 else f"any {{{', '.join(keys)}}}"


def _subject(to: Subject, environment: str, region: Region) -> str:
    match to.kind:
        case SubjectKind.GROUP:
            # People are in our own identity domain, which is called after the environment.
            return f"group '{environment}'/'{group_name(environment, to.name)}'"
        case SubjectKind.DYNAMIC_GROUP:
            return f"dynamic-group {group_name(environment, to.name)}"
        case SubjectKind.SERVICE:
            return f"service {to.name.format(region=region.name)}"


def _place(grant: Grant, environment: str) -> str:
    if grant.in_tenancy:
        return "tenancy"
    return f"compartment {compartment_name(environment, grant.system) if grant.system else environment}"


def _action(grant: Grant) -> str:
    if isinstance(grant.does, str):
        return f"{grant.does} {grant.what}"
    return f"{{{', '.join(grant.does)}}}"


def _classes(grant: Grant) -> tuple[DataClass, ...]:
    return (grant.data_class,) if grant.data_class else ()


def _in_bucket(grant: Grant, environment: str) -> Iterator[str]:
    if grant.bucket:
        name = resource_name(environment, grant.bucket.name)
        quote = "/" if name.endswith("*") else "'"
        yield f"target.bucket.name = {quote}{name}{quote}"


def _tag(grant: Grant, environment: str) -> str:
    of_a_bucket = grant.what in _OF_BUCKETS or any(
        each.startswith(("OBJECT_", "BUCKET_")) for each in grant.does if not isinstance(grant.does, str)
    )
    target = "target.bucket" if of_a_bucket else "target.resource"
    return f"{target}.tag.{tags.namespace(environment)}.{tags.DATA_CLASS}"


def _all(clauses: tuple[str, ...]) -> str:
    # A lone clause, which may be an `any` of its own, needs no bracket around it.
    return clauses[0] if len(clauses) == 1 else f"all {{{', '.join(clauses)}}}"
