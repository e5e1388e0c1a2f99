"""Mutants of code: what can be done to one node of a module's syntax tree."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["drop", "invert", "loosen", "mistype", "swap"]

# What people read: what is said may change without a rule changing.
_TEXTS = frozenset({"says", "lets_through", "instead", "hint", "title", "why", "description", "help"})
_SAYING = frozenset({"Problem", "BoundaryError", "TypeError", "ValueError", "KeyError"})

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
}
_LOOSER = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
# One place, or one way to look for it, taken for another.
_SWAPPED = {
    "name": "key",
    "key": "name",
    "region": "realm",
    "realm": "region",
    "ocid": "namespace",
    "namespace": "ocid",
    "startswith": "endswith",
    "endswith": "startswith",
    "fullmatch": "match",
    "match": "search",
    "all": "any",
    "any": "all",
    "min": "max",
    "max": "min",
    "partition": "rpartition",
    "rpartition": "partition",
}
_WITHOUT = frozenset({"lower", "strip", "rstrip", "lstrip", "casefold", "removeprefix", "removesuffix"})
_ALWAYS = frozenset({"is_allowed_region", "is_open", "isdisjoint"})


@dataclass(frozen=True)
class Mutant:
    """One fault in one module. Its name says which, and stays when lines move."""

    name: str
    kind: Kind
    module: str
    # The function or class that it is in, dotted; empty in the module itself.
    scope: str
    # The number of the node in the order of the walk, and what takes its place.
    at: int
    node: ast.AST

    def tree(self, source: str) -> ast.Module:
        """The module with the fault."""
        tree = ast.parse(source)
        target = next(node for number, (node, _) in enumerate(_walk(tree)) if number == self.at)
        _Replace(target, copy.deepcopy(self.node)).visit(tree)
        return ast.fix_missing_locations(tree)


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.AST) -> None:
        self._target, self._replacement = target, replacement

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._target:
            return ast.copy_location(self._replacement, node)
        visited: ast.AST = super().visit(node)
        return visited


def mutants(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module."""
    found: list[Mutant] = []
    names: dict[str, int] = {}
    for number, (node, scope) in enumerate(_walk(ast.parse(source))):
        before = _short(node)
        for kind, replacement in _faults(node):
            name = f"{module}:{scope}: {kind} {before} → {_short(replacement)}"
            names[name] = names.get(name, 0) + 1
            numbered = f"{name} #{names[name]}" if names[name] > 1 else name
            found.append(Mutant(numbered, kind, module, scope, number, replacement))
    return found


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]} … {text[-27:]}"


def _walk(node: ast.AST, scope: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Every node that may be mutated, with the function or class that it is in: no annotation, docstring or message."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params"} or isinstance(node, ast.Raise):
            continue
        # In a module itself, what is in brackets are the parts of a type.
        if field == "slice" and not scope:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text(child, node):
                name = getattr(child, "name", None) if isinstance(child, ast.FunctionDef | ast.ClassDef) else None
                below = f"{scope}.{name}".strip(".") if name else scope
                yield child, scope
                yield from _walk(child, below)


def _is_text(child: ast.AST, parent: ast.AST) -> bool:
    if isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return True
    if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if isinstance(child, ast.keyword) and child.arg in _TEXTS:
        return True
    saying = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in _SAYING
    return saying and isinstance(child, ast.Constant)


def _faults(node: ast.AST) -> Iterator[tuple[Kind, ast.AST]]:  # noqa: PLR0912 - a table of node types
    match node:
        case ast.Expr() | ast.AugAssign() | ast.Continue():
            yield "drop", ast.Pass()
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield "drop", ast.Return(ast.Constant(None))
        case ast.If() | ast.While() | ast.IfExp():
            yield from _conditions(node)
        case ast.comprehension(ifs=[_, *_]):
            yield from _filters(node)
        case ast.BoolOp():
            for left_out in range(len(node.values)):
                kept = node.values[:left_out] + node.values[left_out + 1 :]
                yield "loosen", kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
        case ast.Compare(ops=[operator]):
            yield "invert", ast.Compare(node.left, [_OPPOSITE[type(operator)]()], node.comparators)
            if type(operator) in _LOOSER:
                yield "loosen", ast.Compare(node.left, [_LOOSER[type(operator)]()], node.comparators)
        case ast.UnaryOp(op=ast.Not()):
            yield "invert", node.operand
        case ast.List() | ast.Tuple() | ast.Set() if isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield from _without_one(node)
        case ast.Dict():
            for at in range(len(node.keys)):
                yield "drop", ast.Dict(node.keys[:at] + node.keys[at + 1 :], node.values[:at] + node.values[at + 1 :])
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute(ctx=ast.Load()) if node.attr in _SWAPPED:
            yield "swap", ast.Attribute(node.value, _SWAPPED[node.attr], node.ctx)
        case ast.Name(ctx=ast.Load()) if node.id in _SWAPPED and node.id in {"all", "any", "min", "max"}:
            yield "swap", ast.Name(_SWAPPED[node.id], node.ctx)
        case ast.Constant():
            yield from _constants(node)


def _conditions(node: ast.If | ast.While | ast.IfExp) -> Iterator[tuple[Kind, ast.AST]]:
    faults: list[tuple[Kind, ast.expr]] = [
        ("invert", ast.UnaryOp(ast.Not(), node.test)),
        ("drop", ast.Constant(False)),
        ("loosen", ast.Constant(True)),
    ]
    for kind, test in faults:
        changed = copy.copy(node)
        changed.test = test
        yield kind, changed


def _filters(node: ast.comprehension) -> Iterator[tuple[Kind, ast.AST]]:
    for at, condition in enumerate(node.ifs):
        inverted = [*node.ifs[:at], ast.UnaryOp(ast.Not(), condition), *node.ifs[at + 1 :]]
        yield "invert", ast.comprehension(node.target, node.iter, inverted, node.is_async)
        yield "loosen", ast.comprehension(node.target, node.iter, node.ifs[:at] + node.ifs[at + 1 :], node.is_async)


def _without_one(node: ast.List | ast.Tuple | ast.Set) -> Iterator[tuple[Kind, ast.AST]]:
    if len(node.elts) > 1:
        for at in range(len(node.elts)):
            changed = copy.copy(node)
            changed.elts = node.elts[:at] + node.elts[at + 1 :]
            yield "drop", changed


def _calls(node: ast.Call) -> Iterator[tuple[Kind, ast.AST]]:
    if isinstance(node.func, ast.Attribute):
        if node.func.attr in _WITHOUT:
            yield "loosen", node.func.value
        if node.func.attr in _ALWAYS:
            yield "swap", ast.Constant(True)


def _constants(node: ast.Constant) -> Iterator[tuple[Kind, ast.AST]]:
    value = node.value
    if isinstance(value, bool):
        yield "invert", ast.Constant(not value)
    elif isinstance(value, int):
        yield "loosen", ast.Constant(value + 1)
    elif isinstance(value, str) and value and " " not in value:
        yield "mistype", ast.Constant(value + "x")
