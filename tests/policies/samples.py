"""Values for each check of the catalogue: some that it must find, some that it must let pass.

Every check needs samples. From them and the catalogue the fixtures of every constrained argument are made, so that who
constrains an argument writes no test, and who writes a check writes a line here.
"""

from collections.abc import Callable
from typing import NamedTuple

from policies.core import UNKNOWN, Plain, Secret
from policies.core.constraints import Constraint
from tests.policies.builder import OURS, THEIRS


class Samples(NamedTuple):
    """Values of both kinds; None is an argument that is left out."""

    violating: list[Plain]
    clean: list[Plain]


def _listed(constraint: Constraint) -> Samples:
    """Anything but the listed values; also what only looks like one of them."""
    strings = [value for value in constraint.values if isinstance(value, str)]
    alike = [value.swapcase() for value in strings if value.swapcase() not in strings]
    opposite = [not value for value in constraint.values if not isinstance(value, str)]
    found = [value for value in (*opposite, *alike[:1]) if value not in constraint.values]
    return Samples([*found, "ANOTHER", 7.0, {}], [*constraint.values, None])


def _always(violating: list[Plain], clean: list[Plain]) -> Callable[[Constraint], Samples]:
    return lambda _: Samples(violating, clean)


def _chart(values: dict[str, str]) -> Plain:
    """What a chart is told, in the form of the API."""
    return {"items": [{"name": name, "value": value} for name, value in values.items()]}


