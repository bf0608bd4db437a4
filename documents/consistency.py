"""What must agree: rows and files, files and their digests."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from documents import cleaning
from documents.models import Document, SignatureRequest

# Reading everything each night would cost more than it tells.
DIGESTS_A_NIGHT = 200


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    storage = Document._meta.get_field("file").storage
    present = set(cleaning.stored_paths(storage))
    kept = Document.objects.kept().order_by("pk")
    for pk, path in kept.values_list("pk", "file").iterator():
        if path not in present:
            yield f"Document {pk} : son fichier est introuvable."
    for document in kept.order_by("?")[:DIGESTS_A_NIGHT]:
        if document.file.name in present and not document.is_intact():
            yield (
                f"Document {document.pk} : son contenu ne correspond plus "
                "à son empreinte."
            )
    if orphans := len(cleaning.orphans()):
        files = "fichier" if orphans == 1 else "fichiers"
        yield f"{orphans} {files} sans document dans le stockage."
    yield from _signatures()


def _signatures() -> Iterator[str]:
    """A circuit says what its signatures say, and its file follows in the hour."""
    for request in SignatureRequest.objects.open().prefetch_related("signatories"):
        signatories = request.signatories.all()
        if all(signatory.has_signed for signatory in signatories):
            yield f"Circuit de signature {request.pk} : signé de tous, pourtant ouvert."
    hour_ago = timezone.now() - timedelta(hours=1)
    late = SignatureRequest.objects.to_file().filter(closed_at__lt=hour_ago)
    for pk in late.values_list("pk", flat=True):
        yield f"Circuit de signature {pk} : signé, sans document final."
