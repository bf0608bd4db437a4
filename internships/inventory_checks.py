"""What the constraints cannot say of inventories."""

from collections.abc import Iterator

from django.db.models import Q

from internships.models import Inventory

Kind = Inventory.Kind


def checks() -> Iterator[str]:
    """A stay knows what was signed: keys, then the deposit, wait for it."""
    unknown = Q(kind=Kind.ENTRY, stay__entry_signed_at=None) | Q(
        kind=Kind.EXIT, stay__exit_signed_at=None
    )
    for inventory in Inventory.objects.signed().filter(unknown).order_by("pk"):
        yield f"État des lieux {inventory.pk} : signé, et le séjour ne le sait pas."
