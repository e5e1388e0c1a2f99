"""Lists over pages say what one look at all names says."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.world import Resource, World
from rehearsal.world.objects import listing, versions
from rehearsal.world.objects.listing import Wanted
from tests.unit.objects.conftest import NAMESPACE
from tests.unit.world.small import BUCKET, make, seeded

_NAMES = st.lists(st.text("ab/ü\U0001f600", min_size=1, max_size=5), max_size=12)


def expected(names: set[str], wanted: Wanted) -> list[str]:
    """Entries and prefixes of one list of all."""
    found: dict[str, None] = {}
    for name in sorted(names):
        if not name.startswith(wanted.prefix) or name < wanted.start or (wanted.end and name >= wanted.end):
            continue
        rest = name[len(wanted.prefix) :]
        cut = rest.find(wanted.delimiter) if wanted.delimiter else -1
        found[name if cut < 0 else wanted.prefix + rest[: cut + 1]] = None
    return list(found)


def all_pages(world: World, bucket: Resource, wanted: Wanted) -> list[str]:
    found: list[str] = []
    while True:
        page = listing.objects(world, bucket, wanted)
        assert len(page.entries) + len(page.prefixes) <= wanted.limit
        found += sorted([*(each.name for each in page.entries), *page.prefixes])
        if not page.next:
            return found
        wanted = Wanted(wanted.prefix, wanted.delimiter, page.next, wanted.end, wanted.limit)


@settings(max_examples=60)
@given(
    names=_NAMES,
    deleted=_NAMES,
    wanted=st.builds(
        Wanted,
        prefix=st.text("ab/ü", max_size=2),
        delimiter=st.sampled_from(["", "/"]),
        start=st.text("ab/", max_size=2),
        end=st.text("ab/", max_size=2),
        limit=st.integers(1, 4),
    ),
)
def test_pages_of_any_size_add_up_to_the_whole_list(names: list[str], deleted: list[str], wanted: Wanted) -> None:
    with TemporaryDirectory() as place:
        world = seeded(Path(place))
        bucket = make(world, BUCKET, namespace=NAMESPACE, name="kept", versioning="Enabled")
        with world.transaction():
            for name in names:
                versions.put(world, bucket, name, b"")
            for name in deleted:
                versions.delete(world, bucket, name)
        assert all_pages(world, bucket, wanted) == expected(set(names) - set(deleted), wanted)


def test_versions_of_one_name_spread_over_pages_the_newest_first(world: World, versioned: Resource) -> None:
    made = [versions.put(world, versioned, name, b"") for name in ("a", "b", "b", "b", "c")]
    made.append(versions.delete(world, versioned, "b"))  # type: ignore[arg-type]
    seen, wanted = [], Wanted(limit=2)
    while True:
        page = listing.versions(world, versioned, wanted)
        seen += [(each.name, each.number) for each in page.entries]
        if not page.next:
            break
        wanted = Wanted(start=page.next, limit=2, before=page.before)
    assert seen == sorted(((each.name, each.number) for each in made), key=lambda each: (each[0], -each[1]))


def test_a_long_list_with_one_folder_is_read_without_all_its_names(world: World, bucket: Resource) -> None:
    with world.transaction():
        for number in range(1200):
            versions.put(world, bucket, f"folder/{number:04}", b"")
        versions.put(world, bucket, "last", b"")
    page = listing.objects(world, bucket, Wanted(delimiter="/"))
    assert ([each.name for each in page.entries], page.prefixes, page.next) == (["last"], ("folder/",), "")
