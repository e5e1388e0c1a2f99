"""What a provider is configured with, through the real engine: only this world's tenancies and their regions."""

import pytest

from rehearsal.world import is_seeded
from tests.rehearsal.conftest import SmallStack

pytestmark = pytest.mark.engine

REAL = "ocid1.tenancy.oc1..aaaaaaaarealtenancy"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("tenancy", REAL, f"{REAL} is not in this world: a rehearsal never speaks for a real tenancy"),
        ("region", "us-ashbrun-1", "us-ashbrun-1 is not the name of an Oracle region"),
        ("region", "uk-london-1", "the tenancy is not subscribed to uk-london-1"),
    ],
)
def test_a_provider_that_this_world_has_no_place_for_is_refused_and_nothing_is_made(
    small: SmallStack, key: str, value: str, sentence: str
) -> None:
    small.set(f"small:{key}", value)
    before = small.engine.picture()
    for command in ("preview", "up"):
        run = small.run(command)
        assert run.returncode
        assert sentence in run.stdout + run.stderr
        assert "Traceback" not in run.stdout + run.stderr
    assert small.engine.picture() == before


def test_another_region_moves_everything_there(small: SmallStack) -> None:
    small.up()
    small.set("small:region", "us-phoenix-1")
    small.set("small:name", "moved")  # the old compartment is still there when the new one is made; IAM has no regions
    small.up()
    made = [resource for resource in small.engine.world.find() if not is_seeded(resource)]
    assert {resource.region for resource in made} == {"", "us-phoenix-1"}
    assert len(made) == 4
    assert "6 unchanged" in small.up()
    small.run("destroy", check=True)
    assert small.engine.made() == []
