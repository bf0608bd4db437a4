"""The only door for files sent by people: recognise, refuse or keep.

Examining never trusts the name or the declared type. Images are drawn again,
which drops their metadata (the place where a photo was taken) and anything hidden
behind the picture; office files and PDFs are kept to the byte, because their
digest may be evidence, and are refused when they can act on the reader's machine.
"""

import hashlib
import logging
import math
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from documents import archives, images, pdfs
from documents.models import Document
from documents.tasks import scan_document

logger = logging.getLogger(__name__)

MAX_SIZE = 10 * 1024 * 1024
MAX_NAME = 120

MediaType = Document.MediaType
EXTENSIONS = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.DOCX: (".docx",),
    MediaType.ODT: (".odt",),
}
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
UNAVAILABLE = (
    "Le fichier n'a pas pu être enregistré : le dépôt est momentanément "
    "indisponible. Réessayez dans quelques minutes."
)


@dataclass(frozen=True)
class Upload:
    """A file that passed every check and is not stored yet."""

    name: str
    media_type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def examine(uploaded) -> Upload:
    """Recognise the file by its content; refuse it with a sentence."""
    if isinstance(uploaded, Upload):
        return uploaded
    content = _read(uploaded)
    media_type, content = _recognise(content)
    return Upload(_clean_name(uploaded.name, media_type), media_type, content)


def receive(uploaded, *, by=None, kind: str = "") -> Document:
    """Keep a file somebody sent; held until scanned when a scanner is configured."""
    upload = examine(uploaded)
    held = bool(settings.CLAMAV_SOCKET)
    state = Document.ScanState.HELD if held else Document.ScanState.CLEAN
    document = _store(upload, by=by, kind=kind, scan_state=state)
    if held:
        # A broker that is down must not undo what the sender sees as done: the
        # sweep rings again.
        ring = partial(scan_document.delay, document.pk)
        transaction.on_commit(ring, robust=True)
    return document


def keep(content: bytes, *, name: str, media_type: str, kind: str = "") -> Document:
    """Keep a file the portal made itself: nothing to examine or to scan."""
    upload = Upload(_clean_name(name, MediaType(media_type)), media_type, content)
    return _store(upload, by=None, kind=kind, scan_state=Document.ScanState.CLEAN)


def _store(upload: Upload, *, by, kind: str, scan_state: str) -> Document:
    """Write the bytes, then the row.

    When the row is refused the bytes go at once. When the caller's transaction
    fails later, nothing tells us: the nightly sweep of `documents.tasks` removes
    files that have no row.
    """
    document = Document(
        name=upload.name,
        kind=kind,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
        scan_state=scan_state,
        uploaded_by=by,
    )
    try:
        document.file.save(upload.name, ContentFile(upload.content), save=False)
    except OSError as error:
        logger.exception("document storage refused a file")
        raise ValidationError(UNAVAILABLE, code="storage") from error
    try:
        with transaction.atomic():
            document.save()
    except BaseException:
        document.file.delete(save=False)
        raise
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


def _clean_name(name: str, media_type: str) -> str:
    """The sender's name for the file, safe to show and to put in a header."""
    name = unicodedata.normalize("NFC", str(name).replace("\\", "/"))
    name = PurePosixPath(name).name
    # Control characters, and the marks that turn « exe.pdf » into « fdp.exe ».
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"/|?*\s]+', " ", name).strip(" .")
    extensions = EXTENSIONS[media_type]
    stem, dot, extension = name.rpartition(".")
    if f".{extension.lower()}" not in extensions:
        known = {"heic", "heif", "pdf", "jpg", "jpeg", "png", "docx", "odt"}
        stem = stem if dot and extension.lower() in known else name
        extension = extensions[0].removeprefix(".")
    stem = stem.strip(" .") or "document"
    return f"{stem[: MAX_NAME - len(extension) - 1].rstrip(' .')}.{extension.lower()}"
