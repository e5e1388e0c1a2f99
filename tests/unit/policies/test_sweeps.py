"""The sweeps: what is found in a string, wherever it stands, and what isn't."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from boundary import Boundary
from policies.core import Judge, Plain, Resource, Secret
from policies.core.findings import Hit
from policies.core.lanes import Lanes
from policies.core.walk import Path
from policies.pack import Pack
from policies.rules import sweeps
from policies.rules.statements import judge_text
from policies.rules.sweeps import Sweeper
from tests.policies.builder import OURS, PRIVATE, THEIRS, boundary, boundary_data, resource

INSTANCE = "oci:Core/instance:Instance"

FOREIGN = [
    ("curl -T /data http://10.1.2.3/upload", "outside-address", "10.1.2.3"),
    ("scp x 10.1.2.3/y", "outside-address", "10.1.2.3"),
    ("https://user:word@10.1.2.3/x", "outside-address", "10.1.2.3"),
    ("http://0x0a010203/x", "outside-address", "0x0a010203"),
    ("http://167838211:80/x", "outside-address", "167838211"),
    ("http://u@167838211", "outside-address", "167838211"),
    ("http://012.1.2.3/x", "outside-address", "012.1.2.3"),
    ("http://0xA.0x1.2.3/", "outside-address", "0xA.0x1.2.3"),
    ("http://10.66051/", "outside-address", "10.66051"),
    ("http://[::ffff:10.1.2.3]/x", "outside-address", "10.1.2.3"),
    ("http://[::FFFF:0a01:203]:80/", "outside-address", "FFFF:0a01:203"),
    ("eu-frankfurt-1", "foreign-region", "eu-frankfurt-1"),
    ("EU-Frankfurt-1", "foreign-region", "EU-Frankfurt-1"),
    ("objectstorage-eu-frankfurt-1", "foreign-region", "eu-frankfurt-1"),
    ("copy to us-chicago-1, please", "foreign-region", "us-chicago-1"),
    ("us-ashburn-2", "foreign-region", "us-ashburn-2"),
    ("us-eu-madrid-1", "foreign-region", "eu-madrid-1"),
    ("fra", "foreign-region", "fra"),
    ("ORD", "foreign-region", "ORD"),
    ("ocid1.vcn.oc1.fra.aaaa", "foreign-region", "ocid1.vcn.oc1.fra.aaaa"),
    ("ocid1.vcn.oc1.eu-frankfurt-1.aaaa", "foreign-region", "ocid1.vcn.oc1.eu-frankfurt-1.aaaa"),
    ("ocid1.vcn.oc1.xx-newland-1.aaaa", "foreign-region", "ocid1.vcn.oc1.xx-newland-1.aaaa"),
    ("id=ocid1.vcn.oc1.fra.aaaa;", "foreign-region", "ocid1.vcn.oc1.fra.aaaa"),
    (r'{"vcn": "first\nocid1.vcn.oc1.fra.aaaa"}', "foreign-region", "ocid1.vcn.oc1.fra.aaaa"),
    (r"\tEU-Frankfurt-1", "foreign-region", "EU-Frankfurt-1"),
    (r"\u0065u-Frankfurt-\x31", "foreign-region", "eu-Frankfurt-1"),
    ("https://x.example/?to=a%2Fuk-london-1", "foreign-region", "uk-london-1"),
    ("%66%52%41%2Eocir%2Eio", "foreign-region", "fra.ocir.io"),
    # What is read as it is written, though an escape would make another word of it.
    ("eu-madrid-1%61", "foreign-region", "eu-madrid-1"),
    ("ocid1.vcn.oc3.us-gov-ashburn-1.aaaa", "foreign-ocid", "ocid1.vcn.oc3.us-gov-ashburn-1.aaaa"),
    ("OCID1.VCN.OC19.iad.aaaa", "foreign-ocid", "OCID1.VCN.OC19.iad.aaaa"),
    (THEIRS, "foreign-ocid", THEIRS),
    (f"{OURS}extended", "foreign-ocid", f"{OURS}extended"),
    ("Uocm:EU-FRANKFURT-1-AD-1", "foreign-region", "Uocm:EU-FRANKFURT-1-AD-1"),
    ("abcd:FRA-AD-3", "foreign-region", "abcd:FRA-AD-3"),
    ("https://objectstorage.eu-frankfurt-1.oraclecloud.com/n", "foreign-region", "eu-frankfurt-1"),
    ("fra.ocir.io/ourspace/app:1", "foreign-region", "fra.ocir.io"),
    ("vault.xx-newland-1.oraclecloud.com", "foreign-region", "vault.xx-newland-1.oraclecloud.com"),
    ("iaas.us-luke-1.oraclegovcloud.com", "foreign-region", "us-luke-1"),
    ("console.oraclecloud.eu", "foreign-region", "console.oraclecloud.eu"),
    ("see/oraclecloud.eu", "foreign-region", "oraclecloud.eu"),
    ("matrix.ORACLECLOUD.eu", "foreign-region", "matrix.ORACLECLOUD.eu"),
    ("all-fra-services-in-oracle-services-network", "foreign-region", "all-fra-services-in-oracle-services-network"),
    ("oci-lhr-objectstorage", "foreign-region", "oci-lhr-objectstorage"),
    ("theirspace", "outside-namespace", "theirspace"),
    ("iad.ocir.io/theirspace/app:1", "outside-namespace", "theirspace"),
    ("https://objectstorage.us-ashburn-1.oraclecloud.com/n/other/b/x", "outside-namespace", "other"),
    ("--files oci://code@other/a.py,oci://code@ourspace/b.py", "outside-namespace", "other"),
    ("https://other.compat.objectstorage.us-ashburn-1.oraclecloud.com/x", "outside-namespace", "other"),
    ("other.objectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace", "other"),
    ("https://THEIRSPACE.compat.objectstorage.us-ashburn-1.oraclecloud.com", "outside-namespace", "THEIRSPACE"),
    ("https://swiftobjectstorage.us-ashburn-1.oraclecloud.com/v1/other/b/o", "outside-namespace", "other"),
    ("https://swiftobjectstorage.us-ashburn-1.oraclecloud.com:443/v1/other", "outside-namespace", "other"),
    ("https://objectstorage.us-ashburn-1.oraclecloud.com/n/other", "outside-namespace", "other"),
    ("https://swiftobjectstorage.us-ashburn-1.oraclecloud.com.//v1//other/b", "outside-namespace", "other"),
    ("other.swiftobjectstorage.us-ashburn-1.oci.customer-oci.com", "outside-namespace", "other"),
    ("https://swiftobjectstorage.us-ashburn-1.oraclecloud.com/v1/theirspace/b", "outside-namespace", "theirspace"),
    ("https://swiftobjectstorage.us-ashburn-1.oraclecloud.com/v1/THEIRSPACE/b", "outside-namespace", "THEIRSPACE"),
    ("10.0.0.0/16", "outside-address", "10.0.0.0/16"),
    ("10.1.2.3/16", "outside-address", "10.1.2.3/16"),
    ("10.0.0.0", "outside-address", "10.0.0.0"),
    ("10.63.255.255", "outside-address", "10.63.255.255"),
    ("10.0.0.0/8", "outside-address", "10.0.0.0/8"),
    ("0.0.0.0/1", "outside-address", "0.0.0.0/1"),
    ("http://198.51.100.7:8080/feed", "outside-address", "198.51.100.7"),
    ("10.128.0.1-10.1.0.1", "outside-address", "10.1.0.1"),
    ("198.51.101.9/23", "outside-address", "198.51.101.9/23"),
    ("https://outside.example/v1", "outside-domain", "outside.example"),
    ("API.outside.example", "outside-domain", "API.outside.example"),
    ("deep.under.outside.example.", "outside-domain", "outside.example"),
]

OURS_ALL = [
    "us-ashburn-1",
    "US-PHOENIX-1",
    "iad",
    "phx",
    "linux",
    "in sin",
    "us-prod-1",
    "xeu-frankfurt-1",
    "1eu-frankfurt-1",
    "eu-frankfurt-12",
    "my-app-1b.us-ashburn-1.oraclecloud.com",
    OURS,
    OURS.upper(),
    f"it belongs to {OURS}.",
    f"IT BELONGS TO {OURS.upper()}.",
    "ocid2.vcn.oc1.iad.aaaa",
    "ocid2.compartment.oc1..aaaa",
    "ocid1.vcn.oc1.iad.aaaa",
    "ocid1.vcn.oc1.us-phoenix-1.aaaa",
    "ocid1.compartment.oc1..aaaa",
    "Uocm:US-ASHBURN-AD-1",
    "Uocm:PHX-AD-1",
    "xyzA:US-PHOENIX-1-AD-1",
    "https://objectstorage.us-ashburn-1.oraclecloud.com/n/ourspace/b/models/o/x",
    "https://objectstorage.us-ashburn-1.oraclecloud.com/n/ourspace",
    "https://swiftobjectstorage.us-ashburn-1.oraclecloud.com:443/v1/ourspace/b/o",
    "ourspace.swiftobjectstorage.us-ashburn-1.oci.customer-oci.com",
    "https://search.us-ashburn-1.oraclecloud.com/v1/index",
    "https://objectstorage.us-ashburn-1.oraclecloud.com/x?next=/v1/other",
    "https://ourspace.compat.objectstorage.us-ashburn-1.oraclecloud.com/x",
    "oci://models@ourspace/x",
    "OCI://MODELS@OURSPACE/X",
    "https://objectstorage.us-ashburn-1.oraclecloud.com",
    "iad.ocir.io/ourspace/app:1",
    "fra.example.com",
    "all-iad-services-in-oracle-services-network",
    "oci-phx-objectstorage",
    "0.0.0.0/0",
    "10.128.0.0/16",
    "10.64.0.1",
    "10.64.0.0/10",
    "9.255.255.255",
    "10.0.0.0/33",
    "192.0.2.1",
    "198.51.99.0/24",
    "10.0.0.0/33",
    "999.0.0.1",
    "10.0.0.0.1",
    "v10.0.0.1",
    "1.10.0.0",
    "outside.example.com",
    "my-outside.example2",
    "theirspaces",
    "",
]


@pytest.fixture(scope="module")
def sweeper() -> Sweeper:
    """Sweeps by the tests' boundary."""
    return Sweeper(boundary())


