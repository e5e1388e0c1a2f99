"""Which of Oracle's services log, under which name and in which categories. Pure data.

Sources: Oracle, "Service Log Reference", https://docs.oracle.com/iaas/Content/Logging/Reference/service_log_reference.htm,
and the table of names and categories in Oracle's own landing zone module, `logging/README.md` of
https://github.com/oci-landing-zones/terraform-oci-modules-observability (Oracle's page on load balancers writes the
categories with capitals). Vaults: https://docs.oracle.com/iaas/Content/Logging/Reference/details_for_kms.htm

Assumption: the service that logs for vaults is called `keymanagementservice`, as in the types of its log records.

Assumption: PostgreSQL logs as `postgresql`, `postgresql_database_logs`, and caches as `oci-cache`,
`oci-cache-engine-logs`: so they are called by who reads them (https://docs.coroot.com), not on a page of Oracle's.
"""

from enum import Enum


class LogSource(Enum):
    """A kind of resource that logs: its service's name, and its categories."""

    SUBNET = ("flowlogs", "subnet")
    BUCKET = ("objectstorage", "read", "write")
    VAULT = ("keymanagementservice", "cryptooperations")
    LOAD_BALANCER = ("loadbalancer", "access", "error")
    FIREWALL_POLICY = ("waf", "all")
    NETWORK_FIREWALL = ("ocinetworkfirewall", "threatlog", "trafficlog")
    CLUSTER = ("oke-k8s-cp-prod", "all-service-logs")
    MOUNT_TARGET = ("filestorage", "nfslogs")
    DATA_FLOW_APPLICATION = ("dataflow", "diagnostic")
    PIPELINE = ("datascience", "pipelinerunlog")
    POSTGRESQL = ("postgresql", "postgresql_database_logs")
    CACHE = ("oci-cache", "oci-cache-engine-logs")
    DEVOPS_PROJECT = ("devops", "all")
    FUNCTIONS_APPLICATION = ("functions", "invoke")
    API_DEPLOYMENT = ("apigateway", "access", "execution")
    EVENT_RULE = ("cloudevents", "ruleexecutionlog")
    CONNECTOR = ("och", "runlog")

    @property
    def service(self) -> str:
        """The service, as Oracle Logging calls it."""
        return str(self.value[0])

    @property
    def categories(self) -> tuple[str, ...]:
        """What it can log."""
        return self.value[1:]
