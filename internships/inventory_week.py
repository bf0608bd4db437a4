"""Inventories that the week expects: nobody gets keys, or a deposit, without them."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from casework.week import Line
from internships.models import Inventory, Occupation, Stay

AHEAD = timedelta(days=7)


def lines(day: date) -> Iterator[Line]:
    stays = Stay.objects.filter(
        occupation__kind=Occupation.Kind.STAY, occupation__released_at=None
    ).select_related("occupation__room__dwelling", "occupation__request__person")
    arrivals = Q(
        occupation__period__startswith__lte=day + AHEAD,
        occupation__period__endswith__gt=day,
    )
    entries = stays.filter(arrivals, ~_signed(Inventory.Kind.ENTRY))
    for stay in entries.order_by("occupation__period", "pk"):
        yield _line(stay, "entree", stay.occupation.period.lower)
    leaving = stays.filter(
        _signed(Inventory.Kind.ENTRY),
        ~_signed(Inventory.Kind.EXIT),
        occupation__period__endswith__lte=day + AHEAD,
    )
    for stay in leaving.order_by("occupation__period", "pk"):
        yield _line(stay, "sortie", stay.occupation.period.upper)


def _signed(kind: str) -> Exists:
    signed = Inventory.objects.signed().filter(kind=kind)
    return Exists(signed.filter(stay=OuterRef("pk")))


def _line(stay: Stay, moment: str, due_on: date) -> Line:
    what = {"entree": "d'entrée", "sortie": "de sortie"}[moment]
    return Line(
        due_on=due_on,
        title=f"Faire signer l'état des lieux {what}",
        url=reverse("internships:inventory-detail", args=[stay.pk, moment]),
        detail=f"{stay.person.full_name}, {stay.occupation.room}",
    )
