"""Where a module names types, and the texts in them: an annotation that is a text is evaluated by whoever reads it."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress

# Their contents are values, not types.
_VALUES = frozenset({"typing.Literal"})
_FIRST_ALONE = frozenset({"typing.Annotated"})
_GENERIC = frozenset({"dict", "frozenset", "list", "set", "tuple", "type"})
_GENERIC_MODULES = ("typing.", "collections.", "pydantic.", "pulumi.")
_TYPE_MAKERS = frozenset({"typing.TypeVar", "typing.cast"})

Dotted = Callable[[ast.expr], str]


def annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """Every expression of the annotations that call nothing."""
    for annotation in _annotated(tree):
        inner = list(ast.walk(annotation))
        if not any(isinstance(each, ast.Call) for each in inner):
            yield from inner


def texts_in_types(tree: ast.Module, dotted: Dotted) -> Iterator[tuple[int, ast.Module]]:
    """Each text that stands for a type, read as the expression that it is, with its line.

    What isn't an expression can't be evaluated either, and is left out.
    """
    for root in (*_annotated(tree), *_types_by_use(tree, dotted)):
        for node in _types_in(root, dotted):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                with suppress(SyntaxError, ValueError):
                    yield node.lineno, ast.parse(f"_: {node.value.strip()}")


def _annotated(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
        if annotation is not None:
            yield annotation


def _types_by_use(tree: ast.Module, dotted: Dotted) -> Iterator[ast.expr]:
    """What is a type by where it stands: in the brackets of a generic type, or given to what makes types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_generic(node.value, dotted):
            yield node
        elif isinstance(node, ast.Call) and dotted(node.func) in _TYPE_MAKERS:
            yield from (*node.args, *(keyword.value for keyword in node.keywords))


def _types_in(node: ast.AST, dotted: Dotted) -> Iterator[ast.AST]:
    if isinstance(node, ast.Subscript):
        name = dotted(node.value)
        if name in _VALUES:
            return
        if name in _FIRST_ALONE and isinstance(node.slice, ast.Tuple):
            yield from _types_in(node.slice.elts[0], dotted)
            return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _types_in(child, dotted)


def _is_generic(node: ast.expr, dotted: Dotted) -> bool:
    name = dotted(node) or (node.id if isinstance(node, ast.Name) else "")
    return name in _GENERIC or name.startswith(_GENERIC_MODULES)
