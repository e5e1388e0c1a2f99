"""What the serving system may do: read models from the registry and images from ours, scale its own pools.

Sources: Oracle, "Encrypting Kubernetes Secrets at Rest in Etcd" (clusters use a key),
https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengencryptingdata.htm; "Using the Kubernetes Cluster Autoscaler"
(what a node that runs it needs), https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengusingclusterautoscaler.htm;
"Using the OCI VCN-Native Pod Networking CNI plugin" (network in another compartment),
https://docs.oracle.com/iaas/Content/ContEng/Concepts/contengpodnetworking_topic-OCI_CNI_plugin.htm; key delegates, by
their permissions, for Oracle's pages write the type in two ways,
https://docs.oracle.com/iaas/Content/Identity/Reference/keypolicyreference.htm

Assumption: a node pool is a member of a dynamic group by the type `nodepool`, which its identifier has.
"""

from boundary import DataClass
from infra.data.stores import MODELS
from infra.iam import EXPORTING_NONE, Grant, MachineGroup
from infra.systems import System

MACHINES = (
    _NODES := MachineGroup("serving-machines", System.SERVING, why="Gateways and Kubernetes nodes"),
    _CLUSTERS := MachineGroup(
        "serving-clusters", System.SERVING, "cluster", why="Kubernetes clusters act for themselves"
    ),
    _POOLS := MachineGroup("serving-node-pools", System.SERVING, "nodepool", why="Node pools make nodes"),
)

GRANTS = (
    Grant(
        _NODES,
        "read",
        "objects",
        System.DATA,
        DataClass.MODEL,
        MODELS,
        why="Models come from the registry alone",
    ),
    Grant(_NODES, "read", "repos", System.CODEBASE, why="Images come from our own registry"),
    Grant(
        _NODES,
        "use",
        "nosql-rows",
        System.DATA,
        DataClass.US_USER,
        why="Services keep what users have just seen",
    ),
    Grant(_NODES, "manage", "cluster-node-pools", System.SERVING, why="The autoscaler resizes pools"),
    Grant(_NODES, "manage", "instance-family", System.SERVING, why="The autoscaler removes nodes"),
    Grant(_NODES, "inspect", "compartments", System.SERVING, why="The autoscaler finds its pools"),
    *(
        Grant(who, "use", what, System.NETWORK, why="Nodes and pods join our subnets and groups")
        for who in (_NODES, _CLUSTERS)
        for what in ("subnets", "vnics", "network-security-groups")
    ),
    *(
        Grant(
            who,
            "use",
            "private-ips",
            System.NETWORK,
            conditions=("request.permission != 'PRIVATE_IP_ASSIGN_PUBLIC_IP'",),
            why="Nodes and pods have addresses of our subnets, and no public one",
        )
        for who in (_NODES, _CLUSTERS)
    ),
    Grant(_NODES, "read", "virtual-network-family", System.NETWORK, why="The autoscaler plans new nodes"),
    Grant(_NODES, "inspect", "compartments", System.NETWORK, why="The autoscaler finds its subnets"),
    Grant(_NODES, "use", "vnics", System.SERVING, why="The autoscaler plans new nodes"),
    Grant(_CLUSTERS, "manage", "instances", System.SERVING, why="Clusters attach VNICs for pods"),
    Grant(_CLUSTERS, "use", "keys", System.SECURITY, conditions=EXPORTING_NONE, why="Secrets are under our key"),
    Grant(_CLUSTERS, "read", "repos", System.CODEBASE, why="Signatures of images are verified"),
    Grant(
        _POOLS,
        ("KEY_ASSOCIATE", "KEY_DISASSOCIATE"),
        "",
        System.SECURITY,
        why="Boot volumes are under our key",
    ),
)
