"""Stored keys: French order without the database's collation, forgiving search."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAINTS = {"saint": "st", "sainte": "ste", "saints": "sts", "saintes": "stes"}


def _words(text: str) -> str:
    """Lower case, no accent, one space wherever there was no letter or digit."""
    spelled = unicodedata.normalize("NFKC", text).lower().translate(_LIGATURES)
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", spelled)
        if not unicodedata.combining(character)
    )
    return _NOT_A_WORD.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """Order letters first and let accents decide only between equals.

    Articles are kept: « La Réunion » is filed under L, as on a road map. The
    tab that separates the two levels is smaller than any character of a word.
    """
    accented = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return f"{_words(text)}\t{accented}".replace("\0", "")


def search_key(text: str) -> str:
    """What two spellings of a name share: « St Front » and « Saint-Front »."""
    return " ".join(_SAINTS.get(word, word) for word in _words(text).split())
