"""SARIF from a stranger's run, before it goes to code scanning: only what shows a finding, as our tool and our stack.

Whoever can change the file can invent findings on the lines of his own change. He can't speak for another tool or
stack, nor bring in links, formatted text or files that aren't the repository's.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assurance.pull_request.words import shown
from boundary import BoundaryError

MAX_BYTES = 10_000_000
_MOST_RESULTS = 5_000
_MOST_STEPS, _MOST_LINES = 100, 40
_FILE = re.compile(r"^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$")
_WORD = re.compile(r"^[A-Za-z0-9/_.=-]{1,200}$")
# What makes a link of a text in brackets.
_LINK = re.compile(r"\](?=\()")
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def tamed(text: bytes, stack: str) -> str:
    """The same findings, and nothing else.

    Raises:
        BoundaryError: it is too large, or no SARIF of ours.
    """
    if len(text) > MAX_BYTES:
        raise BoundaryError(f"the SARIF file has more than {MAX_BYTES:,} bytes; it is not taken")
    try:
        (run,) = json.loads(text)["runs"]
        rules = run["tool"]["driver"]["rules"]
        made = {
            "tool": {"driver": {"name": "stateside", "rules": [_rule(each) for each in rules[:_MOST_STEPS]]}},
            "automationDetails": {"id": f"stateside/{stack}/"},
            "results": [_result(each) for each in run["results"][:_MOST_RESULTS]],
            "columnKind": "unicodeCodePoints",
        }
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise BoundaryError("the SARIF file is not of the form that is agreed; it is not taken") from None
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [made]})


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    properties = rule.get("properties", {})
    kept = {key: _word(properties[key]) for key in ("security-severity", "problem.severity") if key in properties}
    return {
        "id": _word(rule["id"]),
        "shortDescription": _message(rule["shortDescription"]),
        "fullDescription": _message(rule["fullDescription"]),
        "help": _message(rule["help"]),
        "defaultConfiguration": {"level": "error"},
        "properties": kept,
    }


def _result(result: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": _word(result["ruleId"]),
        "level": "error",
        "message": _message(result["message"]),
        "locations": _each(result["locations"], _location),
        "partialFingerprints": {
            _word(key): _word(value)
            for key, value in result.get("partialFingerprints", {}).items()
            if key.startswith("stateside/")
        },
    }
    for name, part in _PARTS.items():
        if found := result.get(name):
            made[name] = _each(found, part)
    return made


def _each(entries: Sequence[Any], part: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    return [part(each) for each in entries[:_MOST_STEPS]]


def _stack(stack: Mapping[str, Any]) -> dict[str, Any]:
    frames = _each(stack["frames"], lambda frame: {"location": _location(frame["location"])})
    return {"message": _message(stack["message"]), "frames": frames}


def _flow(flow: Mapping[str, Any]) -> dict[str, Any]:
    return {"message": _message(flow["message"]), "threadFlows": _each(flow["threadFlows"], _thread)}


def _thread(thread: Mapping[str, Any]) -> dict[str, Any]:
    return {"locations": _each(thread["locations"], lambda step: {"location": _location(step["location"])})}


def _location(location: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "physicalLocation" in location:
        physical = location["physicalLocation"]
        made["physicalLocation"] = {
            "artifactLocation": {"uri": _kept(physical["artifactLocation"]["uri"], _FILE.match)},
            "region": {"startLine": max(1, int(physical.get("region", {}).get("startLine", 1)))},
        }
    if "message" in location:
        made["message"] = _message(location["message"])
    if "id" in location:
        made["id"] = max(0, int(location["id"]))
    return made


def _message(message: Mapping[str, Any]) -> dict[str, str]:
    """A message in plain text, its lines kept and no link in it."""
    lines = str(message["text"]).splitlines()[:_MOST_LINES]
    return {"text": "\n".join(_LINK.sub("] ", shown(line, 1_000)) for line in lines) or "-"}


def _word(text: object) -> str:
    return _kept(text, _WORD.match)


def _kept(text: object, fits: Callable[[str], object]) -> str:
    if not isinstance(text, str) or not fits(text):
        raise ValueError("not of the form")
    return text


_PARTS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "relatedLocations": _location,
    "stacks": _stack,
    "codeFlows": _flow,
}
