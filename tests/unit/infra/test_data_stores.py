"""The stores: whose data each holds, what becomes of it, and where its copy is."""

from infra.data import STORES
from tests.unit.infra.recording import REGIONS, Recording

CLASSES = {
    "us-raw": "us-user",
    "us-curated": "us-user",
    "us-features": "us-user",
    "models": "model",
    "content": "content",
    "spark-jobs": "code",
    "spark-logs": "operational",
}
NOT_COPIED = {"spark-logs"}


def buckets(program: Recording) -> dict[str, dict]:
    """The inputs of the stores' buckets, by name without the environment."""
    prefix = f"{program.stack}-"
    return {
        each.inputs["name"].removeprefix(prefix): each.inputs
        for each in program.of("Bucket")
        if each.name.startswith("buckets-")
    }


def is_in_two_regions(program: Recording) -> bool:
    return len(program.outputs["regions"]) == 2


def test_each_store_says_whose_data_it_holds_and_so_does_its_copy(program: Recording) -> None:
    copies = {f"{name}-replica": CLASSES[name] for name in CLASSES.keys() - NOT_COPIED}
    expected = CLASSES | (copies if is_in_two_regions(program) else {})
    tag = f"stateside-{program.stack}.DataClass"
    assert {name: bucket["definedTags"][tag] for name, bucket in buckets(program).items()} == expected


def test_content_stands_in_its_own_compartment_and_the_rest_in_the_data_systems(program: Recording) -> None:
    for name, bucket in buckets(program).items():
        system = "content" if name.startswith("content") else "data"
        assert bucket["compartmentId"] == program.id_of("Compartment", f"-{system}"), name


def rules(program: Recording, bucket: str) -> dict[str, tuple[str, str, str]]:
    """The enabled lifecycle rules of a bucket: action, target and days by name."""
    (policy,) = [
        each.inputs
        for each in program.of("ObjectLifecyclePolicy")
        if each.inputs["bucket"] == f"{program.stack}-{bucket}"
    ]
    assert all(rule["isEnabled"] is True and rule["timeUnit"] == "DAYS" for rule in policy["rules"])
    return {rule["name"]: (rule["action"], rule["target"], rule["timeAmount"]) for rule in policy["rules"]}


def test_raw_events_go_after_thirteen_months_with_their_versions(program: Recording) -> None:
    assert rules(program, "us-raw") == {
        "abandon-uploads": ("ABORT", "multipart-uploads", "7"),
        "cool": ("INFREQUENT_ACCESS", "objects", "60"),
        "delete": ("DELETE", "objects", "396"),
        "delete-versions": ("DELETE", "previous-object-versions", "1"),
    }


def test_every_store_drops_abandoned_uploads_and_old_versions(program: Recording) -> None:
    for store in STORES:
        targets = {target for _, target, _ in rules(program, store.name).values()}
        assert {"multipart-uploads", "previous-object-versions"} <= targets, store.name


def test_models_and_content_are_never_deleted_by_age(program: Recording) -> None:
    for store in ("models", "content", "us-features", "us-curated"):
        deleted = [target for action, target, _ in rules(program, store).values() if action == "DELETE"]
        assert deleted == ["previous-object-versions"], store


def test_a_copy_has_no_lifecycle_of_its_own(program: Recording) -> None:
    with_policy = {each.inputs["bucket"] for each in program.of("ObjectLifecyclePolicy")}
    assert not [name for name in with_policy if name.endswith("-replica")]


def test_each_store_is_copied_into_a_bucket_of_its_own_in_our_other_region_and_nowhere_else(whole: Recording) -> None:
    policies = [each for each in whole.resources if each.kind == "ReplicationPolicy"]
    regions = whole.outputs["regions"]
    if len(regions) == 1:
        assert not policies
        return
    other = {regions[0]: regions[1], regions[1]: regions[0]}
    copies = set()
    for policy in policies:
        here = next(region for region in regions if f"oracle-{region}::" in policy.provider)
        assert policy.inputs["destinationRegionName"] == other[here], policy.name
        assert policy.inputs["destinationBucketName"] == f"{policy.inputs['bucket']}-replica", policy.name
        copies.add((here, policy.inputs["bucket"].removeprefix(f"{whole.stack}-")))
    assert copies == {(region, name) for region in REGIONS.values() for name in CLASSES.keys() - NOT_COPIED}


def test_production_protects_its_stores(production: Recording) -> None:
    assert all(each.protected for each in production.of("Bucket") if each.name.startswith("buckets-"))
