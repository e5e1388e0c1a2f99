"""Logs, topics, rules, connectors: names are unique where Oracle wants them so, and what speaks has a listener.

Sources: the provider's documentation of `Logging/log` (display names are unique in their log group), `Sch/connector`
(`_Audit` alone goes to a topic), `Ons/notificationTopic` (names are unique in a tenancy);
Oracle, "Enabling Logging for a Resource", https://docs.oracle.com/iaas/Content/Logging/Task/enabling_logging.htm (one
log for each category of a resource); "Matching Events with Filters",
https://docs.oracle.com/iaas/Content/Events/Concepts/filterevents.htm
"""

import json
from dataclasses import replace

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.storage import BUCKET, bucket_id
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Resource, conflict, invalid, not_found

_AUDIT = "_Audit"
_RETAINED = range(30, 181, 30)


def _check_log(change: Change) -> None:
    if change.body.get("retentionDuration", 30) not in _RETAINED:
        raise invalid("retentionDuration: takes 30 to 180 days, in steps of 30")
    wanted = change.body.get("configuration")
    if not wanted:
        return
    for sibling in change.siblings(logGroupId=change.body["logGroupId"]):
        if (sibling.body.get("configuration") or {}).get("source") == wanted["source"]:
            raise conflict(f"configuration.source: {sibling.id} logs this already")


def _check_log_exists(change: Change) -> None:
    _check_log(change)
    change.target(change.body["logGroupId"])


def _name_topic(change: Change, topic: Resource) -> None:
    endpoint = f"https://cell1.notification.{topic.region}.oci.oraclecloud.com"
    change.world.replace(replace(topic, body=topic.body | {"topicId": topic.id, "apiEndpoint": endpoint}))


def _check_subscription(change: Change) -> None:
    change.target(change.body["topicId"])
    endpoint, protocol = change.body["endpoint"], change.body["protocol"]
    if protocol == "EMAIL" and "@" not in endpoint:
        raise invalid(f"endpoint: {endpoint} is no mail address")
    if protocol == "CUSTOM_HTTPS" and not endpoint.startswith("https://"):
        raise invalid(f"endpoint: {endpoint} is no https address")


def _check_rule(change: Change) -> None:
    try:
        condition = json.loads(change.body["condition"])
    except json.JSONDecodeError as error:
        raise invalid(f"condition: is no JSON ({error.msg})") from None
    if not isinstance(condition, dict) or not condition:
        raise invalid("condition: names no event")
    actions = change.body["actions"]
    if not (actions.get("action") or actions.get("actions")):
        raise invalid("actions: a rule needs at least one action")


def _check_connector(change: Change) -> None:
    source, target = change.body["source"], change.body["target"]
    groups = [each.get("logGroupId") for each in source.get("logSources") or []]
    if source["kind"] == "logging" and not groups:
        raise invalid("source.logSources: a connector of logs needs at least one")
    if target["kind"] == "notifications":
        change.target(target["topicId"])
        if any(group != _AUDIT for group in groups):
            raise invalid(f"source.logSources: for a topic only {_AUDIT} is allowed")
    if target["kind"] == "objectStorage":
        identifier = bucket_id(change.tenancy.namespace, target["bucket"])
        found = change.world.get(world_id(identifier, change.region))
        if found is None or found.type != BUCKET:
            raise not_found(f"target.bucket: {target['bucket']} in {change.region}")


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Logging/logGroup:LogGroup": Behaviour("loggroup", state="ACTIVE"),
    "oci:Logging/log:Log": Behaviour("log", state="ACTIVE", check=_check_log_exists),
    "oci:Ons/notificationTopic:NotificationTopic": Behaviour("onstopic", state="ACTIVE", created=_name_topic),
    "oci:Ons/subscription:Subscription": Behaviour("onssubscription", state="PENDING", check=_check_subscription),
    "oci:Events/rule:Rule": Behaviour("eventrule", state="ACTIVE", check=_check_rule),
    "oci:Sch/connector:Connector": Behaviour("serviceconnector", state="ACTIVE", check=_check_connector),
}
