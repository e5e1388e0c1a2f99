"""Reads one module of the program and tells what in it goes past the engine or past the boundary.

What isn't on the lists of `words.yaml` is found. A module stands only before a dot, and whatever makes resources or
sets options is only called: so nothing reaches them by a name that this reading doesn't follow.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from policies.core.findings import Hit, Problem
from policies.core.ruleset import Sweep
from policies.program.names import Program, dotted, names_of, whole_module
from policies.program.references import Fault, References, is_data_source
from policies.program.types import annotations, texts_in_types
from policies.program.words import Words

Located = ast.stmt | ast.expr | ast.pattern
# The path of a literal, where a sweep asks for one.
_LITERAL = ("argument",)


@dataclass(frozen=True, slots=True)
class Place:
    """A problem of a rule, and the line that it is on."""

    line: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Module:
    """A module's syntax tree, the dotted name of its package, and whether it is the one that may build providers."""

    tree: ast.Module
    package: str
    builds_providers: bool


def read_module(module: Module, program: Program, words: Words, sweep: Sweep) -> Iterator[Place]:
    """What is wrong in a module, in the order of its lines."""
    yield from sorted(_Reader(module, program, words, sweep).places, key=lambda place: place.line)


class _Reader(ast.NodeVisitor):
    """Visits every expression of a module once."""

    def __init__(self, module: Module, program: Program, words: Words, sweep: Sweep) -> None:
        self._module = module
        self._names = names_of(module.tree, module.package)
        self._program = program
        self._references = References(words, program)
        self._words = words
        self._sweep = sweep
        self._annotations = set(map(id, annotations(module.tree)))
        self._called: set[int] = set()
        self._before_a_dot: set[int] = set()
        self.places: list[Place] = []
        self.visit(module.tree)
        # Whoever reads an annotation that is a text, as pydantic does, evaluates it.
        for line, expression in texts_in_types(module.tree, lambda node: dotted(node, self._names)):
            self._annotations.update(map(id, annotations(expression)))
            self.visit(ast.increment_lineno(expression, line - 1))

    def visit_Import(self, node: ast.Import) -> None:
        """`import a, b`."""
        for alias in node.names:
            self._found(node, self._references.of_import(alias.name))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from a import b`, of our own modules too: a name is what it is where it comes from."""
        module = whole_module(node, self._module.package)
        if any(alias.name == "*" for alias in node.names):
            self._says(node, "program-import", f"imports everything from {module}, and so hides what it uses")
        elif fault := self._references.of_import(module):
            self._found(node, fault)
        else:
            for alias in node.names:
                self._found(node, self._references.of_name(f"{module}.{alias.name}", self._module.builds_providers))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """`a.b.c`, taken as a whole."""
        name = self._dotted(node)
        self._attribute(node, node.attr, name)
        if not isinstance(node.ctx, ast.Load):
            self._set(node)
        self._before_a_dot.add(id(node.value))
        if name:
            self._value(node, name)
            self._parts(node.value)
        else:
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """A name that an import or an alias gave, or one of Python's own."""
        name = self._dotted(node)
        if name:
            if isinstance(node.ctx, ast.Load):
                self._value(node, name)
        elif self._words.is_denied_builtin(node.id):
            reference = self._words.reference(node.id)
            says = reference.says if reference else "uses what isn't on the list of Python's own functions"
            self._says(node, "program-import", f"{says} ({node.id})")

    def visit_Call(self, node: ast.Call) -> None:
        """A call: what it is of, what it is given, and which options it sets."""
        self._called.add(id(node.func))
        name = self._dotted(node.func)
        if is_data_source(name):
            self._literals(node)
        self._options(node, name)
        if isinstance(node.func, ast.Name) and node.func.id == "getattr":
            self._getattr(node)
        else:
            self.visit(node.func)
        for given in (*node.args, *node.keywords):
            self.visit(given)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        """`case a(b=c)` reads an attribute of any object."""
        for attribute in node.kwd_attrs:
            self._attribute(node, attribute, "")
        self._called.add(id(node.cls))
        self.generic_visit(node)

    def _dotted(self, node: ast.expr) -> str:
        return self._program.resolved(dotted(node, self._names))

    def _parts(self, node: ast.expr) -> None:
        """The attributes before the last, which are part of a name that was looked at as a whole."""
        while isinstance(node, ast.Attribute):
            self._attribute(node, node.attr, self._dotted(node))
            node = node.value
        if not isinstance(node, ast.Name):
            self.visit(node)

    def _attribute(self, node: Located, attribute: str, whole: str) -> None:
        """An attribute of anything; `whole` is the dotted name that it ends, where it has one."""
        words = self._words
        if words.is_denied_special(attribute) and not words.may_use(whole):
            self._says(node, "program-import", f"reaches for {attribute}")
        elif attribute in words.attributes:
            self._says(node, "program-import", f"{words.attributes[attribute]} ({attribute})")
        elif attribute in words.denied_options:
            self._says(node, "program-option", f"{words.denied_options[attribute]} ({attribute})")

    def _set(self, node: ast.Attribute) -> None:
        """An object is given what it has when it is made, options above all; later it sets its own alone."""
        says = self._words.denied_options_by_ordinary_words.get(node.attr)
        if says or not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            self._says(node, "program-option", f"{says or 'changes what was made already'} ({node.attr})")

    def _value(self, node: ast.expr, name: str) -> None:
        """A name that is used for what it stands for."""
        here = id(node)
        fault = self._references.of_name(name, self._module.builds_providers or here in self._annotations)
        if fault:
            self._found(node, fault)
        elif here in self._before_a_dot:
            return
        elif self._references.is_module(name):
            self._says(node, "program-import", f"hands on the module {name}; write it before a dot alone")
        elif self._references.may_only_be_called(name) and here not in self._called | self._annotations:
            self._says(node, "program-import", f"hands on {name}, which may only be called")

    def _getattr(self, call: ast.Call) -> None:
        match call.args:
            case [_, ast.Constant(value=str(attribute)), *_] if not call.keywords:
                whole = self._dotted(call)
                self._attribute(call, attribute, whole)
                if whole:
                    self._before_a_dot.add(id(call.args[0]))
                    self._value(call, whole)
            case _:
                self._says(call, "program-import", "takes an attribute whose name isn't written out (getattr)")

    def _literals(self, call: ast.Call) -> None:
        """What a data source is asked for lies inside the boundary."""
        for node in ast.walk(call):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for hit in self._sweep(_LITERAL, node.value, False):
                    self._says(node, "program-read", f"asks a data source about what {hit.problem.sentence(False)}")

    def _options(self, call: ast.Call, name: str) -> None:
        words = self._words
        is_options = name in words.option_types
        if is_options and call.args:
            self._says(call, "program-option", "sets options by their place; write each as a keyword")
        for keyword in call.keywords:
            option = keyword.arg
            if option is None:
                says = "sets options that aren't written out (**)" if is_options else ""
            elif is_options:
                says = words.option_fault(option)
            else:
                says = words.denied_options.get(option, "")
                says = says or ("sets what the SDK keeps for itself" if words.is_denied_special(option) else "")
            if says:
                self._says(keyword.value, "program-option", f"{says} ({option})" if option else says)

    def _says(self, node: Located, rule: str, says: str) -> None:
        self._found(node, Fault(rule, says))

    def _found(self, node: Located, fault: Fault | None) -> None:
        if fault:
            place = Place(node.lineno, Hit(fault.rule, Problem(fault.says)))
            if place not in self.places:
                self.places.append(place)