@pytest.mark.parametrize(("text", "rule", "token"), FOREIGN)
def test_what_lies_outside_is_found_once_with_its_token(sweeper: Sweeper, text: str, rule: str, token: str) -> None:
    (hit,) = sweeper.sweep(("metadata", "x"), text)
    assert (hit.rule, hit.problem.token) == (rule, token)
    assert hit.problem.hint == "", "no mere mention"


@pytest.mark.parametrize("text", OURS_ALL)
def test_what_is_ours_is_left_alone(sweeper: Sweeper, text: str) -> None:
    assert sweeper.sweep(("metadata", "x"), text) == ()


def test_our_tenancy_is_ours_however_the_boundary_writes_it() -> None:
    data = boundary_data()
    data["tenancy"]["ocid"] = OURS.replace("aaaaours", "AAAAOurs")
    bound = Boundary.model_validate(data)
    assert Sweeper(bound).sweep(("x",), f"it belongs to {OURS}.") == ()
    assert judge_text(f"define tenancy Ours as {OURS}", bound) == ()


def test_where_no_domain_of_the_outside_is_known_none_is_found() -> None:
    data = boundary_data()
    data["outside"]["domains"] = []
    assert Sweeper(Boundary.model_validate(data)).sweep(("x",), "any words and outside.example") == ()


