"""What must agree: rows and files, files and their digests."""

import hashlib
from collections.abc import Iterator

from documents import cleaning
from documents.models import Document

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
        if document.file.name in present and not _digest_agrees(document):
            yield (
                f"Document {document.pk} : son contenu ne correspond plus "
                "à son empreinte."
            )
    if orphans := len(cleaning.orphans()):
        files = "fichier" if orphans == 1 else "fichiers"
        yield f"{orphans} {files} sans document dans le stockage."


def _digest_agrees(document: Document) -> bool:
    with document.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
