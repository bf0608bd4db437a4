import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from documents import archives, images, intake, keeping, pdfs
from documents.models import Document
from tests.documents import samples
from tests.documents.samples import sent

MediaType = Document.MediaType


def refusal(content: bytes, name: str = "piece.pdf") -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        intake.receive(sent(content, name))
    return refused.value


@pytest.mark.parametrize(
    ("content", "media_type", "extension"),
    [
        (samples.pdf(), MediaType.PDF, "pdf"),
        (samples.jpeg(), MediaType.JPEG, "jpg"),
        (samples.png(), MediaType.PNG, "png"),
        (samples.heic(), MediaType.JPEG, "jpg"),
        (samples.docx(), MediaType.DOCX, "docx"),
        (samples.odt(), MediaType.ODT, "odt"),
    ],
    ids=["pdf", "jpeg", "png", "heic", "docx", "odt"],
)
def test_a_file_is_known_by_its_content(content, media_type, extension, stored):
    document = intake.receive(sent(content, "ma pièce.xyz"))

    with document.file.open() as file:
        kept = file.read()
    assert document.media_type == media_type
    assert document.name == f"ma pièce.xyz.{extension}"
    assert document.size == len(kept)
    assert document.sha256 == hashlib.sha256(kept).hexdigest()
    assert document.is_servable
    assert len(stored()) == 1


@pytest.mark.parametrize("content", [samples.pdf(), samples.docx(), samples.odt()])
def test_a_document_is_kept_to_the_byte(content):
    document = intake.receive(sent(content))

    with document.file.open() as file:
        assert file.read() == content


def test_the_place_of_storage_says_nothing(stored):
    intake.receive(sent(samples.pdf(), "certificat Lea Martin.pdf"))
    intake.receive(sent(samples.pdf(), "certificat Lea Martin.pdf"))

    first, second = stored()
    assert first != second
    assert "Martin" not in first
    assert "pdf" not in first.rpartition("/")[2]
    assert len(first.rpartition("/")[2]) >= 32


def zip_bomb():
    return samples.docx({"word/bomb.xml": b"0" * (archives.MAX_UNPACKED + 1)})


def lying_bomb():
    """The directory says little; the member inflates to much more."""
    content = samples.docx({"word/x.xml": b"0" * 5_000_000})
    real, told = struct.pack("<L", 5_000_000), struct.pack("<L", 1_000)
    return content.replace(real, told)


def many_members():
    return samples.docx({f"word/{n}": "" for n in range(archives.MAX_MEMBERS)})


def overlapping():
    """Twice the same bytes: both entries of the directory point at one member."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "x" * 5_000)
        again = zipfile.ZipInfo("word/again.xml")
        first = made.getinfo("word/document.xml")
        for slot in ("CRC", "compress_size", "file_size", "header_offset"):
            setattr(again, slot, getattr(first, slot))
        made.filelist.append(again)
        made.NameToInfo[again.filename] = again
    return written.getvalue()


def broken_member():
    content = bytearray(samples.docx(compression=zipfile.ZIP_STORED))
    content[content.index(b"Bonjour")] ^= 0xFF
    return bytes(content)


def locked_archive():
    content = bytearray(samples.docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def huge_png():
    """Twenty thousand pixels a side, in a few bytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 20_001)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


LOCKED = {"encryption": samples.pikepdf.Encryption(owner="o", user="u")}

