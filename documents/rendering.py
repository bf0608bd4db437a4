"""What the portal produces: PDFs from templates, charts from specifications."""

import io
import mimetypes
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.charts import draw as chart
from documents.charts import for_paper
from territory.models import Desk
from territory.theme import tokens

__all__ = ["chart", "pdf"]

# The fonts cut for a PDF bear the time they were cut at, unless they are told one: the
# same paper made twice is the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "946684800")

# A name for « our own static files »; nothing answers it on the network.
BASE_URL = "https://static.invalid/"


def pdf(template: str, context: dict) -> bytes:
    """An archivable (PDF/A-3b), tagged PDF made from a template.

    The template extends `documents/pdf/base.html` and gets the desk, and the
    colours of the light scheme as hexadecimal values.
    """
    desk = Desk.objects.current()
    theme = tokens(desk.brand, desk.accent)["light"]
    html = render_to_string(
        template,
        {
            "desk": desk,
            "theme": {name.replace("-", "_"): value for name, value in theme.items()},
            **context,
        },
    )
    document = HTML(
        string=for_paper(html, colours=theme),
        base_url=BASE_URL,
        url_fetcher=StaticFilesOnly(),
    )
    written = document.write_pdf(
        pdf_variant="pdf/a-3b", pdf_tags=True, font_config=FontConfiguration()
    )
    return _archivable(written)


class StaticFilesOnly(URLFetcher):
    """Reads the portal's static files and `data:`; no network, no other file."""

    def fetch(self, url, headers=None):
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = unquote(urlsplit(url).path)
        if not url.startswith(BASE_URL) or not path.startswith(settings.STATIC_URL):
            raise FatalURLFetchingError(f"not one of our static files: {url[:200]}")
        found = _static_file(path.removeprefix(settings.STATIC_URL))
        media_type = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return URLFetcherResponse(
            url, found.read_bytes(), {"Content-Type": media_type}, 200
        )


def _static_file(name: str) -> Path:
    """Where a static file is, collected (with its hash) or not."""
    collected = (Path(settings.STATIC_ROOT) / name).resolve()
    if collected.is_relative_to(settings.STATIC_ROOT) and collected.is_file():
        return collected
    with suppress(SuspiciousFileOperation):
        if found := finders.find(name):
            return Path(found)
    raise FatalURLFetchingError(f"no such static file: {name[:200]}")


def _archivable(written: bytes) -> bytes:
    """PDF/A validators refuse two things WeasyPrint leaves: empty dictionaries, and
    pictures that ask to be smoothed."""
    cleaned = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as document:
        for value in document.objects:
            if isinstance(value, pikepdf.Stream) and "/Interpolate" in value:
                del value["/Interpolate"]
            if not isinstance(value, pikepdf.Dictionary):
                continue
            for key in ("/Pattern", "/Shading"):
                if key in value and not len(value[key]):
                    del value[key]
        document.save(cleaned, deterministic_id=True)
    return cleaned.getvalue()
