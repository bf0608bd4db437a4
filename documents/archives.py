"""DOCX and ODT: zip files, known by their members and never unpacked blindly."""

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from django.core.exceptions import ValidationError

from documents.models import Document

MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
# Below this, even a high ratio is only a page of spaces.
HARMLESS = 1024 * 1024

END = b"PK\x05\x06"
ENTRY = b"PK\x01\x02"

DAMAGED = "Ce document est incomplet ou abîmé. Enregistrez-le de nouveau et réessayez."
BOMB = "Ce document est refusé : une fois ouvert, il serait démesuré."
LOCKED = (
    "Ce document est protégé par un mot de passe. Déposez une copie sans protection."
)
ACTIVE = (
    "Ce document contient des macros ou des programmes. Enregistrez-le en PDF "
    "et déposez le PDF."
)
NOT_TEXT = (
    "Ce fichier n'est pas un texte DOCX ou ODT. Les archives et les autres "
    "formats de bureautique ne sont pas acceptés : enregistrez en PDF."
)
REMOTE = (
    "Ce document va chercher un modèle ou une image sur internet. Enregistrez-le en "
    "PDF et déposez le PDF."
)
POLYGLOT = "Ce fichier est refusé : il en cache un autre."


def looks_like(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def is_hidden_in(content: bytes) -> bool:
    """Whether a zip reader would find an archive in a file of another kind."""
    return (END in content and ENTRY in content) or zipfile.is_zipfile(
        io.BytesIO(content)
    )


def check(content: bytes) -> str:
    """The media type of a sound DOCX or ODT; anything else is refused."""
    if b"%PDF-" in content[:1024]:
        raise ValidationError(POLYGLOT, code="polyglot")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_shape(content, archive, members)
            media_type = _media_type(archive)
            _check_activity(archive)
            _check_relations(archive)
            _unpack(archive, members)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        struct.error,
        EOFError,
        NotImplementedError,
        OverflowError,
        ValueError,
    ) as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    return media_type


def _check_shape(content, archive, members) -> None:
    """Judge by the directory alone, before anything is inflated."""
    end = content.rfind(END)
    if end < 0 or end + 22 + len(archive.comment) != len(content):
        raise ValidationError(POLYGLOT, code="polyglot")
    if any(member.flag_bits & 0x1 for member in members):
        raise ValidationError(LOCKED, code="locked")
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or any(
            member.file_size > HARMLESS
            and member.file_size > MAX_RATIO * max(member.compress_size, 1)
            for member in members
        )
        # Members that share the same bytes, or the same name.
        or packed > len(content)
        or len(set(names)) != len(names)
    ):
        raise ValidationError(BOMB, code="bomb")


def _media_type(archive) -> str:
    names = set(archive.namelist())
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return Document.MediaType.DOCX
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as member:
            if member.read(100).strip() == Document.MediaType.ODT.value.encode():
                return Document.MediaType.ODT
    raise ValidationError(NOT_TEXT, code="format")


ACTIVE_MEMBER = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|oleobject[^/]*|.*\.(exe|dll|js|vbs"
    r"|bat|cmd|ps1|scr|jar|class))$"
    r"|^(basic|scripts)/.+[^/]$",
    re.IGNORECASE,
)


def _check_activity(archive) -> None:
    if any(ACTIVE_MEMBER.search(name) for name in archive.namelist()):
        raise ValidationError(ACTIVE, code="active")
    if "[Content_Types].xml" in archive.namelist():
        with archive.open("[Content_Types].xml") as member:
            if b"macroenabled" in member.read(HARMLESS).lower():
                raise ValidationError(ACTIVE, code="active")


def _check_relations(archive) -> None:
    """A text may link to a page; it may not fetch a template or a frame by itself."""
    for name in archive.namelist():
        if not name.lower().endswith(".rels"):
            continue
        with archive.open(name) as member:
            content = member.read(HARMLESS + 1)
        if len(content) > HARMLESS or b"<!DOCTYPE" in content:
            raise ValidationError(REMOTE, code="remote")
        for relation in ElementTree.fromstring(content):  # noqa: S314
            is_link = relation.get("Type", "").endswith("/hyperlink")
            if relation.get("TargetMode", "").lower() == "external" and not is_link:
                raise ValidationError(REMOTE, code="remote")


def _unpack(archive, members) -> None:
    """Inflate everything once, to nowhere: the directory may have lied."""
    total = 0
    for member in members:
        with archive.open(member) as packed:
            while chunk := packed.read(256 * 1024):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise ValidationError(BOMB, code="bomb")
