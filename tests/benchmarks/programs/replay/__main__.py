"""Declares recorded resources anew, as many times over as the configuration says, each in its own provider."""

import json
from pathlib import Path

import pulumi
import pulumi_oci as oci

from boundary import load_boundary

config = pulumi.Config()
recorded = json.loads(Path(config.require("recording")).read_text(encoding="utf-8"))
tenancy = load_boundary().tenancy
providers = {
    region: oci.Provider(f"oracle-{region}", region=region, tenancy_ocid=tenancy.ocid)
    for region in load_boundary().regions.allowed
}

for copy in range(config.require_int("times")):
    for resource in recorded:
        pulumi.CustomResource(
            resource["type"],
            f"{resource['name']}-{copy}",
            props=resource["inputs"],
            opts=pulumi.ResourceOptions(provider=providers[resource["region"]]),
        )
