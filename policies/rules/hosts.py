"""Every host that a text names as something to connect to, in whatever notation: a URL, a descriptor, a bare name.

A name with dots in it may be a host, a file, a class or a setting. What tells a host is a sign: a scheme, a port, the
key that it is under (`endpoint: …`), or that it stands in quotes or alone. Some endings of hosts are also those of
files and settings (`train.py`, `user.id`), so that these need one of the first three signs.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from publicsuffixlist import PublicSuffixList

NUMBERS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.])")
PORT = re.compile(r":\d*$")
# The "host" of `oci://bucket@namespace/…` is a namespace.
IN_BUCKET = "oci://"

# The authority of a URL, `host=` as in connect descriptors, and a dotted name or number; `name:port/path` alone.
_URL = re.compile(r"(?:(?P<bucket>oci:)|[:@]|(?<![\w/]))//(?P<authority>[^/?#\\\s\"'<>)]*)", re.IGNORECASE)
_DESCRIPTOR = re.compile(r"\bhost(?:name)?\s*=\s*([^\s,;()\"']+)", re.IGNORECASE)
_WITH_PORT = re.compile(r"(?<![\w./-])([a-z0-9_-]+(?:\.[a-z0-9_-]+)+):\d{2,5}\b", re.IGNORECASE)

_NAME = r"[\w-]+(?:\.[\w-]+)+"
_BARE = re.compile(rf"(?<![\w.@/-]){_NAME}(?![\w@/-])")
_QUOTED = re.compile(rf"([\"'])({_NAME})\1")
# `endpoint: a.example`, `hosts: ["a.example", "b.example"]`, `bootstrap_servers=a.example,b.example`.
_HOST_WORD = r"(?:host|hostname|endpoint|broker|url|uri|fqdn|syslog|bootstrap|registry|upstream|namenode|mirror)s?"
_WORD = rf"(?:{_HOST_WORD}|(?:server|proxy|addr|address|peer|remote|domain|node|seed|connection|dsn)(?:e?s)?)"
_RUN = rf"(?:[\s\"'\[\](),-]*{_NAME}(?::\d+)?)+"
_AFTER_WORD = re.compile(rf"{_WORD}[\"']?\s*(?::|=>?)(?P<run>{_RUN})", re.IGNORECASE)
_AFTER_SPACE = re.compile(rf"{_WORD}[\"']?[ \t]+(?P<run>{_RUN})", re.IGNORECASE)
# A key says that hosts are under it by its last word, but for words that say nothing: `spark.driver.hostName`,
# `metadata.broker.list`. A line's key has to be one of fewer words, or to have it after a stop: `curl` isn't
# `url`, and `server app.py` starts something.
_EMPTY_WORDS = r"(?:[._-]?(?:names?|values?|lists?|strings?|default|override|\d))*"
_NAMES_HOST = re.compile(rf".*{_WORD}{_EMPTY_WORDS}", re.IGNORECASE)
_LINE_NAMES_HOST = re.compile(rf"(?:.*[._-]{_WORD}|{_HOST_WORD}){_EMPTY_WORDS}", re.IGNORECASE)
# The stops that a browser takes for a dot: https://www.unicode.org/reports/tr46/#Notation
_STOPS = str.maketrans("\u3002\uff0e\uff61", "...")
_COMMENT = re.compile(r"(?:^|\s)#.*")
# After a variable too: `${tenant}.elsewhere.example`.
_LAST_NAME = re.compile(rf"{_NAME}$")
_BETWEEN = re.compile(r"[\s,;|\"'()<>]+")
_OTHER_ADDRESS = re.compile(r"\[?(?P<six>[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*)(?:\](?::\d+)?)?|0x[0-9a-f]+", re.IGNORECASE)

# RFC 2606 and 6762, and what companies call their own networks.
_PRIVATE_ENDINGS = frozenset({"example", "test", "invalid", "local", "internal", "corp", "lan", "home", "intranet"})
_PLAIN_ENDINGS = _PRIVATE_ENDINGS | {"com", "net", "org", "edu", "gov", "mil", "int", "biz", "arpa"}
# Endings of countries that are also those of files and settings.
# fmt: off
_ALSO_WORDS = frozenset({
    "ai", "as", "at", "be", "by", "bz", "cc", "do", "id", "in", "io", "is", "it", "la", "md", "me", "ml", "mm", "mo",
    "ms", "my", "no", "pl", "ps", "py", "rs", "sh", "so", "st", "tf", "to", "us", "vi",
})
# fmt: on
_LIST = PublicSuffixList(accept_unknown=False)


def hosts_in(text: str) -> list[str]:
    """Every host with a scheme, a port or `host=` before it, and every address in numbers; ports are cut off."""
    found = (_authorities(text), _DESCRIPTOR.findall(text), _WITH_PORT.findall(text), NUMBERS.findall(text))
    return list(dict.fromkeys(chain.from_iterable(found)))


def names_in(text: str) -> list[str]:
    """Every bare name that a sign tells to be a host."""
    strong = (name for run in _AFTER_WORD.finditer(text) for name in _BARE.findall(run["run"]))
    weak = [name for run in _AFTER_SPACE.finditer(text) for name in _BARE.findall(run["run"])]
    weak += [name for _, name in _QUOTED.findall(text)]
    if _BARE.fullmatch(text.strip()):
        weak.append(text.strip())
    known = (name for name in strong if _is_ending(_ending(name)))
    return list(dict.fromkeys([*known, *(name for name in weak if _is_plain(_ending(name)))]))


def names_host(key: str, line: bool = False) -> bool:
    """Whether what stands under a key, or after it in a line, is a host."""
    return bool((_LINE_NAMES_HOST if line else _NAMES_HOST).fullmatch(key))


def names_under(text: str) -> list[str]:
    """Every host in a text that a key says to be hosts: names of any ending, addresses of any kind."""
    found: list[str] = []
    for word in _BETWEEN.split(_COMMENT.sub("", text).translate(_STOPS)):
        address = _OTHER_ADDRESS.fullmatch(word)
        if address is not None:
            found.append(address["six"] or word)
        else:
            host = word.strip("[]").rpartition("@")[2].partition("/")[0]
            name = _LAST_NAME.search(PORT.sub("", host).rstrip("."))
            found += [name[0]] if name is not None and _is_ending(_ending(name[0])) else []
    return list(dict.fromkeys(found))


def _authorities(text: str) -> Iterator[str]:
    for bucket, authority in _URL.findall(text):
        # What stands before an `@` is a user, or a bucket.
        hosts = authority.rpartition("@")[2]
        if bucket:
            yield IN_BUCKET + hosts
        else:
            # Several hosts may share one scheme; `file:///…` names none.
            yield from (PORT.sub("", host) for host in hosts.split(",") if host)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


@lru_cache(maxsize=4096)
def _is_ending(label: str) -> bool:
    try:
        label = label.encode("idna").decode()
    except UnicodeError:
        return False
    return label in _PRIVATE_ENDINGS or _LIST.publicsuffix(label) == label


def _is_plain(label: str) -> bool:
    """Whether an ending is one of hosts alone."""
    country = len(label) == 2 and label not in _ALSO_WORDS
    return label in _PLAIN_ENDINGS or (country and _is_ending(label))
