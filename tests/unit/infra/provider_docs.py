"""The docstring of an argument in the installed provider package, read without importing it."""

import re
from functools import cache
from pathlib import Path

from provider_schema import resource_tokens, resource_type
from provider_schema.source import class_source, module_file

_GETTER = re.compile(
    r'^    @pulumi\.getter(?:\(name="(?P<name>\w+)"\))?\n'
    r'(?:    @_utilities\.deprecated\("""(?s:.*?)"""\)\n)?'
    r"    def (?P<python_name>\w+)\(self\) -> .+:\n"
    r'        """\n(?P<text>(?s:.*?))\n        """',
    re.MULTILINE,
)
_ARGUMENTS = re.compile(r"__props__ = (\w+)\.__new__\(")


@cache
def token(type: str) -> str:
    """The token that a type such as `Core/vcn` begins."""
    return next(each for each in resource_tokens() if each.startswith(f"oci:{type}:"))


@cache
def docstring(type: str, path: str) -> str:
    """What the provider says of an argument, in one line; empty where it says nothing."""
    full = token(type)
    file = module_file(full.split(":")[1])
    assert file is not None
    arguments = _ARGUMENTS.search(class_source(file, full.rpartition(":")[2]))
    assert arguments is not None
    class_name, properties = arguments[1], resource_type(full).inputs
    *parents, last = path.replace("[]", "").split(".")
    for parent in parents:
        found = properties[parent].type.innermost.object
        assert found is not None, path
        class_name, properties, file = found.name, found.properties, file.parent / "_inputs.py"
    return _docstrings(file, class_name).get(last, "")


@cache
def _docstrings(file: Path, class_name: str) -> dict[str, str]:
    return {
        getter["name"] or getter["python_name"]: " ".join(getter["text"].split())
        for getter in _GETTER.finditer(class_source(file, class_name))
    }
