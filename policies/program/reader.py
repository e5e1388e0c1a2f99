"""Reads one module of the program and tells what in it goes past the engine or past the boundary."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.core.findings import Hit, Problem
from policies.core.ruleset import Sweep
from policies.program.names import dotted, names_of
from policies.program.words import Words

_PROVIDER = "pulumi_oci"
_OPTIONS = "pulumi.ResourceOptions"
_OURS = frozenset({"boundary", "infra"})
# Of a provider, an annotation only names the type.
_PROVIDER_RULE = "program-provider"
# The path of a literal, where a sweep asks for one.
_LITERAL = ("argument",)


@dataclass(frozen=True, slots=True)
class Place:
    """A problem of a rule, and the line that it is on."""

    line: int
    hit: Hit


class ModuleReader(ast.NodeVisitor):
    """Visits every expression of a module once. `builds_providers` is true for the one file that may."""

    def __init__(self, module: ast.Module, words: Words, sweep: Sweep, builds_providers: bool) -> None:
        self._names: Mapping[str, str] = names_of(module)
        self._words = words
        self._sweep = sweep
        self._builds_providers = builds_providers
        self._annotations = frozenset(map(id, _annotations(module)))
        self.places: list[Place] = []
        self.visit(module)

    def visit_Import(self, node: ast.Import) -> None:
        """`import a, b`."""
        for alias in node.names:
            self._import(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from a import b`; what is relative is this project's own."""
        if node.level or not node.module:
            return
        if any(alias.name == "*" for alias in node.names):
            self._found(node, "program-import", f"imports everything from {node.module}, and so hides what it uses")
        if self._import(node, node.module):
            for alias in node.names:
                self._reference(node, f"{node.module}.{alias.name}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """`a.b.c`, taken as a whole."""
        name = dotted(node, self._names)
        if name:
            self._reference(node, name)
        else:
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """A name that an import or an alias gave."""
        if isinstance(node.ctx, ast.Load):
            self._reference(node, dotted(node, self._names))

    def visit_Call(self, node: ast.Call) -> None:
        """A call: what it is of, what it is given, and which options it sets."""
        name = dotted(node.func, self._names)
        whole = dotted(node, self._names)
        if whole:
            self._reference(node, whole)
        elif self._is_hidden(node):
            self._found(node, "program-import", "takes a name that isn't written out from what it imports")
        if _is_data_source(name):
            self._literals(node)
        self._keywords(node, name)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """`options.import_ = …`."""
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in self._words.options:
                self._found(node, "program-option", self._words.options[target.attr])
        self.generic_visit(node)

    def _import(self, node: ast.stmt, module: str) -> bool:
        """Whether there is nothing to say against the module as a whole."""
        if not self._words.may_import(module):
            self._found(node, "program-import", f"imports {module}")
            return False
        return not self._reference(node, module)

    def _reference(self, node: ast.stmt | ast.expr, name: str) -> bool:
        """Whether there is something to say against the use of a name."""
        before = len(self.places)
        reference = self._words.reference(name)
        if reference is not None:
            fine = self._builds_providers or id(node) in self._annotations
            if not (fine and reference.rule == _PROVIDER_RULE):
                self._found(node, reference.rule, f"{reference.says} ({name})")
        elif _is_data_source(name) and name.removesuffix("_output") not in self._words.data_sources:
            self._found(node, "program-read", f"reads {name}, a data source that isn't on the short list")
        return len(self.places) > before

    def _is_hidden(self, call: ast.Call) -> bool:
        """Whether it is a `getattr` of something imported, by a name that is computed."""
        if not isinstance(call.func, ast.Name) or call.func.id != "getattr" or not call.args:
            return False
        of = dotted(call.args[0], self._names)
        return bool(of) and of.partition(".")[0] not in _OURS

    def _literals(self, call: ast.Call) -> None:
        """What a data source is asked for lies inside the boundary."""
        for node in ast.walk(call):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for hit in self._sweep(_LITERAL, node.value):
                    self._found(node, "program-read", f"asks a data source about what {hit.problem.sentence(False)}")

    def _keywords(self, call: ast.Call, name: str) -> None:
        options = self._words.options | (self._words.resource_options if name == _OPTIONS else {})
        for keyword in call.keywords:
            if keyword.arg in options:
                self._found(keyword.value, "program-option", f"{options[keyword.arg]} ({keyword.arg})")
            elif keyword.arg is None and name == _OPTIONS:
                self._found(keyword.value, "program-option", "sets options that aren't written out (**)")

    def _found(self, node: ast.stmt | ast.expr, rule: str, says: str) -> None:
        place = Place(node.lineno, Hit(rule, Problem(says)))
        if place not in self.places:
            self.places.append(place)


def read_source(source: str, words: Words, sweep: Sweep, builds_providers: bool) -> Iterator[Place]:
    """What is wrong in a module, in the order of its lines.

    Raises:
        SyntaxError: it is not Python.
        ValueError: it holds what no Python source may.
    """
    reader = ModuleReader(ast.parse(source), words, sweep, builds_providers)
    yield from sorted(reader.places, key=lambda place: place.line)


def _annotations(module: ast.Module) -> Iterator[ast.AST]:
    """Every expression of the annotations that call nothing."""
    for node in ast.walk(module):
        annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
        if annotation is not None:
            inner = list(ast.walk(annotation))
            if not any(isinstance(each, ast.Call) for each in inner):
                yield from inner


def _is_data_source(name: str) -> bool:
    return name.startswith(f"{_PROVIDER}.") and name.rpartition(".")[2].startswith("get_")
