"""docs/cis.md: each recommendation of the CIS benchmark, what meets it and which test shows it."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary.load import read_model

FILE = Path("docs") / "cis.md"
TESTS = "tests/unit/infra/test_cis.py"
_DATA = Path(__file__).with_name("cis.yaml")

_HEAD = f"""# CIS Oracle Cloud Infrastructure Foundations Benchmark 3.0

Each of its 54 recommendations: what meets it and which test of [{TESTS}](../{TESTS}) shows it over the recorded program
of all three stacks, or why it is met outside the program. Written by `make docs` from
[cis.yaml](../tests/documents/cis.yaml).

Three places where Oracle's report and Oracle's services disagree: a bucket with a retention rule can't have versions,
so that the buckets of evidence have the rule and no versions (5.1.3); nor can the destination of a replication policy,
so that the buckets called `-replica` have none, to which nobody can write and whose sources have them (5.1.3); and
Block Volume takes only keys with a single version, so that the key for volumes is replaced rather than rotated (4.16).
"""


class Recommendation(BaseModel):
    """One recommendation: met by files of the program and shown by a test, or met outside of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    met_by: tuple[str, ...] = ()
    shown_by: str = ""
    outside: Annotated[str, Field(description="why the program doesn't meet it")] = ""

    @model_validator(mode="after")
    def _is_met_or_not(self) -> Self:
        if bool(self.met_by and self.shown_by) == bool(self.outside):
            raise ValueError(f"{self.id} needs either met_by and shown_by, or outside")
        return self


class Recommendations(BaseModel):
    """The whole benchmark."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recommendations: tuple[Recommendation, ...]


def recommendations() -> tuple[Recommendation, ...]:
    """The benchmark as data."""
    return read_model(_DATA, Recommendations).recommendations


def text() -> str:
    """The whole document."""
    met = sum(not each.outside for each in recommendations())
    rows = [_row(each) for each in recommendations()]
    count = f"{met} of {len(rows)} are met by the program, {len(rows) - met} outside of it.\n"
    return "\n".join([_HEAD, count, "| | recommendation | met by | shown by |", "|---|---|---|---|", *rows]) + "\n"


def _row(each: Recommendation) -> str:
    if each.outside:
        return f"| {each.id} | {each.title} | outside the program | {each.outside} |"
    files = ", ".join(f"[{path}](../{path})" for path in each.met_by)
    return f"| {each.id} | {each.title} | {files} | `{each.shown_by}` |"
