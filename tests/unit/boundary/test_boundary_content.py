"""The content switch: each mode has a lane with fields of its own, and only the one that is switched on counts."""

from collections.abc import Callable
from typing import Any

import pytest

from boundary import Boundary, BoundaryError, ContentField, ContentSwitch

Data = dict[str, Any]
Read = Callable[[Data], Boundary]


@pytest.fixture
def content(data: Data, lane: Data) -> Data:
    """A boundary with the lanes of both modes, switched to live."""
    data["lanes"] = []
    data["content"] = {
        "switch": "live",
        "lanes": {
            "catalogue": {**lane, "name": "catalogue-in", "fields": ["video-id", "caption"]},
            "live": {**lane, "name": "live-in", "fields": ["video-id", "media", "creator-handle"]},
        },
    }
    found: Data = data["content"]
    return found


def test_only_the_lane_of_the_mode_that_is_switched_on_counts(data: Data, content: Data, read: Read) -> None:
    for switch, names in (("off", []), ("catalogue", ["catalogue-in"]), ("live", ["live-in"])):
        content["switch"] = switch
        boundary = read(data)
        assert [lane.name for lane in boundary.lanes] == names
        assert [lane.name for lane in boundary.declared_lanes] == ["catalogue-in", "live-in"]


def test_a_bare_off_which_yaml_reads_as_false_is_off(data: Data, content: Data, read: Read) -> None:
    content["switch"] = False
    assert read(data).content.switch is ContentSwitch.OFF


def test_a_boundary_without_content_has_the_switch_off(data: Data, read: Read) -> None:
    assert read(data).content.lane is None


def test_each_mode_has_its_own_fields(data: Data, content: Data, read: Read) -> None:
    lane = read(data).content.lane
    assert lane is not None
    assert lane.fields == {ContentField.VIDEO_ID, ContentField.MEDIA, ContentField.CREATOR_HANDLE}


def test_no_field_is_personal_but_the_creators_handle() -> None:
    assert {field.value for field in ContentField} == {
        "video-id", "media", "caption", "licence", "language", "duration", "sound", "hashtags", "thumbnail",
        "published-at", "takedown", "creator-handle",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fields": ["viewer-email"]}, "content.lanes.live.fields.0: Input should be 'video-id', 'media'"),
        ({"fields": []}, "content.lanes.live.fields: Frozenset should have at least 1 item"),
        (
            {"direction": "out"},
            "content.lanes.live: lane live-in: a content lane goes in and carries content alone; correct it",
        ),
        (
            {"data_classes": ["content", "us-user"]},
            "content.lanes.live: lane live-in: a content lane goes in and carries content alone; correct it",
        ),
        ({"name": "catalogue-in"}, "lanes: two lanes are called catalogue-in; rename one"),
    ],
)
def test_a_content_lane_that_cannot_be_is_refused(
    data: Data, content: Data, read: Read, change: Data, sentence: str
) -> None:
    content["lanes"]["live"].update(change)
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value).startswith(f"boundary.yaml: {sentence}")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"switch": "on"},
            "content.switch: Input should be 'off', 'catalogue' or 'live' (it is 'on'); correct the value",
        ),
        ({"lanes": {}}, "content: switch is live, which has no lane; add lanes.live, or switch off"),
        ({"mode": "live"}, "content.mode is not a known key; remove it or correct its spelling"),
    ],
)
def test_a_switch_that_cannot_be_is_refused(data: Data, content: Data, read: Read, change: Data, sentence: str) -> None:
    content.update(change)
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value).startswith(f"boundary.yaml: {sentence}")


def test_what_is_off_has_no_lane(data: Data, content: Data, read: Read) -> None:
    content["lanes"]["off"] = {**content["lanes"]["live"], "name": "nothing-in"}
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value) == (
        "boundary.yaml: content: lanes.off: nothing comes in when the switch is off; remove its lane"
    )
