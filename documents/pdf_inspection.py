"""Run as a script: a PDF on standard input, one word about it on standard output.

It knows nothing of the portal. Its memory and time are limited (`documents.apart`):
a PDF that unfolds into gigabytes ends it, and the caller reads that as « damaged ».
"""

import io
import sys

import pikepdf

MAX_OBJECTS = 500_000

ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/RichMediaExecute",
    "/Rendition",
}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/RichMediaContent", "/XFA"}
ATTACHMENT_KEYS = {"/EmbeddedFiles", "/EF"}


def verdict(content: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.objects) > MAX_OBJECTS or not len(pdf.pages):
                return "damaged"
            for indirect in pdf.objects:
                if word := _first_danger(indirect):
                    return word
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, ValueError, TypeError, MemoryError, RecursionError):
        return "damaged"
    return "sound"


def _first_danger(indirect) -> str:
    """Look into one object and all it holds directly."""
    pending = [indirect]
    while pending:
        value = pending.pop()
        if isinstance(value, pikepdf.Array):
            pending += [item for item in value if _holds_more(item)]
        elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            keys = set(value.keys())
            if keys & ACTIVE_KEYS or str(value.get("/S", "")) in ACTIVE_ACTIONS:
                return "active"
            if keys & ATTACHMENT_KEYS:
                return "attached"
            pending += [item for _, item in value.items() if _holds_more(item)]
    return ""


def _holds_more(item) -> bool:
    direct = isinstance(item, (pikepdf.Array, pikepdf.Dictionary))
    return direct and not item.is_indirect


if __name__ == "__main__":
    sys.stdout.write(verdict(sys.stdin.buffer.read()))
