"""What the names of a module stand for: imports and plain aliases followed, wherever in the file they are.

Reading a name in a wider sense than Python does (a local alias counts for the whole file) can only find more.
"""

import ast
from collections.abc import Mapping

BUILTINS = frozenset({"eval", "exec", "compile", "__import__"})


def names_of(module: ast.Module) -> Mapping[str, str]:
    """Each name that stands for something imported, with its whole dotted name."""
    names: dict[str, str] = {name: name for name in BUILTINS}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(_imported(alias) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    # An alias of an alias needs a second look; none needs more than there are aliases.
    aliases = [node for node in ast.walk(module) if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)]
    for _ in aliases:
        found = {target: name for node in aliases for target, name in _alias(node, names)}
        if found.items() <= names.items():
            break
        names.update(found)
    return names


def dotted(node: ast.expr | None, names: Mapping[str, str]) -> str:
    """The whole dotted name of `a`, `a.b`, `getattr(a, "b")`; empty for what names nothing imported."""
    match node:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=value, attr=attribute):
            return _joined(dotted(value, names), attribute)
        case ast.NamedExpr(value=value):
            return dotted(value, names)
        case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attribute)), *_]):
            return _joined(dotted(value, names), attribute)
        case _:
            return ""


def _joined(of: str, attribute: str) -> str:
    return f"{of}.{attribute}" if of else ""


def _imported(alias: ast.alias) -> tuple[str, str]:
    # `import a.b` binds `a`.
    return (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2


def _alias(node: ast.Assign | ast.AnnAssign | ast.NamedExpr, names: Mapping[str, str]) -> list[tuple[str, str]]:
    name = dotted(node.value, names)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [(target.id, name) for target in targets if isinstance(target, ast.Name) and name]
