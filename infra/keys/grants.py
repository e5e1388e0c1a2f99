"""What Oracle's services may do with our keys: encrypt and decrypt what they store for us, in our regions, and no more.

People and machines have no grant here; a machine needs none to boot from a volume under our key, but what starts the
machines of a pool does. A system that stores with another service grants it the keys in a `grants.py` of its own.
Sources: Oracle, "Common Policies" (services use keys; pools whose boot volumes are under a key),
https://docs.oracle.com/iaas/Content/Identity/Concepts/commonpolicies.htm;
"Managing Vault Encryption Keys for Block Volume" (keys in a compartment of their own),
https://docs.oracle.com/iaas/Content/Block/Concepts/managingblockencryptionkeys.htm
"""

from infra.iam import Grant, Service
from infra.systems import System

GRANTS = (
    *(
        Grant(Service(name), "use", "keys", System.SECURITY, why="What it stores for us is under a key of ours")
        for name in ("objectstorage-{region}", "blockstorage")
    ),
    *(
        Grant(
            Service(name), "use", "key-family", System.SECURITY, why="Machines of a pool boot from what a key encrypts"
        )
        for name in ("compute", "compute_management")
    ),
)
