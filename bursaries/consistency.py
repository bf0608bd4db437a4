"""What the constraints cannot say of bursaries."""

from collections.abc import Iterator

from bursaries.models import BursaryApplication


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    silent = BursaryApplication.objects.without_receipt().order_by("pk")
    for reference in silent.values_list("reference", flat=True):
        yield f"Demande {reference} : déposée sans accusé de réception (R-02)."
