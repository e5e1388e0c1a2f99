"""The program's own statements, of all four kinds, as us-prod declares them: all are legitimate, and pass.

It has what the other stacks have, under another environment's name, and lanes and a second region besides.
"""

from collections.abc import Iterator

from boundary import load_boundary
from policies.rules.statements import JUDGES
from tests.unit.infra.recording import recorded

BOUNDARY = load_boundary()

# Where statements stand, and how they are judged.
PLACES = {
    "oci:Identity/policy:Policy": ("statements", "statements"),
    "oci:Limits/quota:Quota": ("statements", "quota-statements"),
    "oci:Identity/dynamicGroup:DynamicGroup": ("matchingRule", "matching-rule"),
    "oci:Zpr/zprPolicy:ZprPolicy": ("statements", "zpr-statements"),
}


def _texts() -> Iterator[tuple[str, str]]:
    """Kind and text of every statement."""
    for resource in recorded("us-prod").resources:
        if resource.type in PLACES:
            argument, kind = PLACES[resource.type]
            value = resource.inputs[argument]
            yield from ((kind, text) for text in ([value] if isinstance(value, str) else value))


def test_every_statement_of_the_program_passes() -> None:
    texts = list(_texts())
    assert {kind for kind, _ in texts} == set(JUDGES)
    assert len(texts) > 150
    said = {text: [problem.says for problem in JUDGES[kind](text, BOUNDARY)] for kind, text in texts}
    assert {text: says for text, says in said.items() if says} == {}


def test_what_the_crossings_role_may_have_would_not_pass_for_a_vendor() -> None:
    """That they pass is not because the judge lets everything pass."""
    crossings, vendor = f"us-prod-{BOUNDARY.roles.crossings}", f"us-prod-{min(BOUNDARY.roles.vendors)}"
    swapped = [text.replace(crossings, vendor) for _, text in _texts() if f"'{crossings}' to" in text]
    assert swapped
    assert all(JUDGES["statements"](text, BOUNDARY) for text in swapped)
