"""Several PDFs bound into one, still tagged and archivable (PDF/A-3b)."""

import io

import pikepdf
from django.conf import settings


def public_url(request) -> str:
    """Where a paper copy tells its reader to check it."""
    return f"{settings.SITE_URL}{request.get_absolute_url()}"


def bind(first: bytes, *others: bytes) -> bytes:
    """The pages of all, in order; title, language and metadata are the first's."""
    bound = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as document:
        for other in others:
            with pikepdf.open(io.BytesIO(other)) as added:
                _append(document, added)
        document.save(bound, deterministic_id=True)
    return bound.getvalue()


def _append(document: pikepdf.Pdf, added: pikepdf.Pdf) -> None:
    """Add the pages, and what screen readers follow: the tree of their tags.

    Each page, and each link on it, finds its tags by a number: those of the added
    pages continue where the others end.
    """
    count = len(document.pages)
    document.pages.extend(added.pages)
    pages = list(document.pages)[count:]
    if "/StructTreeRoot" not in document.Root or "/StructTreeRoot" not in added.Root:
        return
    tree = document.Root.StructTreeRoot
    branch = document.copy_foreign(added.Root.StructTreeRoot)
    numbers = tree.ParentTree.Nums
    offset = max([int(number) for number in list(numbers)[::2]], default=-1) + 1
    added_numbers = list(branch.ParentTree.Nums)
    for number, parents in zip(added_numbers[::2], added_numbers[1::2], strict=True):
        numbers.append(int(number) + offset)
        numbers.append(parents)
    for page in pages:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    kids = _as_array(tree.K)
    for element in _as_array(branch.K):
        element.P = tree
        kids.append(element)
    tree.K = kids


def _as_array(value) -> pikepdf.Array:
    return value if isinstance(value, pikepdf.Array) else pikepdf.Array([value])
