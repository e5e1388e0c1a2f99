"""The form that SARIF 2.1.0 asks of what we write of it, by hand from the standard: nothing else is allowed.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (section 3)
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Level = Literal["none", "note", "warning", "error"]
Index = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Message(_Strict):
    text: Annotated[str, Field(min_length=1)]


class Configuration(_Strict):
    level: Level


class RuleProperties(BaseModel):
    tags: list[str]
    # Code hosts want a number from 0.0 to 10.0, as a string.
    severity: Annotated[str, Field(alias="security-severity", pattern=r"^(10\.0|[0-9]\.[0-9])$")]


class Rule(_Strict):
    id: Annotated[str, Field(min_length=1)]
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: Configuration
    properties: RuleProperties


class Driver(_Strict):
    name: str
    rules: list[Rule]


class Tool(_Strict):
    driver: Driver


class RuleReference(_Strict):
    id: str
    index: Index


class Notification(_Strict):
    level: Level
    message: Message
    associated_rule: RuleReference | None = None


class Invocation(_Strict):
    execution_successful: bool
    notifications: Annotated[list[Notification], Field(alias="toolExecutionNotifications")]


class ArtifactLocation(_Strict):
    # A relative reference.
    uri: Annotated[str, Field(pattern=r"^[^/:\s][^:\s]*$")]


class Region(_Strict):
    start_line: Annotated[int, Field(ge=1)]


class PhysicalLocation(_Strict):
    artifact_location: ArtifactLocation
    region: Region


class LogicalLocation(_Strict):
    name: str
    fully_qualified_name: str
    kind: str


class Location(_Strict):
    physical_location: PhysicalLocation
    logical_locations: list[LogicalLocation] = []
    message: Message | None = None
    id: Index | None = None


class _Located(_Strict):
    location: Location


class Stack(_Strict):
    message: Message
    frames: Annotated[list[_Located], Field(min_length=1)]


class ThreadFlow(_Strict):
    locations: Annotated[list[_Located], Field(min_length=1, max_length=10_000)]


class CodeFlow(_Strict):
    message: Message
    thread_flows: Annotated[list[ThreadFlow], Field(min_length=1, max_length=1)]


class Automation(_Strict):
    # A category for each stack: what is behind the last slash would tell runs apart.
    id: Annotated[str, Field(pattern=r"^stateside/.+/$")]


class Result(_Strict):
    rule_id: str
    rule_index: Index
    level: Level
    message: Message
    locations: Annotated[list[Location], Field(min_length=1)]
    # The code host's own key is for the code host to fill.
    partial_fingerprints: Annotated[dict[Literal["stateside/v2"], str], Field(min_length=1)]
    related_locations: Annotated[list[Location], Field(max_length=1000)] = []
    stacks: list[Stack] = []
    code_flows: list[CodeFlow] = []
    properties: dict[str, Any]


class Run(_Strict):
    tool: Tool
    automation_details: Automation
    invocations: list[Invocation]
    results: list[Result]
    column_kind: Literal["utf16CodeUnits", "unicodeCodePoints"]
    properties: dict[str, Any]


class Log(_Strict):
    schema_: Annotated[str, Field(alias="$schema", pattern=r"^https://.*sarif-schema-2\.1\.0\.json$")]
    version: Literal["2.1.0"]
    runs: list[Run]