REFUSED = {
    "empty": (b"", "empty"),
    "executable": (b"MZ\x90\x00" + b"\0" * 500, "format"),
    "script": (b"#!/bin/sh\nrm -rf /", "format"),
    "html": (b"<!doctype html><script>alert(1)</script>", "format"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
    "gif": (b"GIF89a" + b"\0" * 50, "format"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "format"),
    "plain zip": (samples.archive({"a.txt": "a"}), "format"),
    "spreadsheet": (
        samples.archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        "format",
    ),
    "odt that is a calc": (
        samples.odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "format",
    ),
    "cut pdf": (samples.pdf()[:-200], "damaged"),
    "pdf in name only": (b"%PDF-1.7\n%%EOF", "damaged"),
    "cut jpeg": (samples.jpeg(samples.picture(400, 400))[:-900], "damaged"),
    "cut png": (samples.png(samples.picture(400, 400))[:-300], "damaged"),
    "cut heic": (samples.heic()[:-100], "damaged"),
    "cut docx": (samples.docx()[:-30], "damaged"),
    "locked pdf": (samples.pdf(**LOCKED), "locked"),
    "locked docx": (locked_archive(), "locked"),
    "scripted pdf": (samples.pdf(samples.add_script), "active"),
    "named script": (samples.pdf(samples.add_named_script), "active"),
    "script in an object stream": (
        samples.pdf(
            samples.add_script,
            object_stream_mode=samples.pikepdf.ObjectStreamMode.generate,
        ),
        "active",
    ),
    "launching pdf": (samples.pdf(samples.add_launch), "active"),
    "pdf with attachment": (samples.pdf(samples.add_attachment), "attached"),
    "docx with macros": (samples.docx({"word/vbaProject.bin": b"\0"}), "active"),
    "docm": (
        samples.archive(
            {
                "[Content_Types].xml": "application/vnd.ms-word.document."
                "macroEnabled.main+xml",
                "word/document.xml": "",
            }
        ),
        "active",
    ),
    "odt with macros": (samples.odt({"Basic/Standard/Module1.xml": ""}), "active"),
    "docx with a program": (samples.docx({"word/media/setup.exe": "MZ"}), "active"),
    "pdf then zip": (samples.pdf() + samples.archive({"a": "a"}), "polyglot"),
    "something then pdf": (b"\n" + samples.pdf(), "polyglot"),
    "zip then pdf": (samples.docx() + samples.pdf(), "polyglot"),
    "docx holding a pdf": (samples.docx(comment=samples.pdf()), "polyglot"),
    "zip in the header of a pdf": (
        samples.archive({"a": b"%PDF-1.7\n"}, compression=zipfile.ZIP_STORED),
        "polyglot",
    ),
    "jpeg then zip": (samples.jpeg() + samples.archive({"a": "a"}), "polyglot"),
    "png then jar": (
        samples.png() + samples.archive({"META-INF/MANIFEST.MF": ""}),
        "polyglot",
    ),
    "docx then bytes": (samples.docx() + b"MZ and more", "polyglot"),
    "zip bomb": (zip_bomb(), "bomb"),
    "too many members": (many_members(), "bomb"),
    "members that overlap": (overlapping(), "bomb"),
    "lying bomb": (lying_bomb(), "damaged"),
    "wrong checksum": (broken_member(), "damaged"),
    "huge png": (huge_png(), "bomb"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_file_gets_a_sentence_and_leaves_nothing(content, code, stored):
    refused = refusal(content, "piece.docx")

    [sentence] = refused.messages
    assert refused.code == code
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not Document.objects.exists()
    assert stored() == []


@pytest.mark.parametrize("save", [samples.jpeg, samples.png])
def test_a_cut_photo_is_refused_whatever_pillow_was_told(save, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)

    assert refusal(save(samples.picture(400, 400))[:-300]).code == "damaged"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"GIF89a" + b"\0" * 50, "Le format GIF n'est pas accepté. "),
        (b"{\\rtf1 bonjour}", "Le format RTF n'est pas accepté. "),
        (b"MZ\x90\0" + b"\0" * 200, "Un programme n'est pas accepté. "),
        (b"bonjour", "Ce format n'est pas accepté. "),
    ],
)
def test_a_refusal_names_the_format_when_it_is_known(content, beginning):
    [sentence] = refusal(content).messages

    assert sentence == beginning + f"Déposez {intake.ACCEPTED}."


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(samples.add_link),
        samples.pdf(encryption=samples.pikepdf.Encryption(owner="o", user="")),
        samples.pdf(linearize=True),
        samples.pdf() + b"\r\n\0\0",
        samples.docx({"word/media/image1.png": samples.png()}),
        samples.jpeg() + b"\0\0\0\x18ftypmp42 the film of a moving photo",
    ],
    ids=["link", "no printing", "linearized", "padded", "illustrated", "moving photo"],
)
def test_an_ordinary_file_is_not_refused_for_a_detail(content):
    assert intake.receive(sent(content)).is_servable


def redrawn(content: bytes) -> Image.Image:
    with intake.receive(sent(content)).file.open() as file:
        image = Image.open(file)
        image.load()
    return image


@pytest.mark.parametrize("save", [samples.jpeg, samples.png])
def test_a_photo_loses_its_metadata(save):
    image = redrawn(save(exif=samples.exif_with_place()))

    assert dict(image.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_a_heic_photo_loses_its_metadata():
    image = redrawn(samples.heic())

    assert (image.format, image.size) == ("JPEG", (60, 40))
    assert dict(image.getexif()) == {}


def test_a_photo_is_stood_upright():
    turned_left = 6  # the camera says: turn me by 90 degrees to the right

    image = redrawn(samples.jpeg(exif=samples.exif_with_place(turned_left)))

    red, _, blue = image.convert("RGB").getpixel((20, 5))
    assert image.size == (40, 60)
    assert red > 200 > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_of_any_kind_stays_a_png(mode):
    content = samples.png(Image.new(mode, (30, 20)))

    assert redrawn(content).format == "PNG"


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_any_kind_stays_a_jpeg(mode):
    content = samples.jpeg(Image.new(mode, (30, 20)))

    assert redrawn(content).format == "JPEG"


def test_a_large_photo_is_made_smaller(monkeypatch):
    monkeypatch.setattr(images, "MAX_SIDE", 30)

    assert redrawn(samples.jpeg(samples.picture(60, 40))).size == (30, 20)


def test_a_png_too_heavy_once_redrawn_becomes_a_jpeg(monkeypatch):
    monkeypatch.setattr(images, "MAX_REDRAWN", 100)

    assert redrawn(samples.png()).format == "JPEG"


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (14 * 1024 * 1024, "Le fichier pèse 14 Mo, la limite est de 10 Mo."),
        (10 * 1024 * 1024 + 1, "Le fichier pèse 10,1 Mo, la limite est de 10 Mo."),
    ],
)
def test_a_file_too_big_is_told_its_weight(size, sentence, stored):
    refused = refusal(b"%PDF-" + b"0" * (size - 5))

    assert refused.messages == [sentence]
    assert stored() == []


