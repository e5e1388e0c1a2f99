"""The checks by themselves: each sample of each, and what is said of a value that violates."""

import pytest

from boundary import Boundary
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.rules.values import checks
from tests.policies.builder import THEIRS, boundary, boundary_data
from tests.policies.samples import SAMPLES

BOUND = checks(boundary())


def constraint(check: str) -> Constraint:
    """Some argument under a check."""
    return Constraint(path="x", rule="placement", check=check, values=("ONE", True))


def problems(check: str, value: Plain) -> list[Problem]:
    """What a check finds."""
    return list(BOUND[check](value, constraint(check)))


@pytest.mark.parametrize("check", SAMPLES)
def test_a_check_finds_what_violates_and_lets_pass_what_is_clean(check: str) -> None:
    samples = SAMPLES[check](constraint(check))
    assert [value for value in samples.violating if not problems(check, value)] == []
    assert [value for value in samples.clean if value is not None and problems(check, value)] == []


SAID: list[tuple[str, Plain, str]] = [
    ("allowed-region", "mars", "is not the name of an Oracle region that is known"),
    ("allowed-domain", "abcd:PHX-AD-1 abcd", "is not the name of an availability domain"),
    ("allowed-domain", "abcd:FRA-AD-1", "`abcd:FRA-AD-1` is an availability domain outside the boundary"),
    ("allowed-ocid", "ocid1.drg.oc1.iad.aa and more", "is not an OCID"),
    ("own-tenancy", THEIRS, f"`{THEIRS}` is a tenancy that isn't ours"),
    ("own-tenancy", "ocid1.vcn.oc1.iad.a", "`ocid1.vcn.oc1.iad.a` is not our tenancy"),
    ("own-endpoint", "nothing to connect to", "is not a host or a URL"),
    ("own-endpoint", "a.inside.example,elsewhere.example", "names `elsewhere.example`, a host that isn't ours"),
    ("own-endpoints", "at https://a.elsewhere.example and x", "names `a.elsewhere.example`, a host that isn't ours"),
    ("own-endpoint", "jdbc:oracle:thin:@//9.9.9.9:1521/pdb", "names `9.9.9.9`, a host that isn't ours"),
    ("own-endpoint", "hunter2", "names a host that isn't ours"),
    ("own-endpoint", "https://hunter2@elsewhere", "names a host that isn't ours"),
    ("own-image", "python:3", "is not the full name of an image in Oracle's registry"),
    ("own-image", "fra.ocir.io/ourspace/app:1", "is an image of the registry in `fra`, outside the boundary"),
    ("own-image", "iad.ocir.io/elsewhere/app:1", "is an image of namespace `elsewhere`, which isn't ours"),
    ("own-image", "docker.io/library/python:3", "is an image of `docker.io`, which isn't Oracle's registry"),
    ("own-bucket", "s3://code", "is not the address of something in a bucket, `oci://bucket@namespace/…`"),
    ("own-bucket", "oci://code@elsewhere/app.zip", "lies in a bucket of namespace `elsewhere`, which isn't ours"),
    (
        "own-bucket",
        "oci://code@ourspace/app.zip,oci://code@elsewhere/more.zip",
        "lies in a bucket of namespace `elsewhere`, which isn't ours",
    ),
    ("one-of", "ANOTHER", "is `ANOTHER`, not `ONE` or `true`"),
    ("one-of", False, "is `false`, not `ONE` or `true`"),
    ("one-of", 7.0, "is `7`, not `ONE` or `true`"),
    ("one-of", "hunter2", "is not `ONE` or `true`"),
    ("one-of", "Tr0ub4dor", "is not `ONE` or `true`"),
    ("one-of", {}, "is not `ONE` or `true`"),
    ("absent", True, "is set to `true`"),
    ("absent", "hunter2", "is set"),
    ("allowed-region", "us-ashbrun-1", "`us-ashbrun-1` is not the name of an Oracle region that is known"),
    ("own-namespace", "theirspace", "`theirspace` is not our own Object Storage namespace"),
    ("own-namespace", "theirspacex", "is not our own Object Storage namespace"),
    ("own-image", "docker.io", "is not the full name of an image in Oracle's registry"),
    ("own-image", "Docker.IO/library/x", "is an image of `docker.io`, which isn't Oracle's registry"),
    ("own-image", "docker.io:5000/x", "is not the full name of an image in Oracle's registry"),
    (
        "own-image",
        "ocir.eu-frankfurt-1.oci.oraclecloud.com/ourspace/app",
        "is an image of the registry in `eu-frankfurt-1`, outside the boundary",
    ),
    ("own-image", "iad.ocir.io/elsewhere/a/b:1", "is an image of namespace `elsewhere`, which isn't ours"),
    ("own-endpoint", "https://A.Elsewhere.Example/x", "names `A.Elsewhere.Example`, a host that isn't ours"),
    ("own-endpoint", "https://a.elsewhere.example_x/", "names a host that isn't ours"),
    ("own-endpoint", "https://9.9.9.9x/", "names a host that isn't ours"),
    ("own-namespace", "hunter2", "is not our own Object Storage namespace"),
    ("own-contact", "a@elsewhere.example", "is not a mail address, an `https` URL or a function of ours"),
    (
        "own-contact",
        "a@inside.example, b@elsewhere.example",
        "is not a mail address, an `https` URL or a function of ours (contact 2 of 2)",
    ),
    ("own-mail", "x b@elsewhere.example.", "has a mail address at `elsewhere.example.`, which is no domain of ours"),
    (
        "own-record",
        {"rtype": "ALIAS", "rdata": "a.example x"},
        "names `a.example`, a host that isn't ours",
    ),
    ("own-record", {"rtype": "CNAME", "rdata": "a.example."}, "names `a.example`, a host that isn't ours"),
    ("own-record", {"rtype": "CNAME", "rdata": "a.examplex."}, "names `a.examplex`, a host that isn't ours"),
    ("own-record", {"rtype": "MX", "rdata": "1 a.example x"}, "names `a.example`, a host that isn't ours"),
    ("own-record", {"rtype": "SRV", "rdata": "0 5 1 a.example x"}, "names `a.example`, a host that isn't ours"),
    ("own-record", {"rtype": "SVCB", "rdata": "1 a.example x"}, "names `a.example`, a host that isn't ours"),
    ("own-record", {"rtype": "HTTPS", "rdata": "1 a.example x"}, "names `a.example`, a host that isn't ours"),
    ("own-record", {"rtype": "NS", "rdata": "a.example."}, "is a record of another type than the zone may have"),
    (
        "own-chart-values",
        {"items": [{"name": "image.registry", "value": "iad.ocir.io/elsewhere"}]},
        "is an image of namespace `elsewhere`, which isn't ours",
    ),
    (
        "own-chart-values",
        {"items": [{"name": "a.registry", "value": "iad.ocir.io"}, {"name": "a.image", "value": "ghcr.io/x"}]},
        "is an image of `ghcr.io`, which isn't Oracle's registry",
    ),
    ("client-range", "0.0.0.0/0", "`0.0.0.0/0` is wider than a /24, too wide for people who administer"),
]

