"""The US environment of one stack. This file only composes: what a system is made of is in the system's own folder."""

import pulumi

from infra.both_regions import declare_both_regions
from infra.config import read_stack
from infra.one_region import declare_region
from infra.provider import region_provider
from infra.registrations import begin
from infra.shared import declare_shared

stack = read_stack()
providers = {name: region_provider(name, stack) for name in sorted({stack.home.name, *stack.config.regions})}

shared = declare_shared(stack, providers[stack.home.name])
regions = [declare_region(shared, region, providers[region.name]) for region in stack.standing]
# What is about both regions stays as it is while one of them is lost.
if stack.standing == stack.regions:
    declare_both_regions(shared, regions)

for each in regions:
    pulumi.export(each.site.region.name, each.outputs)
pulumi.export("environment", stack.environment)
pulumi.export("regions", list(stack.config.regions))
pulumi.export("compartments", shared.landing_zone.compartments.ids)
pulumi.run(begin)
