"""Puts a mutant's code into a function that is already imported, which costs nothing beside importing it anew."""

import ast
import importlib
import inspect
import marshal
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.mutants import Mutant


def put_in(mutant: Mutant) -> bool:
    """Changes the function that the fault is in; False where it is in none, or not in the part that runs later."""
    module = importlib.import_module(mutant.module)
    source = inspect.getsource(module)
    owner: Any = module
    names: list[str] = []
    for name in mutant.scope.split("."):
        owner = vars(owner).get(name)
        names.append(name)
        if not isinstance(owner, type):
            break
    function = _function(owner)
    if function is None:
        return False
    before, after = (_code(tree, names) for tree in (ast.parse(source), mutant.tree(source)))
    if after is None or before is None or marshal.dumps(before) == marshal.dumps(after):
        return False
    try:
        function.__code__ = after
    except ValueError:  # it uses other variables of what it is in
        return False
    clear = getattr(owner, "cache_clear", None)
    if clear is not None:
        clear()
    return True


def _function(owner: Any) -> FunctionType | None:
    if isinstance(owner, property):
        owner = owner.fget
    owner = inspect.unwrap(getattr(owner, "__func__", owner)) if owner is not None else None
    return owner if isinstance(owner, FunctionType) else None


def _code(tree: ast.Module, names: list[str]) -> CodeType | None:
    code = compile(tree, "mutant", "exec")
    for name in names:
        inner = [each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name]
        if len(inner) != 1:
            return None
        code = inner[0]
    return code
