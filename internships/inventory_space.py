"""What the personal space lists of inventories: those that wait for a signature."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.models import Person
from casework.days import said
from casework.space import Badge, SpaceLine
from internships.models import Inventory


def lines(person: Person) -> Iterator[SpaceLine]:
    waiting = Inventory.objects.to_sign_by(person).order_by("done_on", "pk")
    for inventory in waiting:
        yield SpaceLine(
            title=inventory.title,
            url=reverse(
                "internships:inventory-tenant",
                args=[inventory.stay_id, inventory.moment],
            ),
            detail=f"{inventory.stay.occupation.room}, le {said(inventory.done_on)}",
            badge=Badge("À signer", "you", "hand"),
            task=f"Votre signature : {inventory.title.lower()}",
            task_detail="Relisez-le ; vous pouvez aussi demander une correction.",
            task_action="Lire et signer",
        )
