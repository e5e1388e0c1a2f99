"""What the program's components say of themselves, read from their source: type token, first sentence, file."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Component:
    """A component as its class declares it."""

    token: str
    says: str
    file: str

    @property
    def room(self) -> str:
        """The folder that the token names: `network` of `stateside:network:Vcn`."""
        return self.token.split(":")[1]


def components() -> dict[str, Component]:
    """Every component of the program by its type token."""
    found = (each for path in sorted((ROOT / "infra").rglob("*.py")) for each in _declared_in(path))
    return {each.token: each for each in found}


def _declared_in(path: Path) -> Iterator[Component]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and (token := _token(node)):
            says = (ast.get_docstring(node) or "").partition("\n\n")[0].replace("\n", " ")
            yield Component(token, says, path.relative_to(ROOT).as_posix())


def _token(node: ast.ClassDef) -> str:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            value = call.args[0].value
            if isinstance(value, str) and value.startswith("stateside:") and _is_super_init(call.func):
                return value
    return ""


def _is_super_init(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == "__init__"
