"""Which arguments the provider's own text calls base64, read from the installed package."""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import provider_schema

_PARAMETER = re.compile(r":param pulumi\.Input\[[^\n]*\] (\w+): [^\n]*base[- ]?64", re.IGNORECASE)
# They say of another thing that it is in base64: a secret that an identifier names, a file on disk, an answer.
_OF_ANOTHER_THING = re.compile(
    r"\w+(Id|Ocid|SourcePath|ContentType|Template|EncodeContent)|contentType|invokeFunctionBody|configs"
)


def called_base64() -> Iterator[tuple[str, str]]:
    """Each type and argument, lists and maps left out of its path."""
    called = _names()
    for token in provider_schema.resource_tokens():
        names = called[token.split(":")[1].partition("/")[0].lower()]
        for path in provider_schema.argument_paths(token) if names else ():
            plain = path.replace("[]", "").replace("{}", "")
            if plain.rpartition(".")[2] in names:
                yield token, plain


def _names() -> dict[str, set[str]]:
    """By module, in lower case: names of arguments whose text has the word."""
    spec = find_spec("pulumi_oci")
    assert spec is not None and spec.origin is not None
    names: dict[str, set[str]] = defaultdict(set)
    for file in Path(spec.origin).parent.rglob("*.py"):
        for name in _PARAMETER.findall(file.read_text(encoding="utf-8")):
            first, *others = name.split("_")
            camel = first + "".join(other[:1].upper() + other[1:] for other in others)
            if not _OF_ANOTHER_THING.fullmatch(camel):
                names[file.parent.name].add(camel)
    return names
