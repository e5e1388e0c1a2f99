"""The engine's values in JSON, as plain data: what state files, previews and event logs share.

Secrets are wrapped in objects with a signature: in clear (`plaintext`, itself JSON) or encrypted (`ciphertext`). What
is encrypted, or was left out for a reader's eyes, is a secret that isn't known: a decisive argument may not be one.
Source: pulumi/pulumi, pkg/resource/stack/deployment.go (SerializePropertyValue, MassageSecrets) and
sdk/go/common/resource/properties.go.
"""

import json
from collections.abc import Mapping
from typing import Any

from policies.core import UNKNOWN, Plain, Secret
from policies.core.notes import without_empty

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
UNKNOWN_VALUES = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # string
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)

_LEFT_OUT = "[secret]"


class Decoder:
    """Decodes values, and counts the secrets that it could not see into."""

    def __init__(self) -> None:
        self.sealed = 0

    def object(self, value: Mapping[str, Any] | None) -> dict[str, Plain]:
        """The properties of a resource.

        Raises:
            TypeError: it is no object.
        """
        if value is not None and not isinstance(value, dict):
            raise TypeError("properties are no object")
        return without_empty({key: self.plain(each) for key, each in (value or {}).items()})

    def plain(self, value: Any) -> Plain:
        """One value."""
        if isinstance(value, str):
            if value == _LEFT_OUT:
                return self._unseen()
            return UNKNOWN if value in UNKNOWN_VALUES else value
        if isinstance(value, dict):
            return self._signed(value)
        if isinstance(value, list):
            return [self.plain(each) for each in value]
        return value

    def _signed(self, value: dict[str, Any]) -> Plain:
        if value.get(SIGNATURE) != SECRET:
            # Of an asset or an archive its path, text or address is left, which is swept like everything else.
            return self.object({key: each for key, each in value.items() if key != SIGNATURE})
        if "plaintext" in value:
            return Secret(self.plain(json.loads(value["plaintext"])))
        return Secret(self.plain(value["value"])) if "value" in value else self._unseen()

    def _unseen(self) -> Secret:
        self.sealed += 1
        return Secret(UNKNOWN)
