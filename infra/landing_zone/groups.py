"""Groups of people by duty. Pure data.

A group is called `<environment>-<name>` and lives in our own identity domain. What a group may do is said by grants;
who is in it, by the domain's administrators: no person is in this program.
"""

GROUPS = {
    "boundary-administrators": "Look after what crosses: what joins our regions, settings of buckets, links of lanes",
    "iam-administrators": "Put people into groups, but not into those of the tenancy or of the boundary",
    "network-administrators": "Run subnets, routes and security groups inside the boundary",
    "security-administrators": "Run keys and scans, change bastions, end sessions",
    "storage-administrators": "Change file systems, and attach and back up volumes, without deleting any",
    "serving-operators": "Run the machines and clusters that answer viewers",
    "training-operators": "Run the machines that train",
    "trainers": "Train the recommender on US users' features",
    "data-engineers": "Run batches, streams and databases",
    "developers": "Build what runs, from our own repositories",
    "inspectors": "Inspect what comes in by a lane",
    "auditors": "See that everything is as it is said to be",
    "vendor-support": "A vendor's people, while an engagement is open",
    "break-glass": "Whoever is on call, when nothing else helps; each use raises an alarm",
}
