"""The version of the whole project, in the one place that packages and the pack read it from.

The other places that have to name it can't read it: `policies/PulumiPolicy.yaml` and `CHANGELOG.md`. A test holds that
they agree.
"""

VERSION = "0.2.0"
