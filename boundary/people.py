"""Names of people as they are compared: two that a reader would take for one are one."""

import unicodedata

# Digits and letters that look alike in many typefaces.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "$": "s", "@": "a"})


def name_fault(name: str) -> str:
    """Why a name can't be compared, and what to do; empty for one that can be."""
    letters = filter(str.isalpha, unicodedata.normalize("NFKD", name))
    strange = next((letter for letter in letters if not unicodedata.name(letter, "").startswith("LATIN ")), "")
    if strange:
        return f"{name!r} has a letter ({strange}) that isn't Latin and may look like one that is; write Latin letters"
    return "" if compared(name) else f"{name!r} is no name; write who it is"


def compared(name: str) -> str:
    """What all spellings of a name share: no case, marks, spaces or punctuation, one letter of each that look alike."""
    whole = unicodedata.normalize("NFKD", name).casefold().translate(_ALIKE)
    return "".join(char for char in whole if char.isalnum())
