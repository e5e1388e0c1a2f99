"""IAM: from what a statement lets somebody read, over the group, to the machines in it; and from those to what it lets
them write.

People are inside, but for vendors'. A service of Oracle's that a statement speaks of keeps the data in the region; what
it could carry elsewhere (replication, connectors) is declared as a resource.
"""

from collections.abc import Iterator

from boundary import BoundaryError, Role
from iam import Statement, StatementKind, parse_statements
from policies.core.plain import Resource
from policies.flow.compartments import Compartments
from policies.flow.denials import Denials
from policies.flow.grants import Grant, grant_of
from policies.flow.graph import Node
from policies.flow.principals import Members, Principals
from policies.flow.site import Site
from policies.flow.values import kind_of

_POLICY = "Identity/policy"
_GIVING = frozenset({StatementKind.ALLOW, StatementKind.ENDORSE, StatementKind.ADMIT})
# What can't be read may be this.
_ANYTHING = "allow any-user to manage all-resources in tenancy"


def statements(site: Site) -> None:
    """Every edge that policy statements make."""
    _Statements(site).build()


class _Statements:
    def __init__(self, site: Site) -> None:
        self._site, self._stack, self._graph = site, site.stack, site.graph
        self._compartments = Compartments(site.stack)
        self._principals = Principals(site.stack, self._compartments)
        self._stores: dict[tuple[str, str], list[Resource]] = {}
        for each in site.stack.carriers:
            for compartment in self._compartments.of(each):
                self._stores.setdefault((compartment, kind_of(each)), []).append(each)
        self._places = sorted({compartment for compartment, _ in self._stores})
        every = (statement for _, _, text in self._texts() for statement in _parsed(text))
        self._denials = Denials(every, self._compartments)

    def build(self) -> None:
        for policy, at, text in self._texts():
            hidden = self._stack.hides(policy, "statements")
            path = f"statements[{at}]"
            words = f"{path} of {self._stack.words(policy)}"
            shown = text if isinstance(text, str) and not hidden else ""
            for statement in _parsed(text):
                if statement.kind in _GIVING:
                    self._grant(policy, Node(words, urn=policy.urn, path=path, text=shown), statement, hidden)

    def _texts(self) -> Iterator[tuple[Resource, int, object]]:
        """Each text of statements, with its policy and its number there."""
        for policy in self._stack.of(_POLICY):
            for at, text in enumerate(self._stack.values(policy, "statements")):
                yield policy, at, text

    def _grant(self, policy: Resource, node: Node, statement: Statement, hidden: bool) -> None:
        if statement.subject.kind == "service":
            return
        places = self._compartments.named(statement.place)
        grant = grant_of(statement, self._stack.table, self._denials.leave(statement, places))
        if grant is None:
            return
        reading = self._graph.node(("reads", node.path, policy.urn), node) if grant.reads else None
        writing = self._graph.node(("writes", node.path, policy.urn), node) if grant.writes else None
        if reading is not None:
            self._graph.edge(self._scope(places, grant, read=True), reading)
        if writing is not None:
            self._graph.edge(writing, self._scope(places, grant, read=False))
        # By an `admit` others read here; by an `endorse` ours write there too.
        crossing = {StatementKind.ADMIT: (reading,), StatementKind.ENDORSE: (reading, writing)}
        for each in crossing.get(statement.kind, ()):
            if each is not None:
                self._site.leave(each, policy, "statement", "another tenancy")
        self._subjects(policy, statement, hidden, reading, writing)

    def _subjects(
        self, policy: Resource, statement: Statement, hidden: bool, reading: int | None, writing: int | None
    ) -> None:
        kind = statement.subject.kind
        for name in statement.subject.values or (kind,):
            shown = "" if hidden else f" {name}"
            if kind.startswith("group"):
                if self._site.boundary.role_of(name) is Role.VENDOR:
                    if reading is not None:
                        self._site.leave(reading, policy, "vendor", f"vendors' group{shown}")
                    continue
                people = self._graph.node(("people", name.casefold()), Node(f"group{shown}", stop=True))
                self._join(reading, people, writing, people)
            elif kind.startswith("dynamic-group"):
                words = f"dynamic group{shown}"
                self._machines(("group", name.casefold()), words, self._principals.of_group(name), reading, writing)
            else:
                members = self._principals.meant_by(statement.conditions)
                self._machines(("anybody", members), "any principal", members, reading, writing)

    def _machines(self, key: object, words: str, members: Members, reading: int | None, writing: int | None) -> None:
        """Reading, data goes to each member; writing, it comes from each. No member hands it to another by this."""
        given, giving = ("given", key), ("giving", key)
        new = self._graph.number(given) is None
        group = Node(words, stop=True)
        to_members, from_members = self._graph.node(given, group), self._graph.node(giving, group)
        for urn in sorted(members) if new else ():
            member = self._site.of(self._stack.by_urn[urn])
            self._graph.chain(to_members, member, from_members)
        if not members:
            # Whoever it is, he can write what he has read.
            self._graph.edge(to_members, from_members)
        self._join(reading, to_members, writing, from_members)

    def _join(self, reading: int | None, reader: int, writing: int | None, writer: int) -> None:
        if reading is not None:
            self._graph.edge(reading, reader)
        if writing is not None:
            self._graph.edge(writer, writing)

    def _scope(self, places: frozenset[str] | None, grant: Grant, read: bool) -> int:
        """A node for all stores that a grant takes in; grants that take in the same share it."""
        key = ("scope", read, places, grant.kinds, grant.classes, grant.names)
        known = self._graph.number(key)
        if known is not None:
            return known
        number = self._graph.node(key, Node(""))
        for store in self._taken_in(places, grant):
            if read:
                self._graph.edge(self._site.of(store), number)
            else:
                self._graph.edge(number, self._site.written(store))
        return number

    def _taken_in(self, places: frozenset[str] | None, grant: Grant) -> Iterator[Resource]:
        for place in self._places if places is None else sorted(places):
            for kind in sorted(grant.kinds):
                for store in self._stores.get((place, kind), ()):
                    if grant.takes_in(kind, self._stack.classes(store), self._stack.value(store, "name")):
                        yield store


def _parsed(text: object) -> tuple[Statement, ...]:
    try:
        return parse_statements(text if isinstance(text, str) else _ANYTHING)
    except BoundaryError:
        return parse_statements(_ANYTHING)
