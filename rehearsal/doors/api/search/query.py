"""What a query asks for, once it is read."""

from dataclasses import dataclass

ALL_FIELDS = "alladditionalfields"


@dataclass(frozen=True)
class Comparison:
    """A field, an operator and a value as it was written, without its quotes."""

    field: str
    operator: str
    value: str


@dataclass(frozen=True)
class AllOf:
    """Every part must hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """One part must hold."""

    parts: "tuple[Condition, ...]"


Condition = Comparison | AllOf | AnyOf


@dataclass(frozen=True)
class Sort:
    """The field that results are in the order of."""

    field: str
    falling: bool


@dataclass(frozen=True)
class Query:
    """A structured query; no types means all of them. Names of types and fields are as they were written."""

    types: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    where: Condition | None = None
    matching: str = ""
    sort: Sort | None = None

    @property
    def wants_all_fields(self) -> bool:
        """Whether every field beyond the summary is asked for."""
        return any(name.lower() == ALL_FIELDS for name in self.returned)
