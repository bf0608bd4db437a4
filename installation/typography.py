"""French spacing in sentences that no template wrote."""

import re

NBSP = "\u00a0"
_BEFORE = re.compile(r" (?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def unbreakable(text: str) -> str:
    """The same text, whose marks and figures are never left alone on a line."""
    for space in (_BEFORE, _AFTER, _THOUSANDS):
        text = space.sub(NBSP, text)
    return text
