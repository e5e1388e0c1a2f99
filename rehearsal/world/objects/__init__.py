"""Objects of Object Storage: what lies in the world's buckets, version by version.

A bucket is a resource of the world; what lies in it is kept in tables beside it (`tables`), so that an object and its
bytes come and go in one transaction with everything else. What both doors to it share is here; how each of them
speaks is theirs.
"""
