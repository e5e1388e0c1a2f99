"""What the names of a program's modules stand for: imports, plain aliases, and what our own modules hand on.

Reading a name in a wider sense than Python does (a local alias counts for the whole file) can only find more.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

NOWHERE = "nowhere"
"""What a name stands for that leads to itself; no module is called so."""

Names = Mapping[str, str]
"""Each name of a module that stands for something imported, with its whole dotted name."""


@dataclass(frozen=True)
class Program:
    """The modules of a program, by dotted name, each with its names."""

    modules: Mapping[str, Names]

    def resolved(self, name: str) -> str:
        """A dotted name as it is where it comes from: `infra.place.pulumi.Output` is `pulumi.Output`.

        One that leads in a circle, which no program that runs has, is `NOWHERE`.
        """
        # Each step follows another name, so that there are no more steps than names.
        for _ in range(self._names + 1):
            module = module_of(name, self.modules)
            handed_on, _, rest = name.removeprefix(module).removeprefix(".").partition(".")
            whole = self.modules[module].get(handed_on, "") if module else ""
            if not whole or whole == name:
                return name
            name = f"{whole}.{rest}" if rest else whole
        return NOWHERE

    @cached_property
    def _names(self) -> int:
        return sum(map(len, self.modules.values()))

    def is_own(self, name: str) -> bool:
        """Whether a dotted name is something of this program."""
        return self.is_module(name.partition(".")[0])

    def is_module(self, name: str) -> bool:
        """Whether a dotted name is a module or a package of this program."""
        return name in self.modules or any(each.startswith(f"{name}.") for each in self.modules)


def module_of(name: str, modules: Collection[str]) -> str:
    """The longest of some modules that a dotted name begins with; empty where it begins with none."""
    parts = name.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((each for each in beginnings if each in modules), "")


def names_of(tree: ast.Module, package: str) -> Names:
    """The names of a module in a package (`infra.network`; empty outside of one)."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(_imported(alias) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = whole_module(node, package)
            names.update({alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names})
    # An alias of an alias needs a second look; none needs more than there are aliases.
    aliases = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)]
    for _ in aliases:
        found = {target: name for node in aliases for target, name in _alias(node, names)}
        if found.items() <= names.items():
            break
        names.update(found)
    return names


def whole_module(node: ast.ImportFrom, package: str) -> str:
    """The whole name of the module that names are imported from, where it is relative too."""
    if not node.level:
        return str(node.module)
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join(filter(None, (*parts, node.module)))


def dotted(node: ast.expr | None, names: Names) -> str:
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


def _alias(node: ast.Assign | ast.AnnAssign | ast.NamedExpr, names: Names) -> list[tuple[str, str]]:
    name = dotted(node.value, names)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [(target.id, name) for target in targets if isinstance(target, ast.Name) and name]
