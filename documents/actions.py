from django.db import transaction
from django.utils import timezone

from casework.journal import record
from casework.locking import locked
from documents.models import Document, SealCertificate


@transaction.atomic
def discard(document: Document, *, by=None) -> Document:
    """Delete the bytes for good; a trace without content remains (R-51)."""
    document = locked(document)
    storage, path = document.file.storage, document.file.name
    document.discard()
    record("documents.document.discarded", subject=document, actor=by)
    transaction.on_commit(lambda: storage.delete(path))
    return document


@transaction.atomic
def revoke_seal(certificate: SealCertificate, *, because: str, by) -> SealCertificate:
    """Declare a certificate of the seal revoked: its key was lost, or stolen."""
    certificate = locked(certificate)
    certificate.revoke(because, timezone.now())
    record("documents.seal.revoked", subject=certificate, actor=by)
    return certificate
