"""A budget for the environment: most of what can go wrong with an environment shows in what it costs.

Budgets live in the root compartment. Source: Oracle, "Budgets", https://docs.oracle.com/iaas/Content/Billing/Concepts/budgetsoverview.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.config import BudgetConfig

# Percent of the budget: what was spent, and what Oracle forecasts.
_ALERTS = {"spent": ("ACTUAL", 80), "forecast": ("FORECAST", 100)}


@dataclass(frozen=True)
class SpendingArgs:
    """The environment, the tenancy, the compartment whose costs count, and the budget."""

    environment: str
    tenancy_id: str
    compartment_id: pulumi.Input[str]
    budget: BudgetConfig


class Spending(pulumi.ComponentResource):
    """The budget and its alerts."""

    def __init__(self, name: str, args: SpendingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:Spending", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        budget = oci.budget.Budget(
            f"{name}-budget",
            compartment_id=args.tenancy_id,
            display_name=f"{args.environment}-budget",
            description=f"What {args.environment} may cost a month",
            amount=args.budget.monthly,
            reset_period="MONTHLY",
            target_type="COMPARTMENT",
            targets=[args.compartment_id],
            opts=within,
        )
        for label, (kind, percent) in _ALERTS.items():
            oci.budget.Rule(
                f"{name}-budget-{label}",
                budget_id=budget.id,
                display_name=f"{args.environment}-{label}",
                type=kind,
                threshold=percent,
                threshold_type="PERCENTAGE",
                recipients=",".join(args.budget.recipients),
                message=f"{args.environment}: {percent} % of the month's budget {label}",
                opts=within,
            )
        self.register_outputs({"budget_id": budget.id})