# What can't be read can't be excepted by a lane either.
UNREAD: list[tuple[str, Plain]] = [
    ("allowed-domain", "AD-1"),
    ("allowed-ocid", "x"),
    ("listed", 1.0),
    ("own-endpoint", ""),
    ("own-image", "app"),
    ("own-bucket", "x"),
    ("own-record", {"rtype": "MX", "rdata": "10"}),
    ("client-range", "here"),
    ("statements", 1.0),
    ("own-endpoint", "https://not_one/"),
]


@pytest.mark.parametrize(("check", "value"), UNREAD)
def test_what_can_not_be_read_is_said_to_be_unread(check: str, value: Plain) -> None:
    assert [problem.unread for problem in problems(check, value)] == [True]


def test_a_host_that_only_begins_with_an_address_is_not_shown() -> None:
    assert [problem.sentence(secret=False) for problem in problems("own-endpoint", "https://9.9.9.9-x/")] == [
        "names a host that isn't ours",
        "names `9.9.9.9`, a host that isn't ours",
    ]


@pytest.mark.parametrize(("check", "value", "says"), SAID)
def test_what_is_said_of_a_value_is_what_is_wrong_with_it(check: str, value: Plain, says: str) -> None:
    assert [problem.sentence(secret=False) for problem in problems(check, value)] == [says]


@pytest.mark.parametrize("image", ["iad.ocir.io/ourspace/app", "oci://iad.ocir.io/ourspace/charts/app"])
def test_an_image_of_a_chart_by_its_whole_name_needs_no_registry_beside_it(image: str) -> None:
    assert problems("own-chart-values", {"items": [{"name": "image", "value": image}]}) == []


def test_each_host_of_a_text_is_a_problem_of_its_own() -> None:
    texts: dict[str, list[str]] = {
        "https://a.example/x, https://b.example/y": ["a.example", "b.example"],
        "https://a.example/x, https://a.example/y": ["a.example"],
        "https://kafka.inside.example, https://b.example": ["b.example"],
    }
    for text, hosts in texts.items():
        assert list(dict.fromkeys(each.token for each in problems("own-endpoint", text))) == hosts, text
        assert [each.token for each in problems("own-endpoints", {"x": text})] == hosts, text


def test_each_namespace_of_a_list_of_buckets_is_a_problem_of_its_own() -> None:
    text = "oci://a@theirs/x, oci://b@ourspace/y, oci://c@others/z, oci://d@theirs/w"
    assert [problem.token for problem in problems("own-bucket", text)] == ["theirs", "others"]


def test_each_namespace_of_the_outside_is_shown() -> None:
    data = boundary_data()
    first = data["outside"]["tenancies"][0]
    data["outside"]["tenancies"].append(first | {"name": "other", "ocid": f"{THEIRS}x", "namespace": "theothers"})
    check = checks(Boundary.model_validate(data))["own-namespace"]
    for name in (first["namespace"], "theothers"):
        (problem,) = check(name, constraint("own-namespace"))
        assert problem.sentence(secret=False) == f"`{name}` is not our own Object Storage namespace"


def test_without_a_domain_of_our_own_no_mail_address_is_ours() -> None:
    without = Boundary.model_validate(boundary_data() | {"domains": []})
    check = checks(without)["own-contact"]
    assert list(check("ops@inside.example", constraint("own-contact")))


def test_the_address_of_an_identity_domain_is_one_in_any_case() -> None:
    """Whose domain it is, the stack says; the boundary names none of this name."""
    assert problems("identity-endpoint", "https://IDCS-2b.identity.OracleCloud.com/") == []
