"""The whole dossier in one file, for whoever asked."""

import shutil
import tempfile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from documents import serving
from installation import presentation, recap
from installation.models import InstallationRequest

_IN_MEMORY = 1024 * 1024


def write(request: InstallationRequest) -> IO[bytes]:
    """A ZIP of the answers, the messages and the documents, ready to be read."""
    # Closed by the answer, once it has been sent.
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    missing = []
    with ZipFile(written, "w", ZIP_DEFLATED) as bundle:
        for number, attachment in enumerate(_servable(request), 1):
            content = serving.opened(attachment.document)
            if content is None:
                missing.append(attachment.document.name)
                continue
            name = f"documents/{number:02}-{attachment.document.name}"
            with content as source, bundle.open(name, "w") as target:
                shutil.copyfileobj(source, target)
        context = {
            "dossier": request,
            "facts": recap.facts(request),
            "thread": presentation.thread(request),
            "receipt": presentation.receipt_of(request),
            "missing": missing,
        }
        text = render_to_string("installation/archive.txt", context)
        bundle.writestr("dossier.txt", text)
    written.seek(0)
    return written


def _servable(request: InstallationRequest):
    attachments = request.attachments.public().select_related("document")
    return [item for item in attachments if item.document.is_servable]