def test_a_domain_that_begins_with_a_dot_is_found_below_another_name() -> None:
    data = boundary_data()
    data["outside"]["domains"] = [".outside.example"]
    (hit,) = Sweeper(Boundary.model_validate(data)).sweep(("x",), "see +.outside.example")
    assert hit.rule == "outside-domain"


def test_a_namespace_that_is_called_like_a_region_is_found_as_both() -> None:
    data = boundary_data()
    data["outside"]["tenancies"][0]["namespace"] = "fra"
    hits = Sweeper(Boundary.model_validate(data)).sweep(("x",), "fra")
    assert {hit.rule for hit in hits} == {"outside-namespace", "foreign-region"}


def test_each_thing_in_a_text_is_found_and_repetitions_only_once(sweeper: Sweeper) -> None:
    hits = sweeper.sweep(("x",), "eu-madrid-1 10.0.0.1 eu-madrid-1 theirspace 10.0.0.2")
    assert [hit.problem.token for hit in hits] == ["eu-madrid-1", "10.0.0.1", "theirspace", "10.0.0.2"]


def test_a_letter_that_grows_when_lowered_does_not_shift_the_token(sweeper: Sweeper) -> None:
    assert [hit.problem.token for hit in sweeper.sweep(("x",), "İİİ EU-Madrid-1")] == ["eu-madrid-1"]


