"""Puts a text into a form that may be shown: one line, of a bounded length, without what looks like a secret.

The rules never quote a secret value, and the engine masks those it knows. What a program prints when it fails is known
to neither.
"""

import re

_HIDDEN = "[hidden]"
# Everything that could be a credential by its form. Better a word too many is hidden than one too few.
_SECRETS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL),
    re.compile(r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|pul-)[A-Za-z0-9_-]{10,}"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    re.compile(r"/p/[A-Za-z0-9_-]{20,}(?=/n/)"),  # a pre-authenticated request
    re.compile(r"\bv1:[A-Za-z0-9+/=]{8,}:[A-Za-z0-9+/=:]{8,}"),  # what the engine encrypted
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # a name and a password in an address
    re.compile(
        r"(?i)\b(?:[\w-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credential)[\w-]*)"
        r"""["']?\s*(?:=|:(?!:|\w*::))\s*["']?(?!\[)[^\s"',;]{4,}"""
    ),
)
# Controls, surrogates, and marks that change the direction of text or can't be seen.
_ODD = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """The text in one line, what can't be seen shown as what it is: something odd."""
    return _ODD.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def masked(text: str) -> str:
    """The text without what looks like a secret."""
    for pattern in _SECRETS:
        text = pattern.sub(_HIDDEN, text)
    return text


def clipped(text: str, length: int) -> str:
    """The text, cut where it is longer, with a mark that it is."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def shown(text: str, length: int) -> str:
    """All of this at once."""
    return clipped(one_line(masked(text)), length)
