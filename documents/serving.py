"""The only way out for a file; the view that calls it has checked the dossier."""

import logging
from typing import IO

from django.http import FileResponse, Http404

from documents.models import Document

logger = logging.getLogger(__name__)


def opened(document: Document) -> IO[bytes] | None:
    """The file, ready to be read; nothing when the storage has lost it."""
    try:
        return document.file.open("rb")
    except FileNotFoundError:
        logger.error("document file is missing", extra={"document": document.pk})
        return None


def picture(document: Document) -> FileResponse:
    """A photo that everybody may see, shown in a page; not found as above."""
    if document.media_type not in Document.PICTURES:
        raise Http404("document not a picture")
    response = attachment(document)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "public, max-age=86400"
    return response


def attachment(document: Document) -> FileResponse:
    """The file, to be saved and not shown; not found while held or quarantined."""
    if not document.is_servable:
        raise Http404("document not servable")
    file = opened(document)
    if file is None:
        raise Http404("document file is missing")
    response = FileResponse(
        file,
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