PROSE: list[Path] = [
    ("displayName",),
    ("description",),
    ("freeformTags", "note"),
    ("definedTags", "stateside.Note"),
    ("rules", 0, "name"),
]


@pytest.mark.parametrize("path", PROSE)
def test_in_text_for_people_a_key_is_a_word_and_a_name_may_be_a_mention(sweeper: Sweeper, path: Path) -> None:
    assert sweeper.sweep(path, "mad") == ()
    (hit,) = sweeper.sweep(path, "moved from eu-madrid-1")
    assert hit.problem.hint == "this is a text that carries words, so it may be only a mention; if so, reword it"


@pytest.mark.parametrize(
    ("path", "known", "found"),
    [
        (("dnsLabel",), True, False),
        (("createVnicDetails", "hostnameLabel"), True, False),
        (("regionDetails", "hostnameLabel"), True, False),
        (("regionDetails", "labels", 0), True, False),
        (("peerRegionName",), True, True),
        (("replicas", 0, "region"), True, True),
        (("allowedRegions", 1), True, True),
        (("location",), True, True),
        (("freeformTags", "region"), False, False),
        (("metadata", "site"), False, True),
        ((), False, True),
    ],
)
def test_three_letters_are_a_regions_key_only_where_a_region_can_stand(
    sweeper: Sweeper, path: Path, known: bool, found: bool
) -> None:
    assert [hit.problem.token for hit in sweeper.sweep(path, "mad", known)] == (["mad"] if found else [])
    assert len(sweeper.sweep(path, "eu-madrid-1", known)) == 1, "a name is unmistakable"


def test_a_known_argument_of_a_type_is_told_apart_from_the_keys_of_a_map(pack: Pack) -> None:
    words: dict[str, Plain] = {"hostnameLabel": "mad", "metadata": {"site": "ord"}}
    found = pack.judge.judge(resource("oci:Core/instance:Instance", PRIVATE | words)).findings
    assert [(each.rule, each.path) for each in found if each.rule == "foreign-region"] == [
        ("foreign-region", "metadata.site")
    ]


DENIES = "deny group A to manage objects in tenancy where request.region = 'eu-madrid-1'"
ALLOWS = "allow group A to inspect instances in compartment eu-madrid-1"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (("statements", 0), DENIES, False),
        (("statements", 0), ALLOWS, True),
        (("statements", 0), f"{DENIES}\n{ALLOWS}", True),
        (("statements", 0), "eu-madrid-1, which is no statement", True),
        (("metadata", "x"), DENIES, True),
        (("statements", 0), "deny group A to manage objects in tenancy", False),
        (("statements", 0), DENIES.replace("deny", "deny endorse").replace("in tenancy", "in any-tenancy"), False),
        (("statements", 0), DENIES.replace("deny group A", "deny admit group A of tenancy B"), False),
    ],
)
def test_a_statement_that_takes_away_may_name_what_it_takes(
    sweeper: Sweeper, path: Path, text: str, found: bool
) -> None:
    hits = sweeper.sweep(path, text)
    assert isinstance(hits, tuple)
    assert [hit.problem.token for hit in hits] == (["eu-madrid-1"] if found else [])


