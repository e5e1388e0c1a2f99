"""The switch for new global content: off, changes to the migrated catalogue, or live. Each mode is a lane of its own.

A content lane also says which fields of a video may come in. The type knows no others, so that nothing personal of a
global user but the creator's handle can ever be listed.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from boundary.data_class import DataClass
from boundary.lanes import Direction, Lane


class ContentSwitch(StrEnum):
    """How far the switch is open."""

    OFF = "off"
    CATALOGUE = "catalogue"
    LIVE = "live"


class ContentField(StrEnum):
    """A field of a video that a content lane may let in."""

    VIDEO_ID = "video-id"
    MEDIA = "media"
    CAPTION = "caption"
    LICENCE = "licence"
    LANGUAGE = "language"
    DURATION = "duration"
    SOUND = "sound"
    HASHTAGS = "hashtags"
    THUMBNAIL = "thumbnail"
    PUBLISHED_AT = "published-at"
    TAKEDOWN = "takedown"
    CREATOR_HANDLE = "creator-handle"


# YAML reads a bare `off` as false.
Switch = Annotated[ContentSwitch, BeforeValidator(lambda value: ContentSwitch.OFF if value is False else value)]


class ContentLane(Lane):
    """A lane in for content alone, and the fields that may come in by it."""

    fields: Annotated[
        frozenset[ContentField], Field(min_length=1, description="the fields of a video that may come in")
    ]

    @model_validator(mode="after")
    def _content_comes_in(self) -> Self:
        if self.direction is not Direction.IN or self.data_classes != {DataClass.CONTENT}:
            raise ValueError(f"lane {self.name}: a content lane goes in and carries content alone; correct it")
        return self


class Content(BaseModel):
    """The switch, and the lane of each mode."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    switch: Annotated[Switch, Field(description="whether new global content comes in")] = ContentSwitch.OFF
    lanes: Annotated[dict[ContentSwitch, ContentLane], Field(description="by mode, the lane that it comes in by")] = {}

    @model_validator(mode="after")
    def _what_is_on_has_a_lane(self) -> Self:
        if ContentSwitch.OFF in self.lanes:
            raise ValueError("lanes.off: nothing comes in when the switch is off; remove its lane")
        if self.switch is not ContentSwitch.OFF and self.switch not in self.lanes:
            raise ValueError(f"switch is {self.switch}, which has no lane; add lanes.{self.switch}, or switch off")
        return self

    @property
    def lane(self) -> ContentLane | None:
        """The lane that is switched on."""
        return self.lanes.get(self.switch)
