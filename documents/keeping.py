"""Bytes and their row, kept together: whatever was received or made."""

import hashlib
import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from documents.models import Document

logger = logging.getLogger(__name__)

MAX_NAME = 120

MediaType = Document.MediaType
EXTENSIONS = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.DOCX: (".docx",),
    MediaType.ODT: (".odt",),
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


def keep(content: bytes, *, name: str, media_type: str, kind: str = "") -> Document:
    """Keep a file the portal made itself: nothing to examine or to scan."""
    upload = Upload(clean_name(name, MediaType(media_type)), media_type, content)
    return store(upload, by=None, kind=kind, scan_state=Document.ScanState.CLEAN)


def store(upload: Upload, *, by, kind: str, scan_state: str) -> Document:
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


def clean_name(name: str, media_type: str) -> str:
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
