"""Production, lanes and the content switch through the real engine and the pack, as differences between previews.

Each preview is of `us-prod` as it is configured, whole, in a world where nothing is yet: so it declares everything that
it wants. The committed lanes are opened by dates that follow from today: their own may be over by now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from rehearsal.commands.guarded import PACK
from rehearsal.doors.provider.process import close
from tests.support.engine import Engine
from tests.support.lanes import AFTER_CUTOVER, write_open_lanes
from tests.support.steps import findings_of, inputs_of

pytestmark = pytest.mark.engine

STACK = "us-prod"


@dataclass(frozen=True)
class Preview:
    """The inputs of what would be made, by URN, and what the pack finds: rule and sentence."""

    wanted: dict[str, dict[str, Any]]
    findings: list[tuple[str, str]]

    def lanes_without(self, other: "Preview") -> set[str]:
        """The lanes whose resources are wanted here and not there; a resource of no lane fails."""
        alone = self.wanted.keys() - other.wanted.keys()
        assert [urn for urn in alone if "stateside:transfer:Way" not in urn] == []
        return {urn.rpartition("::")[2] for urn in alone if urn.split("::")[2].endswith((":WayIn", ":WayOut"))}

    def changed_in(self, other: "Preview") -> list[str]:
        """The resources that are wanted in both, and not the same."""
        return [urn for urn, inputs in self.wanted.items() if other.wanted.get(urn, inputs) != inputs]


Shown = Callable[..., Preview]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """A preview with the switch where a test wants it, and the clock where it is or set ahead; each is made once."""
    directory = tmp_path_factory.mktemp("lanes")
    engine = Engine.at(directory / "home")
    boundary, log = directory / "boundary.yaml", directory / "events.json"

    @cache
    def preview(switch: str = "catalogue", now: str = "") -> Preview:
        write_open_lanes(boundary, STACK, switch)
        log.unlink(missing_ok=True)
        env = {"STATESIDE_BOUNDARY": str(boundary), "PULUMI_DEBUG_COMMANDS": "true"}
        guarded = ("--policy-pack", PACK, "--event-log", log)
        options = engine.session.stack_options(STACK)
        run = engine.run("preview", *options, *guarded, env=env | ({"STATESIDE_NOW": now} if now else {}))
        made = Preview(inputs_of(log), findings_of(log))
        assert bool(run.returncode) == bool(made.findings), run.stdout + run.stderr
        return made

    yield preview
    close(engine.home)


def test_production_is_more_than_a_thousand_resources_that_the_pack_has_nothing_against(shown: Shown) -> None:
    production = shown()
    assert len([urn for urn in production.wanted if "$oci:" in urn or "::oci:" in urn]) > 1000
    assert production.findings == []


def test_past_the_cutover_exactly_the_lanes_in_are_gone_with_no_hand_on_the_boundary(shown: Shown) -> None:
    before, after = shown(), shown(now=AFTER_CUTOVER.isoformat())
    assert before.lanes_without(after) == {"way-in-code-iad", "way-in-models-iad", "way-in-us-users-iad"}
    assert after.lanes_without(before) == set()
    assert after.changed_in(before) == []
    assert after.findings == []


@pytest.mark.parametrize(("switch", "opened"), [("live", {"way-in-content-live-iad"}), ("off", set())])
def test_moving_the_content_switch_changes_exactly_its_lane(shown: Shown, switch: str, opened: set[str]) -> None:
    before, after = shown(), shown(switch)
    assert before.lanes_without(after) == {"way-in-content-catalogue-iad"}
    assert after.lanes_without(before) == opened
    assert after.changed_in(before) == []
    assert after.findings == []
