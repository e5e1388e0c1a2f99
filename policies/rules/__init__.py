"""The rules: what is said about them (`rules.yaml`), and the functions that judge."""

from boundary import Boundary
from policies.core.entries import LookUp
from policies.core.judge import UNCLASSIFIED, Clock
from policies.core.ruleset import RuleSet
from policies.flow.gateways import gateway_rule
from policies.flow.proof import Prover
from policies.flow.rule import flow_rule
from policies.rules.block_lists import block_list_rule
from policies.rules.classification import package_rule, unclassified_rule
from policies.rules.info import rule_infos
from policies.rules.lane_links import lane_crossing_rule
from policies.rules.lanes import lane_namer, lane_rule, unused_lane_rule
from policies.rules.own_hosts import own_host_rule
from policies.rules.provider import provider_rule
from policies.rules.sweeps import SWEPT, Sweeper
from policies.rules.values import checks


def build_rules(boundary: Boundary, look_up: LookUp, clock: Clock) -> RuleSet:
    """Every rule, bound to the boundary and the catalogue.

    Raises:
        BoundaryError: `rules.yaml` can't be used.
    """
    infos = rule_infos(boundary)
    bound = checks(boundary)
    sweeper = Sweeper(boundary)
    return RuleSet(
        info=infos,
        resource={
            "package": package_rule,
            UNCLASSIFIED: unclassified_rule(look_up),
            "provider": provider_rule(bound),
            "lane": lane_rule(boundary, infos),
        },
        checks=bound,
        sweep=sweeper.sweep,
        carried=sweeper.carried,
        swept=SWEPT,
        stack={
            "block-list": block_list_rule(sweeper.sweep, infos),
            "own-host": own_host_rule(boundary, look_up, infos),
            "lane-crossing": lane_crossing_rule(boundary, infos["lane-crossing"]),
            "unused-lane": unused_lane_rule(boundary, infos["unused-lane"], clock),
            "flow": flow_rule(Prover(boundary, look_up, bound), infos["flow"], clock),
            "gateway": gateway_rule(boundary, infos["gateway"], clock),
        },
        lane_of=lane_namer(boundary),
    )
