"""Files that no row knows: what a transaction left when it was undone."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from documents.models import Document

FOLDER = "documents"
# An upload still in its transaction has a file and, for us, no row yet.
GRACE = timedelta(hours=6)


def stored_paths(storage: Storage, folder: str = FOLDER) -> Iterator[str]:
    """Every file below the folder, whatever the storage is."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from stored_paths(storage, f"{folder}/{name}")


def orphans() -> list[str]:
    """Paths of files older than the grace that belong to no document."""
    storage = Document._meta.get_field("file").storage
    before = timezone.now() - GRACE
    paths = list(stored_paths(storage))
    known = set(Document.objects.kept().values_list("file", flat=True))
    unknown = (path for path in paths if path not in known)
    return [path for path in unknown if storage.get_modified_time(path) < before]


def remove_orphans() -> int:
    """Delete them; say how many."""
    storage = Document._meta.get_field("file").storage
    paths = orphans()
    for path in paths:
        storage.delete(path)
    return len(paths)
