"""How long inventories are kept, and what a tenant takes away of them."""

from collections.abc import Iterator
from datetime import date
from typing import IO

from django.db import models

from accounts.models import Person
from accounts.retention import Rule, years_before
from documents import serving
from internships.actions import inventories
from internships.models import Inventory


def old_inventories(day: date) -> models.QuerySet:
    """Five years after the stay: what is owed for damage can be claimed until then."""
    over = Inventory.objects.filter(
        stay__occupation__period__endswith__lte=years_before(day, 5)
    )
    return over.filter(forgotten_at=None)


RULES = [
    Rule(
        key="internships.inventory",
        label="États des lieux, cinq ans après la fin du séjour",
        queryset=old_inventories,
        purge=inventories.forget,
    )
]


def export(person: Person) -> list[dict]:
    mine = Inventory.objects.filter(stay__occupation__request__person=person)
    return [
        {
            "document": str(inventory),
            "état": inventory.get_state_display(),
            "fait le": inventory.done_on,
            "signé le": inventory.signed_at,
            "observations": inventory.remark,
            "correction demandée": inventory.correction,
        }
        for inventory in mine.select_related("stay__occupation__room__dwelling")
    ]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    """The inventories that both signed."""
    signed = Inventory.objects.signed().filter(stay__occupation__request__person=person)
    signed = signed.exclude(circuit__signed_document=None)
    for inventory in signed.select_related("circuit__signed_document").order_by("pk"):
        document = inventory.circuit.signed_document
        content = document.is_servable and serving.opened(document)
        if content:
            yield f"états des lieux/{document.name}", content
