"""The only door for files sent by people: recognise, refuse or keep.

Examining never trusts the name or the declared type. Images are drawn again,
which drops their metadata (the place where a photo was taken) and anything hidden
behind the picture; office files and PDFs are kept to the byte, because their
digest may be evidence, and are refused when they can act on the reader's machine.
"""

import math
from contextlib import suppress
from functools import partial

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from documents import archives, images, pdfs
from documents.keeping import Upload, clean_name, keep, store
from documents.models import Document
from documents.tasks import scan_document

__all__ = ["Upload", "examine", "keep", "receive"]

MAX_SIZE = 10 * 1024 * 1024

MediaType = Document.MediaType
ACCEPTED = "un PDF, une photo (JPEG, PNG, HEIC) ou un texte (DOCX, ODT)"
# What people send by mistake, named so that they know what to change.
OTHER_FORMATS = {
    ".gif": "Le format GIF",
    ".webp": "Le format WebP",
    ".tif": "Le format TIFF",
    ".tiff": "Le format TIFF",
    ".doc": "L'ancien format de Word ou d'Excel",
    ".rtf": "Le format RTF",
    ".rar": "Le format RAR",
    ".7z": "Le format 7z",
    ".mp4": "Un film",
    ".html": "Le format HTML",
    ".exe": "Un programme",
}


def examine(uploaded) -> Upload:
    """Recognise the file by its content; refuse it with a sentence."""
    if isinstance(uploaded, Upload):
        return uploaded
    content = _read(uploaded)
    media_type, content = _recognise(content)
    return Upload(clean_name(uploaded.name, media_type), media_type, content)


def receive(uploaded, *, by=None, kind: str = "") -> Document:
    """Keep a file somebody sent; held until scanned when a scanner is configured."""
    upload = examine(uploaded)
    held = bool(settings.CLAMAV_SOCKET)
    state = Document.ScanState.HELD if held else Document.ScanState.CLEAN
    document = store(upload, by=by, kind=kind, scan_state=state)
    if held:
        # A broker that is down must not undo what the sender sees as done: the
        # sweep rings again.
        ring = partial(scan_document.delay, document.pk)
        transaction.on_commit(ring, robust=True)
    return document


def _read(uploaded) -> bytes:
    if uploaded.size is not None and uploaded.size > MAX_SIZE:
        raise ValidationError(_too_big(uploaded.size), code="too_big")
    uploaded.seek(0)
    content = uploaded.read(MAX_SIZE + 1)
    if not content:
        raise ValidationError("Ce fichier est vide.", code="empty")
    if len(content) > MAX_SIZE:
        raise ValidationError(_too_big(len(content)), code="too_big")
    return content


def _too_big(size: int) -> str:
    """« 14 Mo », « 10,1 Mo »: rounded up, so that it never reads as allowed."""
    tenths = math.ceil(size / 1024 / 1024 * 10)
    whole, rest = divmod(tenths, 10)
    weight = f"{whole},{rest}" if rest else str(whole)
    limit = MAX_SIZE // 1024 // 1024
    return f"Le fichier pèse {weight} Mo, la limite est de {limit} Mo."


def _recognise(content: bytes) -> tuple[str, bytes]:
    """The type and the bytes to keep, by content alone."""
    if pdfs.looks_like(content):
        pdfs.check(content)
        return MediaType.PDF, content
    if archives.looks_like(content):
        return archives.check(content), content
    if images.looks_like(content):
        return images.redraw(content)
    raise ValidationError(
        f"{_what_it_seems(content)} n'est pas accepté. Déposez {ACCEPTED}.",
        code="format",
    )


def _what_it_seems(content: bytes) -> str:
    """« Le format GIF » when the file is known for something we do not take."""
    with suppress(puremagic.PureError, ValueError):
        extension = puremagic.magic_string(content)[0].extension
        return OTHER_FORMATS.get(extension, "Ce format")
    return "Ce format"
