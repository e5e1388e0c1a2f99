"""Declares recorded resources anew, as many times over as the configuration says, each in its own provider.

A resource has the inputs that were recorded, all outputs of its type, and waits for what it was recorded to depend on.
With `turn` the calls get their turn before the SDK waits, as in the real program; without, they don't.
"""

import json
from pathlib import Path

import pulumi
import pulumi_oci as oci

from boundary import load_boundary
from infra.registrations import begin

config = pulumi.Config()
recorded = json.loads(Path(config.require("recording")).read_text(encoding="utf-8"))
tenancy = load_boundary().tenancy
providers = {
    region: oci.Provider(f"oracle-{region}", region=region, tenancy_ocid=tenancy.ocid)
    for region in load_boundary().regions.allowed
}

for copy in range(config.require_int("times")):
    made: dict[str, pulumi.Resource] = {}
    for resource in recorded:
        before = [made[urn] for urn in resource["dependencies"] if urn in made]
        made[resource["urn"]] = pulumi.CustomResource(
            resource["type"],
            f"{resource['name']}-{copy}",
            props={**dict.fromkeys(resource["outputs"]), **resource["inputs"]},
            opts=pulumi.ResourceOptions(provider=providers[resource["region"]], depends_on=before),
        )
if config.require_bool("turn"):
    pulumi.run(begin)
