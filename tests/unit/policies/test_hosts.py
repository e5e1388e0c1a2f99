"""Hosts in a text: in each notation, with the sign that tells one, and what only looks like one."""

import pytest

from policies.rules.hosts import hosts_in, names_host, names_in, names_under

NAMED: dict[str, list[str]] = {
    # The word before it.
    "<server>\n  host a.elsewhere.com\n  port 24224\n</server>": ["a.elsewhere.com"],
    "spark.hadoop.fs.s3a.endpoint: s3.elsewhere.io": ["s3.elsewhere.io"],
    "-Dhttp.proxyHost=proxy.elsewhere.sh": ["proxy.elsewhere.sh"],
    "bootstrap_servers=a.elsewhere.id:9092,b.elsewhere.id": ["a.elsewhere.id", "b.elsewhere.id"],
    'hosts: ["a.elsewhere.com", b.elsewhere.io]': ["a.elsewhere.com", "b.elsewhere.io"],
    "brokers:\n  - a.elsewhere.io\n  - b.elsewhere.io\nname: c.d": ["a.elsewhere.io", "b.elsewhere.io"],
    '{"uri": "db.corp"}': ["db.corp"],
    "fqdn => x.elsewhere.internal": ["x.elsewhere.internal"],
    "'address' : 'x.elsewhere.py'": ["x.elsewhere.py"],
    # Quotes, or nothing beside it.
    'connect("a.elsewhere.com")': ["a.elsewhere.com"],
    "to('a.elsewhere.eu', \"b.elsewhere.ru\")": ["a.elsewhere.eu", "b.elsewhere.ru"],
    " a.elsewhere.example\n": ["a.elsewhere.example"],
    "A.Elsewhere.COM": ["A.Elsewhere.COM"],
    "two.elsewhere.co.uk": ["two.elsewhere.co.uk"],
    # No host: files, settings, classes, numbers.
    "train.py": [],
    "'main.sh' and \"lib.so\"": [],
    "archive.zip": [],
    'get("spark.app.name")': [],
    "spark.driver.host": [],
    "org.apache.spark.serializer.KryoSerializer": [],
    "'java.io', 'user.id'": [],
    "1.2.3": [],
    "host: 10.128.0.7": [],
    "host: localhost": [],
    "url: page.html": [],
    "server app.name": [],
    "it says that a.elsewhere.com exists": [],
    "a.b is at c.elsewhere.com": [],
    "a.elsewhere.zz": [],
    "ops@elsewhere.com": [],
    "/opt/elsewhere.com/x": [],
    "": [],
}


@pytest.mark.parametrize("text", NAMED)
def test_a_bare_name_is_a_host_where_a_sign_tells_it(text: str) -> None:
    assert list(names_in(text)) == NAMED[text]


CONNECTED: dict[str, list[str]] = {
    "https://user:p@a.example:8443/x, oci://b@space/y": ["a.example", "oci://space"],
    "jdbc:mysql://a.example:1,b.example:2/db": ["a.example", "b.example"],
    "(HOST = a.example)(PORT=1)": ["a.example"],
    "a.example:9092 and 9.9.9.9/32": ["a.example", "9.9.9.9/32"],
    "file:///etc/x v1.2": [],
}


@pytest.mark.parametrize("text", CONNECTED)
def test_what_is_connected_to_is_a_host(text: str) -> None:
    assert hosts_in(text) == CONNECTED[text]


PRIVATE = "example test invalid local internal corp lan home intranet"
COMMON = "com net org edu gov mil int biz arpa"


@pytest.mark.parametrize("ending", [*PRIVATE.split(), *COMMON.split(), "de", "uk", "cn"])
def test_an_ending_of_hosts_alone_needs_no_more_than_quotes(ending: str) -> None:
    assert names_in(f"'a.elsewhere.{ending}'") == [f"a.elsewhere.{ending}"]


ALSO = "ai as at be by bz cc do id in io is it la md me ml mm mo ms my no pl ps py rs sh so st tf to us vi"


@pytest.mark.parametrize("ending", [*ALSO.split(), "app", "name", "zip"])
def test_an_ending_that_is_also_that_of_something_else_needs_a_word_before_it(ending: str) -> None:
    name = f"a.elsewhere.{ending}"
    assert names_in(f"'{name}', and {name}") == []
    assert names_in(f"host: {name}") == [name]


WORDS = "host hostname server endpoint broker url uri fqdn proxy address peer remote domain"


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_before_it_tells_a_host(word: str) -> None:
    for said in (word, f"{word}s", f"x.{word}", f"x_{word}s".upper()):
        assert names_in(f"{said}: a.elsewhere.io, x") == ["a.elsewhere.io"], said
        assert names_in(f"{said} a.elsewhere.com x") == ["a.elsewhere.com"], said


UNDER: dict[str, list[str]] = {
    "a.elsewhere.io,b.elsewhere.id:9092; 'c.elsewhere.py'": ["a.elsewhere.io", "b.elsewhere.id", "c.elsewhere.py"],
    "[a.elsewhere.sh]": ["a.elsewhere.sh"],
    "user@a.elsewhere.name/path/b.py": ["a.elsewhere.name"],
    "${tenant}.elsewhere.io. # as in b.elsewhere.io": ["elsewhere.io"],
    "a.elsewhere.xn--p1ai b.elsewhere.рф c\u3002elsewhere\uff0eio": [
        "a.elsewhere.xn--p1ai",
        "b.elsewhere.рф",
        "c.elsewhere.io",
    ],
    "2001:db8::1 [::ffff:9.9.9.9] [2001:db8::2]:443 0x09090909": [
        "2001:db8::1",
        "::ffff:9.9.9.9",
        "2001:db8::2",
        "0x09090909",
    ],
    "10:20:a.elsewhere.io, 0x0a.elsewhere.id": ["a.elsewhere.io", "0x0a.elsewhere.id"],
    "[a.elsewhere.mx] scott/tiger@b.elsewhere.io/pdb c.elsewhere.io//d": [
        "a.elsewhere.mx",
        "b.elsewhere.io",
        "c.elsewhere.io",
    ],
    "collector, page.html /opt/a.elsewhere.io 10:30 https://a.elsewhere.io a.b..": [],
    f"a.{'b' * 64}": [],
}


@pytest.mark.parametrize("text", UNDER)
def test_under_a_key_that_says_so_names_of_any_ending_are_hosts(text: str) -> None:
    assert names_under(text) == list(dict.fromkeys(UNDER[text]))


@pytest.mark.parametrize(
    ("key", "anywhere", "line"),
    [
        ("host", True, True),
        ("s3_endpoint", True, True),
        ("bootstrap_servers", True, True),
        ("spark.driver.hostName", True, True),
        ("metadata.broker.list", True, True),
        ("seed-1", True, False),
        ("addresses", True, False),
        ("nodes", True, False),
        ("-Dhttps.proxyHost", True, False),
        ("curl", True, False),
        ("server", True, False),
        ("host_key", False, False),
        ("spark.app.name", False, False),
        ("name", False, False),
        ("", False, False),
    ],
)
def test_a_key_says_by_its_last_word_that_hosts_are_under_it(key: str, anywhere: bool, line: bool) -> None:
    assert (names_host(key), names_host(key, line=True)) == (anywhere, line)


def test_a_key_of_any_length_is_read_at_once() -> None:
    assert not names_host("host" + "1" * 10_000 + "x")
