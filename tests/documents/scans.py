"""What comes back from a copier: pictures of pages, a little turned."""

import io

import pypdfium2
from PIL import Image

DPI = 150


def pictures(pdf: bytes, *, turned: float = 1.2) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    return [one.rotate(turned, expand=True, fillcolor=255) for one in drawn]


def bound(pages: list[Image.Image]) -> bytes:
    written = io.BytesIO()
    # A picture remembers those it was bound with.
    first, *others = [page.copy() for page in pages]
    first.save(
        written, "PDF", save_all=True, append_images=others, resolution=float(DPI)
    )
    return written.getvalue()


def blank() -> Image.Image:
    return Image.new("L", (1240, 1754), 255)
