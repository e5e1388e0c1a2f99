"""The page of rules: docs/rules.md, made from `rules.yaml` by `make rules`."""

from collections.abc import Mapping

from policies.rules.info import RULES_FILE, DeclaredRule, declared_rules

_HEAD = """\
# Rules

Written by `make rules` from [policies/rules/rules.yaml](../policies/rules/rules.yaml) and
[policies/program/rules.yaml](../policies/program/rules.yaml). All of them block: there is no other level. What stands
in braces is filled in from [stacks/boundary.yaml](../stacks/boundary.yaml). CIS OCI 3.0 is the *CIS Oracle Cloud
Infrastructure Foundations Benchmark* 3.0.0; NIST 800-53 is *Security and Privacy Controls*, revision 5. That the tests
notice every small fault in them is shown in [mutation.md](mutation.md).
"""

# The rules of the program check are beside it, because they judge source and no resource.
_PROGRAM = RULES_FILE.parents[1] / "program" / "rules.yaml"


def every_rule() -> dict[str, DeclaredRule]:
    """The rules of the pack, and those of the program check.

    Raises:
        BoundaryError: a file can't be used.
    """
    return declared_rules() | declared_rules(_PROGRAM)


def rules_page(rules: Mapping[str, DeclaredRule]) -> str:
    """The page: a table of all rules, then each."""
    lines = [_HEAD, "| rule | what it holds | severity | category | lane |", "|---|---|---|---|---|"]
    for id, rule in rules.items():
        lane = "yes" if rule.lane else "no"
        lines.append(f"| [{id}](#{id}) | {rule.title} | {rule.severity} | {rule.category} | {lane} |")
    for id, rule in rules.items():
        lines += ["", f"## {id}", "", f"{rule.title}. {rule.why}", ""]
        lines += [f"- Would let through: {rule.lets_through}.", f"- Write instead: {rule.instead}."]
        lines += [f"- References: {', '.join(rule.references)}."] if rule.references else []
        lines += ["- Judged on the stack as a whole, at its end."] if rule.stack else []
    return "\n".join(lines) + "\n"
