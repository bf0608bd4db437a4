from django.db import transaction

from casework.journal import record
from documents.models import Document


@transaction.atomic
def discard(document: Document, *, by=None) -> Document:
    """Delete the bytes for good; a trace without content remains (R-51)."""
    document = Document.objects.select_for_update(of=["self"], no_key=True).get(
        pk=document.pk
    )
    storage, path = document.file.storage, document.file.name
    document.discard()
    record("documents.document.discarded", subject=document, actor=by)
    transaction.on_commit(lambda: storage.delete(path))
    return document
