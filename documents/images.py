"""Photos: drawn again, upright and without metadata."""

import io
import threading
import warnings
from contextlib import contextmanager

import pillow_heif
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageFile, ImageOps

from documents import archives
from documents.models import Document

# A phone takes 12 to 50 million pixels; a scanner at 600 dpi, 35 million.
MAX_PIXELS = 60_000_000
# What is left after redrawing prints on A4 at 300 dpi, with room to spare.
MAX_SIDE = 4_096
MAX_REDRAWN = 10 * 1024 * 1024

DAMAGED = "Cette image est incomplète ou abîmée. Prenez-la ou numérisez-la de nouveau."
TOO_LARGE = "Cette image a trop de pixels. Réduisez-la et déposez-la de nouveau."
JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"
STRICT = threading.Lock()
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def looks_like(content: bytes) -> bool:
    return content.startswith((JPEG_START, PNG_START)) or _is_heif(content)


def redraw(content: bytes) -> tuple[str, bytes]:
    """The image as JPEG or PNG, upright, with nothing else in the file."""
    if archives.is_hidden_in(content) or b"%PDF-" in content[:1024]:
        raise ValidationError(archives.POLYGLOT, code="polyglot")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _open(content)
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(TOO_LARGE, code="bomb")
            is_png = image.format == "PNG"
            with _refusing_cut_images():
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE, code="bomb") from error
    except ValidationError:
        raise
    except Exception as error:  # Decoders raise whatever they meet in a broken file.
        raise ValidationError(DAMAGED, code="damaged") from error
    image = _upright(image)
    if is_png:
        drawn = _save_png(image)
        if len(drawn) <= MAX_REDRAWN:
            return Document.MediaType.PNG, drawn
    return Document.MediaType.JPEG, _save_jpeg(image)


@contextmanager
def _refusing_cut_images():
    """WeasyPrint tells Pillow, for the whole process, to forgive cut images."""
    with STRICT:
        forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


def reduced(content: bytes, side: int) -> bytes:
    """A photo that `redraw` made, as a JPEG no wider or higher than this."""
    image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    image.thumbnail((side, side))
    return _save_jpeg(image)


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS


def _open(content: bytes) -> Image.Image:
    if not _is_heif(content):
        return Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    heif = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    if heif.size[0] * heif.size[1] > MAX_PIXELS:
        raise ValidationError(TOO_LARGE, code="bomb")
    return heif.to_pillow()


def _upright(image: Image.Image) -> Image.Image:
    image = _to_srgb(ImageOps.exif_transpose(image))
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    image.info.clear()
    return image


def _to_srgb(image: Image.Image) -> Image.Image:
    """Colours as they were meant, without carrying the profile along."""
    profile = image.info.get("icc_profile")
    has_alpha = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    target = "RGBA" if has_alpha else "L" if image.mode in ("1", "L") else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(image, source, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that cannot be read changes shades, not the text.
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert(target)


def _save_png(image: Image.Image) -> bytes:
    drawn = io.BytesIO()
    image.save(drawn, "PNG", optimize=False)
    return drawn.getvalue()


def _save_jpeg(image: Image.Image) -> bytes:
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=88, progressive=True)
    return drawn.getvalue()