def test_a_size_that_lies_changes_nothing():
    file = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * intake.MAX_SIZE)
    file.size = 12

    with pytest.raises(ValidationError) as refused:
        intake.receive(file)

    assert refused.value.code == "too_big"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("diplôme.pdf", "diplôme.pdf"),
        ("DIPLOME.PDF", "DIPLOME.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\lea\\cv.pdf", "cv.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe.pdf"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        ("photo.heic", "photo.pdf"),
        ("v1.2", "v1.2.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("...", "document.pdf"),
        ('a<b>"c".pdf', "a b c.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("x" * 10_000 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(typed, kept):
    upload = SimpleUploadedFile("a.pdf", samples.pdf())
    upload._name = typed  # Django already cleans some; the intake cleans all.

    assert intake.receive(upload).name == kept


@given(st.text(max_size=300))
def test_any_name_becomes_a_short_printable_one(text):
    name = keeping.clean_name(text, MediaType.PDF)

    assert len(name) <= keeping.MAX_NAME
    assert name.isprintable()
    assert name.endswith(".pdf")
    assert "/" not in name


@given(st.binary(max_size=2_000))
def test_any_bytes_are_refused_with_a_sentence_or_known(content):
    starts = (b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
    for start in starts:
        with pytest.raises(ValidationError):
            intake.examine(SimpleUploadedFile("a", start + content))


def test_a_full_disk_is_told_in_a_sentence(storage, monkeypatch, stored):
    def refuse(name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_save", refuse)

    assert refusal(samples.pdf()).messages == [keeping.UNAVAILABLE]
    assert not Document.objects.exists()


def test_nothing_stays_stored_when_the_row_is_refused(stored):
    with pytest.raises(DataError):
        intake.receive(sent(samples.pdf()), kind="longer than a kind may be" * 3)

    assert stored() == []


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "SECONDS", 0.001)

    assert refusal(samples.pdf()).code == "damaged"


def pdf_bomb():
    """An object stream that unfolds to eight hundred megabytes."""
    squeeze = zlib.compressobj(6)
    block = b"0" * 10_000_000
    packed = b"".join(squeeze.compress(block) for _ in range(80)) + squeeze.flush()
    head = b"%PDF-1.7\n"
    stream = (
        (
            b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\n"
            b"stream\n" % len(packed)
        )
        + packed
        + b"\nendstream\nendobj\n"
    )
    table = struct.pack(">BHB", 0, 0, 0)
    table += struct.pack(">BHB", 1, len(head), 0)
    table += struct.pack(">BHB", 2, 1, 0)
    reference = (
        (
            b"3 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Length %d>>\nstream\n"
            % len(table)
        )
        + table
        + b"\nendstream\nendobj\n"
    )
    start = len(head) + len(stream)
    return head + stream + reference + b"startxref\n%d\n%%%%EOF\n" % start


def test_a_pdf_that_unfolds_without_end_ends_alone():
    assert refusal(pdf_bomb()).code == "damaged"


def test_a_checked_upload_is_not_checked_again(monkeypatch):
    upload = intake.examine(sent(samples.pdf()))
    monkeypatch.setattr(intake, "_recognise", None)

    assert intake.receive(upload).size == upload.size


def test_a_produced_file_needs_no_examination(settings):
    settings.CLAMAV_SOCKET = "/nowhere"

    document = intake.keep(b"%PDF-", name="reçu.pdf", media_type=MediaType.PDF)

    assert (document.name, document.is_servable) == ("reçu.pdf", True)


def relations(kind, mode="External"):
    """A docx whose settings point to something, as a remote template does."""
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return samples.docx(
        {
            "word/_rels/settings.xml.rels": f'<Relationships><Relationship Id="r1" '
            f'Type="{schema}/{kind}" Target="https://piege.fr/x" '
            f'TargetMode="{mode}"/></Relationships>'
        }
    )


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "frame", "image"])
def test_a_text_fetches_nothing_by_itself(kind):
    with pytest.raises(ValidationError) as refused:
        archives.check(relations(kind))

    assert refused.value.code == "remote"


@pytest.mark.parametrize(
    "content", [relations("hyperlink"), relations("image", mode="Internal")]
)
def test_a_text_may_link_to_a_page(content):
    assert archives.check(content) == Document.MediaType.DOCX


def test_relations_that_cannot_be_read_are_refused():
    with pytest.raises(ValidationError) as refused:
        archives.check(samples.docx({"word/_rels/document.xml.rels": "<Relations"}))

    assert refused.value.code == "damaged"
