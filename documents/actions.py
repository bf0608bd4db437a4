from django.db import transaction

from casework.journal import record
from casework.locking import locked
from documents.models import Document


@transaction.atomic
def discard(document: Document, *, by=None) -> Document:
    """Delete the bytes for good; a trace without content remains (R-51)."""
    document = locked(document)
    storage, path = document.file.storage, document.file.name
    document.discard()
    record("documents.document.discarded", subject=document, actor=by)
    transaction.on_commit(lambda: storage.delete(path))
    return document
