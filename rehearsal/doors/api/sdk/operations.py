"""Every operation of Oracle's API: where it is called, with what, and what it answers.

Read once from the clients of the `oci` SDK by `ast`, and kept as JSON beside the engine for this SDK and this reader. A
client has its endpoint and base path in `base_client_init_kwargs`; a method of it is one operation and has its path,
method and parameters as literals, and the models of its body and answer in its docstring.
Source: https://github.com/oracle/oci-python-sdk, `src/oci/*/*_client.py`
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rehearsal.doors.api.sdk.sources import sdk_sources, sdk_version

# Two clients have no endpoint of their own: one signs in, one is another's twin.
_CLIENTS = "*/*_client.py"
_INIT = "base_client_init_kwargs"
_BODY = re.compile(r":param (?:obj )?(?:oci\.\w+\.models\.)?(list\[)?(?:oci\.\w+\.models\.)?(\w+)\]? (\w+):")


@dataclass(frozen=True)
class Operation:
    """One operation. `path` begins with the base path; `body` and `response` name models of `module`, or are empty.

    `host` is the template of the host name; it is empty where each resource has an endpoint of its own.
    """

    name: str
    client: str
    module: str
    host: str
    method: str
    path: str
    query: tuple[str, ...]
    headers: tuple[str, ...]
    required: tuple[str, ...]
    body: str
    response: str
    service: str

    @cached_property
    def api_name(self) -> str:
        """As the API's reference and the audit log call it: `ListVcns`."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.split("_"))

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path; a parameter is in braces."""
        return tuple(part for part in self.path.split("/") if part)

    @property
    def is_list(self) -> bool:
        """Whether it answers with many of what it names."""
        return self.name.startswith("list_")


class Table:
    """All operations of the SDK."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    @cached_property
    def by_module(self) -> Mapping[str, list[Operation]]:
        """The operations of each module of the SDK."""
        found: dict[str, list[Operation]] = {}
        for each in self.operations:
            found.setdefault(each.module, []).append(each)
        return found


def load_table(cache: Path) -> Table:
    """The table of the installed SDK; `cache` is a directory where it is kept.

    Raises:
        RehearsalError: there is no SDK.
    """
    reader = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    file = cache / f"oci-{sdk_version()}-operations-{reader}.json"
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = [each for path in sorted(sdk_sources().glob(_CLIENTS)) for each in read_client(path)]
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps([asdict(each) for each in found]), encoding="utf-8")
        partial.rename(file)
        return Table(found)
    return Table([Operation(**{name: _tuple(value) for name, value in row.items()}) for row in rows])


def read_client(path: Path) -> Iterator[Operation]:
    """The operations of one file of the SDK."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for definition in tree.body:
        if isinstance(definition, ast.ClassDef) and definition.name.endswith("Client"):
            methods = [each for each in definition.body if isinstance(each, ast.FunctionDef)]
            place = next((_literals(each, _INIT) for each in methods if each.name == "__init__"), {})
            for method in methods:
                if operation := _operation(method, definition.name, path.parent.name, place):
                    yield operation


def _operation(method: ast.FunctionDef, client: str, module: str, place: Mapping[str, Any]) -> Operation | None:
    assigned = {
        each.targets[0].id: each.value
        for each in method.body
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }
    if "resource_path" not in assigned or "base_path" not in place:
        return None
    call = next(
        (
            {word.arg: word.value for word in node.keywords}
            for node in ast.walk(method)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call_api"
        ),
        {},
    )
    found = _BODY.findall(ast.get_docstring(method, clean=False) or "")
    named = {name: f"list[{model}]" if many else model for many, model, name in found}
    body = call.get("body")
    return Operation(
        name=method.name,
        client=client,
        module=module,
        host=(place.get("service_endpoint_template") or "").removeprefix("https://"),
        method=_text(assigned["method"]),
        path=(place["base_path"].rstrip("/") + _text(assigned["resource_path"])) or "/",
        query=_keys(method, "query_params"),
        headers=tuple(each for each in _keys(method, "header_params") if each not in ("accept", "content-type")),
        required=tuple(_list(assigned.get("required_arguments"))),
        body=named.get(body.id, "object") if isinstance(body, ast.Name) else "",
        response=_text(call.get("response_type")),
        service=str(place.get("endpoint_service_name") or ""),
    )


def _literals(method: ast.FunctionDef, variable: str) -> dict[str, Any]:
    """The literal values of a dictionary that a method assigns."""
    for node in ast.walk(method):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == variable:
                pairs = zip(node.value.keys, node.value.values, strict=True)
                return {_text(key): value.value for key, value in pairs if isinstance(value, ast.Constant)}
    return {}


def _keys(method: ast.FunctionDef, variable: str) -> tuple[str, ...]:
    for node in ast.walk(method):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == variable:
                return tuple(_text(key) for key in node.value.keys)
    return ()


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _list(node: ast.expr | None) -> list[str]:
    return [_text(each) for each in node.elts] if isinstance(node, ast.List) else []


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