def test_a_key_at_the_top_of_what_takes_any_keys_is_swept(sweeper: Sweeper) -> None:
    (hit,) = sweeper.sweep((), "eu-madrid-1")
    assert hit.problem.hint == ""


def test_a_sweep_that_fails_says_so_for_each_rule_that_it_speaks_for(pack: Pack) -> None:
    def fails(_: Path, __: str) -> tuple[Hit, ...]:
        raise ValueError

    judge = Judge(replace(pack.rules, sweep=fails), pack.catalogue.look_up, Lanes())
    found = judge.judge(resource(INSTANCE, PRIVATE)).findings
    assert {each.rule for each in found} == {
        "foreign-region",
        "foreign-ocid",
        "outside-namespace",
        "outside-address",
        "outside-domain",
        "unreadable",
    }
    assert all(each.could_not_run for each in found)


def test_an_address_in_one_of_ipv6_is_that_address_alone() -> None:
    data = boundary_data()
    data["outside"]["ranges"] = ["198.51.100.7/32"]
    sweeper = Sweeper(Boundary.model_validate(data))
    assert [hit.problem.token for hit in sweeper.sweep(("x",), "http://[::ffff:c633:6407]/")] == ["ffff:c633:6407"]
    assert sweeper.sweep(("x",), "http://[::ffff:c633:6406]/") == ()


def test_a_secret_is_swept_and_nothing_of_it_is_shown(pack: Pack) -> None:
    verdict = pack.judge.judge(
        resource(INSTANCE, PRIVATE | {"metadata": Secret({"hunter3": ["hunter2 at eu-madrid-1"]})})
    )
    (finding,) = verdict.findings
    assert (finding.rule, finding.path) == ("foreign-region", "metadata")
    assert finding.says == "a secret value is a region outside the boundary"
    assert "madrid" not in finding.message
    assert "hunter" not in finding.message


def test_strings_are_swept_in_every_type_however_deep(findings: Callable[[Resource], set[tuple[str, str]]]) -> None:
    deep: object = "eu-madrid-1"
    for _ in range(5_000):
        deep = [deep]
    assert findings(resource("stateside:data:Buckets", {"a": {"b": [0, True, None, {"c": "10.1.1.1"}]}})) == {
        ("outside-address", "a.b[3].c")
    }
    (where,) = findings(resource("stateside:data:Buckets", {"deep": deep}))  # type: ignore[dict-item]
    assert where == ("foreign-region", "deep" + "[0]" * 5_000)


def test_the_keys_of_a_map_are_swept_like_its_values(findings: Callable[[Resource], set[tuple[str, str]]]) -> None:
    assert findings(resource(INSTANCE, PRIVATE | {"metadata": {"eu-madrid-1": "x"}})) == {
        ("foreign-region", "metadata")
    }


def test_the_same_finding_in_two_keys_is_said_once(pack: Pack) -> None:
    properties: dict[str, Plain] = {"metadata": {"a/eu-madrid-1": "x", "b/eu-madrid-1": "y"}}
    assert len(pack.judge.judge(resource(INSTANCE, PRIVATE | properties)).findings) == 1


def test_what_is_remembered_has_an_end(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_REMEMBERED", 3)
    for number in range(10):
        assert sweeper.sweep(("x",), f"eu-madrid-1 {number}") != ()
        assert len(sweeper._remembered) <= 3


def test_what_is_remembered_is_looked_at_once(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(sweeper, "_hits", lambda text: looked.append(text) or ())
    for text in ("one thing", "another", "one thing", "another"):
        sweeper.sweep(("x",), text)
    assert looked == ["one thing", "another"]
