"""Small files, sound and otherwise, made when asked for."""

import io
import zipfile

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

ODT = "application/vnd.oasis.opendocument.text"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def sent(content: bytes, name: str = "piece.pdf") -> SimpleUploadedFile:
    """As a browser sends it: the declared type is a lie until proven otherwise."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def pdf(change=None, **options) -> bytes:
    """One blank page; `change(document)` adds to it before it is saved."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    if change:
        change(document)
    written = io.BytesIO()
    document.save(written, **options)
    return written.getvalue()


def add_script(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def add_named_script(document):
    tree = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript)]))
    document.Root.Names = Dictionary(JavaScript=tree)


def add_launch(document):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action
    )
    document.pages[0].Annots = Array([link])


def add_attachment(document):
    document.attachments["virus.exe"] = b"MZ"


def add_link(document):
    action = Dictionary(S=Name.URI, URI=String("https://example.org"))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action
    )
    document.pages[0].Annots = Array([link])


def picture(width=60, height=40) -> Image.Image:
    """Red at the left, blue at the right: one can tell when it is turned."""
    image = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(image).rectangle([width // 2, 0, width, height], fill="blue")
    return image


def jpeg(image=None, **options) -> bytes:
    return _saved(image or picture(), "JPEG", **options)


def png(image=None, **options) -> bytes:
    return _saved(image or picture(), "PNG", **options)


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    return _saved(picture(), "HEIF", exif=exif_with_place())


def exif_with_place(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (44.0, 12.0, 13.0)
    return exif


def _saved(image, format, **options) -> bytes:
    written = io.BytesIO()
    image.save(written, format, **options)
    return written.getvalue()


def archive(members: dict, *, compression=zipfile.ZIP_DEFLATED, comment=b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
        made.comment = comment
    return written.getvalue()


def docx(more=None, **options) -> bytes:
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": "<w:document>Bonjour</w:document>",
    }
    return archive(members | (more or {}), **options)


def odt(more=None, mimetype=ODT) -> bytes:
    members = {"mimetype": mimetype, "content.xml": "<office>Bonjour</office>"}
    return archive(members | (more or {}))
