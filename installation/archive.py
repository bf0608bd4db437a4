"""The whole dossier in one file, for whoever asked."""

import shutil
import tempfile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from installation import presentation
from installation.models import InstallationRequest

_IN_MEMORY = 1024 * 1024


def write(request: InstallationRequest) -> IO[bytes]:
    """A ZIP of the answers, the messages and the documents, ready to be read."""
    # Closed by the answer, once it has been sent.
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    text = render_to_string(
        "installation/archive.txt",
        {
            "dossier": request,
            "facts": presentation.facts(request),
            "thread": presentation.thread(request),
            "receipt": presentation.receipt_of(request),
        },
    )
    with ZipFile(written, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("dossier.txt", text)
        for number, attachment in enumerate(_servable(request), 1):
            name = f"documents/{number:02}-{attachment.document.name}"
            with (
                attachment.document.file.open("rb") as source,
                bundle.open(name, "w") as target,
            ):
                shutil.copyfileobj(source, target)
    written.seek(0)
    return written


def _servable(request: InstallationRequest):
    attachments = request.attachments.public().select_related("document")
    return [item for item in attachments if item.document.is_servable]
