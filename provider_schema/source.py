"""Where the provider's source is, and slices of it.

The source is 139 MB; only the files that a type needs are read, and of the large ones (`_inputs.py`, `outputs.py`) only
the byte range of each class is kept, so that memory doesn't grow with what was looked at.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from provider_schema.errors import SchemaError

_CLASS = re.compile(rb"^class (\w+)", re.MULTILINE)


@cache
def package_directory() -> Path:
    """Where `pulumi_oci` is installed; finding a top-level package doesn't import it.

    Raises:
        SchemaError: it is not installed.
    """
    spec = find_spec("pulumi_oci")
    if spec is None or not spec.submodule_search_locations:
        raise SchemaError("the package pulumi-oci is not installed in this Python environment; run `make setup`")
    return Path(spec.submodule_search_locations[0])


@cache
def _files(directory: Path) -> dict[str, Path]:
    return {file.stem.replace("_", ""): file for file in directory.glob("*.py")}


def module_file(module: str) -> Path | None:
    """The file of a token's middle part: `Core/drgAttachment` is in `core/drg_attachment.py`."""
    namespace, _, name = module.partition("/")
    return _files(package_directory() / namespace.lower()).get(name.lower())


@cache
def _class_ranges(file: Path) -> dict[str, tuple[int, int]]:
    """The byte range of each class, which reaches to the next one."""
    source = file.read_bytes()
    classes = list(_CLASS.finditer(source))
    ends = [following.start() for following in classes[1:]] + [len(source)]
    return {found[1].decode(): (found.start(), end) for found, end in zip(classes, ends, strict=True)}


def class_source(file: Path, name: str) -> str:
    """The text of one class.

    Raises:
        SchemaError: the file has no such class.
    """
    found = _class_ranges(file).get(name)
    if found is None:
        raise SchemaError(f"{file.name} in pulumi-oci has no class {name}; this version is laid out differently")
    start, end = found
    with file.open("rb") as source:
        source.seek(start)
        return source.read(end - start).decode()
