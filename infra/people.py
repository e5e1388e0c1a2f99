"""Groups of people by duty. Pure data.

A group is called `<environment>-<name>` and lives in our own identity domain. What a group may do is said by grants,
which take it from here; who is in it, by the domain's administrators: no person is in this program. Some have a role
that stacks/boundary.yaml gives to their names.
"""

from infra.iam import Group

GROUPS = (
    BOUNDARY_ADMINISTRATORS := Group(
        "boundary-administrators",
        "Look after what crosses: what joins our regions, settings of buckets, links of lanes",
    ),
    IAM_ADMINISTRATORS := Group(
        "iam-administrators", "Put people into groups, but not into those of the tenancy or of the boundary"
    ),
    NETWORK_ADMINISTRATORS := Group(
        "network-administrators", "Run subnets, routes and security groups inside the boundary"
    ),
    SECURITY_ADMINISTRATORS := Group("security-administrators", "Run keys and scans, change bastions, end sessions"),
    STORAGE_ADMINISTRATORS := Group(
        "storage-administrators", "Change file systems, and attach and back up volumes, without deleting any"
    ),
    SERVING_OPERATORS := Group("serving-operators", "Run the machines and clusters that answer viewers"),
    TRAINING_OPERATORS := Group("training-operators", "Run the machines that train"),
    TRAINERS := Group("trainers", "Train the recommender on US users' features"),
    DATA_ENGINEERS := Group("data-engineers", "Run batches, streams and databases"),
    DEVELOPERS := Group("developers", "Build what runs, from our own repositories"),
    INSPECTORS := Group("inspectors", "Inspect what comes in by a lane"),
    AUDITORS := Group("auditors", "See that everything is as it is said to be"),
    VENDOR_SUPPORT := Group("vendor-support", "A vendor's people, while an engagement is open"),
    BREAK_GLASS := Group("break-glass", "Whoever is on call, when nothing else helps; each use raises an alarm"),
)
