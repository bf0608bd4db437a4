"""What people paste without knowing: marks no one sees, that change how text reads."""

import re

from django.core.validators import RegexValidator

# Direction marks (they turn « exe.pdf » into « fdp.exe »), zero-width spaces and
# control characters. NUL is left to the form fields, which refuse it in words.
_INVISIBLE = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)

is_name = RegexValidator(
    r"^[^\W\d_](?:[^\W\d_]|[\u0300-\u036f '’.\-])*\Z",
    "Un nom s'écrit avec des lettres, des espaces, des traits d'union et des "
    "apostrophes.",
)
is_postal_code = RegexValidator(
    r"^[0-9A-Za-z][0-9A-Za-z -]{2,9}\Z",
    "Ce code postal n'existe pas. Exemple : 47000.",
)


def without_invisible_marks(data):
    """The same posted data, without what the sender could not see either."""
    cleaned = data.copy()
    for name, values in data.lists():
        cleaned.setlist(name, [_INVISIBLE.sub("", value) for value in values])
    return cleaned