SAMPLES: dict[str, Callable[[Constraint], Samples]] = {
    "one-of": _listed,
    "absent": _always(["x", {}, True, 1.0], [None]),
    "allowed-region": _always(
        ["eu-frankfurt-1", "us-chicago-1", "us-gov-ashburn-1", "FRA", "mars", "", 1.0, {}],
        ["us-ashburn-1", "us-phoenix-1", "phx", None],
    ),
    "allowed-domain": _always(
        ["abcd:FRA-AD-1", "abcd:EU-FRANKFURT-1-AD-1", "FRA-AD-1", "AD-1", "", 1.0],
        ["abcd:PHX-AD-2", "abcd:US-ASHBURN-AD-3", None],
    ),
    "allowed-ocid": _always(
        ["ocid1.drg.oc1.fra.aa", "ocid1.drg.oc3.iad.aa", "ocid1.drg.oc1..aa", "x", "", 1.0],
        ["ocid1.drg.oc1.us-ashburn-1.aa", "ocid1.drg.oc1.phx.aa", None],
    ),
    "own-tenancy": _always([THEIRS, "", "ours", "ocid1.vcn.oc1.iad.a", {}], [OURS, None]),
    "own-namespace": _always(["theirspace", "other", "", 1.0], ["ourspace", None]),
    "own-endpoint": _always(
        [
            "db.elsewhere.example",
            "db.elsewhere.example:1521",
            "https://inside.example@elsewhere.example/",
            "https://elsewhere.example?@inside.example/",
            "https://inside.example.elsewhere.example",
            "https://notinside.example",
            "jdbc:mysql://a.inside.example,elsewhere.example/db",
            "(DESCRIPTION=(ADDRESS=(HOST=elsewhere.example)(PORT=1521)))",
            "a.inside.example,elsewhere.example",
            "https://a.inside.example,elsewhere.example/db",
            "jdbc:oracle:thin:@//elsewhere.example:1521/pdb",
            "jdbc:oracle:thin:@elsewhere.example:1521:sid",
            "//elsewhere.example/pdb",
            "9.9.9.9",
            "https://x.oraclecloud.com",
            "https://[::1]/",
            "https://db.inside.examplex",
            "https://db.us-ashburn-1.elsewhere.example",
            "nothing to connect to",
            "a.inside.example, somewhere else",
            "",
            1.0,
        ],
        [
            "db.inside.example",
            "10.128.0.7:5432",
            "http://localhost:9100/metrics",
            "127.0.0.1:9100",
            "https://API.INSIDE.example.:8443/path",
            "https://user@10.128.0.7/",
            "https://user:p@ss@10.128.0.7/",
            "https://10.128.0.7-a.inside.example/",
            "a.inside.example, b.inside.example",
            "https://ourspace.objectstorage.us-ashburn-1.oci.customer-oci.com/",
            "//db.inside.example:1521/pdb",
            "kafka.default.svc.cluster.local:9092",
            "db.data.main.oraclevcn.com:1521/pdb",
            "https://objectstorage.us-ashburn-1.oraclecloud.com/n/ourspace/b/bucket",
            "jdbc:oracle:thin:@//db.inside.example:1521/pdb",
            "jdbc:mysql://user@a.inside.example:3306,b.inside.example:3306/db",
            "(DESCRIPTION=(ADDRESS=(HOST=a.inside.example)(PORT=1521)))",
            None,
        ],
    ),
    "own-endpoints": _always(
        [
            "sink: {hosts: ['https://elsewhere.example:9200']}",
            "bootstrap: kafka.elsewhere.example:9092",
            {"default": {"host": "9.9.9.9"}},
            "--files oci://code@elsewhere/a.py",
            "--files oci:///a.py",
            "url: jdbc:mysql://elsewhere.example,a.inside.example/db",
            {"default": {"url": ["x", "https://elsewhere.example"]}},
            {"default": {"url": Secret("https://elsewhere.example")}},
            {"fs.s3a.endpoint": "s3.elsewhere.io"},
            {"sink.elsewhere.example": "24224"},
            {"name": "endpoint", "value": "s3.elsewhere.io"},
            {"endpoint": "s3.elsewhere.io//x"},
            {"endpoint": "[2001:db8::1]:443"},
            "<server>\n  host logs.elsewhere.sh\n</server>",
            "job --host db.elsewhere.id",
            "hosts: # two\n  - db.inside.example\n  - db.elsewhere.io",
        ],
        [
            "source: {hosts: ['https://search.inside.example:9200'], at: 10.128.0.7}",
            "--files oci://code@ourspace/a.py",
            "include file:///etc/app.conf",
            "see elsewhere.com",
            "https://idcs-1a.identity.oraclecloud.com/admin",
            {"name": "endpoint", "value": "s3.inside.example"},
            {"name": "file", "value": "train.py"},
            "<server>\n  host logs.inside.example\n</server>",
            "host: '::1'",
            {"a": {"key": "v1.2", "port": 9200.0, "tls": True, "later": UNKNOWN, "none": None}},
            None,
        ],
    ),
    "own-address": _always(
        ["9.9.9.9", "10.64.0.0/9", "0.0.0.0/0", "10.128.0.7.example", "", 176160775],
        ["10.128.0.7", "10.128.0.7/24", None],
    ),
    "own-image": _always(
        [
            "docker.io/library/python:3",
            "python:3",
            "fra.ocir.io/ourspace/app:1",
            "iad.ocir.io/elsewhere/app:1",
            "iad.ocir.io.elsewhere.example/ourspace/app:1",
            "iad.ocir.io/ourspaces/app",
            "oci://iad.ocir.io/elsewhere/charts/app",
            "https://iad.ocir.io/ourspace/app",
            "iad.ocir.io/ourspace/app:1\nelsewhere.example/app:1",
            "",
            1.0,
        ],
        [
            "iad.ocir.io/ourspace/app:1",
            "IAD.ocir.io/ourspace/App:1",
            "ocir.us-phoenix-1.oci.oraclecloud.com/ourspace/team/app@sha256:00",
            "oci://iad.ocir.io/ourspace/charts/app",
            None,
        ],
    ),
    "own-bucket": _always(
        [
            "oci://code@elsewhere/app.zip",
            "oci://code@ourspace/app.zip,oci://code@elsewhere/more.zip",
            "oci://code@ourspace/app.zip https://elsewhere.example/app.zip",
            "https://elsewhere.example/app.zip,oci://code@ourspace/app.zip",
            "https://elsewhere.example/app.zip",
            "s3://code/app.zip",
            "",
            1.0,
        ],
        ["oci://code@ourspace/app.zip", "oci://code@ourspace/a.zip, oci://code@ourspace/b/c.zip", None],
    ),
    "own-repository": _always(
        [
            "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/elsewhere/projects/p/repositories/r",
            "https://devops.scmservice.eu-madrid-1.oci.oraclecloud.com/namespaces/ourspace/projects/p/repositories/r",
            "https://devops.scmservice.us-ashburn-1.oci.oracleiaas.com/namespaces/ourspace/projects/p/repositories/r",
            "https://git.us-ashburn-1.oci.oraclecloud.com/namespaces/ourspace/projects/p/repositories/r",
            "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/ourspace/projects/p",
            "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/ourspace/projects/p/repositories/r/x",
            "https://devops.scmservice.mars-1.oci.oraclecloud.com/namespaces/ourspace/projects/p/repositories/r",
            "https://elsewhere.example/?devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/ourspace",
            "https://git.inside.example/app.git",
            "",
            1.0,
        ],
        [
            "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/ourspace/projects/p/repositories/r",
            "ssh://devops.scmservice.us-phoenix-1.oci.oraclecloud.com/namespaces/ourspace/projects/p_1/repositories/r-2",
            None,
        ],
    ),
    "own-contact": _always(
        [
            "ops@elsewhere.example",
            "ops@inside.example.elsewhere.example",
            "ops@notinside.example",
            "ops@inside.example, boss@elsewhere.example",
            "https://hooks.elsewhere.example/services/x",
            "http://hooks.inside.example/x",
            "https://elsewhere.example/ops@inside.example",
            "ops@inside.example/@elsewhere.example",
            "https://elsewhere.example/ocid1.fnfunc.oc1.iad.aa",
            "ocid1.fnfunc.oc1.fra.aa",
            "ocid1.fnfunc.oc3.iad.aa",
            "+15550100",
            "",
            1.0,
        ],
        [
            "ops@inside.example",
            " a.b+c@Mail.Inside.example; ops@inside.example\n",
            "https://hooks.inside.example/x",
            "ocid1.fnfunc.oc1.iad.aa",
            None,
        ],
    ),
    "listed": _always([1.0, True], ["198.51.100.0/24", "api.outside.example", "eu-madrid-1", "", None]),
    "own-chart-values": _always(
        [
            _chart({"image.repository": "ghcr.io/stranger/app"}),
            _chart({"image": "stranger/app"}),
            _chart({"main.image": "nginx"}),
            _chart({"image.repo": "stranger/app"}),
            _chart({"images.web": "nginx"}),
            _chart({"image.registry": "docker.io"}),
            _chart({"global.imageRegistry": "iad.ocir.io/elsewhere"}),
            _chart({"sidecar": "quay.io/stranger/app:1"}),
            {
                "items": [
                    {"name": "image.registry", "value": "iad.ocir.io"},
                    {"name": "image.repository", "value": "theirs/app"},
                ]
            },
            {
                "items": [
                    {"name": "a.registry", "value": "iad.ocir.io"},
                    {"name": "b.repository", "value": "ourspace/app"},
                ]
            },
            {"items": [Secret({"name": "image", "value": Secret("ghcr.io/stranger/app")})]},
            _chart({"image.registry": "iad.ocir.io/ourspacex"}),
        ],
        [
            _chart({"image.registry": "iad.ocir.io/"}),
            _chart({"image.registrySecret": "ours"}),
            _chart({"note": "desk.inside.example/page, to read about it"}),
            _chart({"note": "see docs.elsewhere.example/page for it"}),
            _chart({"image.repository": "  "}),
            _chart({"image.repository": " iad.ocir.io/ourspace/app "}),
            _chart({"image.repository": "iad.ocir.io/ourspace/app"}),
            _chart({"image.tag": "1.2"}),
            _chart({"images.tag": "1.2", "images.pullPolicy": "Always"}),
            _chart({"image.registry": "iad.ocir.io"}),
            _chart({"image.registry": "iad.ocir.io/ourspace/"}),
            _chart({"replicas": "2"}),
            _chart({"path": "etc/x"}),
            _chart({"image.repository": ""}),
            {
                "items": [
                    {"name": "image.registry", "value": "iad.ocir.io"},
                    {"name": "image.repository", "value": "ourspace/app"},
                ]
            },
            {"items": [{"name": "registry", "value": "iad.ocir.io"}, {"name": "image", "value": "ourspace/app"}]},
            {
                "items": [
                    {"name": "global.imageRegistry", "value": "iad.ocir.io"},
                    {"name": "a.image", "value": "ourspace/app"},
                ]
            },
            {"items": [{"name": "image.repository", "value": UNKNOWN}, {"name": UNKNOWN, "value": "x"}, UNKNOWN, "x"]},
            {"items": UNKNOWN},
            {},
            "x",
            None,
        ],
    ),
    "own-mail": _always(
        [
            "the desk: help@elsewhere.example",
            "a@inside.example or b@notinside.example",
            "help@elsewhere.example.",
            "a@inside.examplex",
        ],
        ["the desk, room 5", "help@inside.example, or help@desk.inside.example.", "", 1.0, None],
    ),
    "own-record": _always(
        [
            {"rtype": "MX", "rdata": "10 mx.elsewhere.example."},
            {"rtype": "cname", "rdata": "elsewhere.example"},
            {"rtype": "ALIAS", "rdata": "elsewhere.example."},
            {"rtype": "NS", "rdata": "ns.elsewhere.example."},
            {"rtype": "DNAME", "rdata": "elsewhere.example."},
            {"rtype": "SRV", "rdata": "0 5 5060 sip.elsewhere.example."},
            {"rtype": "SRV", "rdata": "0 5 inside.example"},
            {"rtype": "HTTPS", "rdata": "1 elsewhere.example. alpn=h2"},
            {"rtype": "SVCB", "rdata": "1 elsewhere.example."},
            {"rtype": "CNAME", "rdata": "oracleemaildelivery.com.elsewhere.example"},
            {"rtype": "CNAME", "rdata": "notoracleemaildelivery.com"},
            {"rtype": "CNAME", "rdata": "a.oracleemaildelivery.comx"},
            {"rtype": "MX", "rdata": "10"},
            {"rtype": "CNAME", "rdata": Secret("elsewhere.example")},
            {"rtype": "CNAME", "rdata": 1.0},
            {"rtype": UNKNOWN, "rdata": "203.0.113.7"},
            {"rtype": "NAPTR", "rdata": "x"},
            {"rdata": "203.0.113.7"},
            {},
            1.0,
        ],
        [
            {"rtype": "MX", "rdata": "10 bmta.email.us-ashburn-1.oci.oraclecloud.com."},
            {"rtype": "MX", "rdata": "0 ."},
            {"rtype": "CNAME", "rdata": "www.Inside.example."},
            {"rtype": "CNAME", "rdata": "x.inside.example.dkim.iad1.oracleemaildelivery.com."},
            {"rtype": "SRV", "rdata": "0 5 5060 sip.inside.example."},
            {"rtype": "HTTPS", "rdata": "1 . alpn=h2"},
            {"rtype": "A", "rdata": "203.0.113.7"},
            {"rtype": "AAAA", "rdata": "2001:db8::7"},
            {"rtype": "CAA", "rdata": '0 issue "letsencrypt.org"'},
            {"rtype": "DS", "rdata": "1 13 2 00"},
            {"rtype": "PTR", "rdata": "elsewhere.example."},
            {"rtype": "CNAME", "rdata": "X.INSIDE.EXAMPLE.DKIM.IAD1.ORACLEEMAILDELIVERY.COM."},
            {"rtype": "TXT", "rdata": "v=spf1 include:rp.oracleemaildelivery.com ~all"},
            {"rtype": "CNAME", "rdata": UNKNOWN},
            {"rtype": "CNAME"},
            None,
        ],
    ),
    "client-range": _always(
        ["0.0.0.0/0", "203.0.112.0/23", "192.168.7.0/24", "100.64.0.1/32", "198.51.100.7/32", "here", "", 1.0, True],
        ["203.0.113.0/24", "203.0.113.7/32", "203.0.113.7", None],
    ),
    "identity-endpoint": _always(
        [
            "https://login.elsewhere.example",
            "https://idcs-1a.identity.elsewhere.example:443",
            "https://idcs-1a.identity.oraclecloud.com.elsewhere.example",
            "https://idcs-1a.identity.oraclecloud.com@elsewhere.example",
            "http://idcs-2b.identity.oraclecloud.com",
            "",
            1.0,
        ],
        [
            "https://idcs-1a.identity.oraclecloud.com:443",
            "https://identity.oraclecloud.com/",
            "https://IDCS-1a.identity.OracleCloud.com/",
            "https://idcs-1a.identity.oraclecloud.com/admin/v1/SigningCert/jwk",
            "https://login.inside.example/keys",
            None,
        ],
    ),
    "own-prefix": _always(
        ["elsewhere:/bucket/x", "ourspaces:/bucket", "/bucket", "", 1.0], ["ourspace:/bucket/x", None]
    ),
    "statements": _always(
        ["x", "", 1.0, "endorse group A to use drgs in any-tenancy", "allow group A to read vcns in tenancy"],
        ["allow group A to read vcns in tenancy where request.region = 'iad'", None],
    ),
    "quota-statements": _always(
        ["x", "", 1.0, "set compute-core quota a to 4 in tenancy where request.region = 'eu-frankfurt-1'"],
        ["zero compute-core quotas in tenancy where request.region = 'eu-frankfurt-1'", None],
    ),
    "matching-rule": _always(
        ["x", "", 1.0, "resource.type = 'fnfunc'"], ["instance.compartment.id = 'ocid1.compartment.oc1..aa'", None]
    ),
    "zpr-statements": _always(
        ["x", "", 1.0, "in a:b VCN allow c:d endpoints to connect to '9.9.9.9/32'"],
        ["in a:b VCN allow c:d endpoints to connect to e:f endpoints with protocol='tcp/443'", None],
    ),
}
