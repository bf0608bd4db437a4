"""What the personal space lists of rents and incidents, for both sides."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework.days import said
from casework.space import Badge, SpaceLine
from internships.models import Dwelling, Incident, RentCall
from internships.rent_letters import euros

SHOWN = 12


def lines(person: Person) -> Iterator[SpaceLine]:
    day = timezone.localdate()
    yield from _rents(person, day)
    yield from _incidents(person)
    yield from _owner(person, day)


def _rents(person: Person, day) -> Iterator[SpaceLine]:
    unpaid = RentCall.objects.of(person).unpaid().with_list_data()
    for call in unpaid.order_by("month", "pk")[:SHOWN]:
        is_late = call.is_late(day)
        yield SpaceLine(
            title=f"Loyer de {call.month_name}",
            url=reverse("internships:rents-mine"),
            detail=str(call.room),
            badge=Badge("En retard", "danger", "clock")
            if is_late
            else Badge("À payer", "you", "clock"),
            task=f"Payer {euros(call.balance)} à {call.payee.name}",
            task_detail=f"Avant le {said(call.due_on)}.",
            task_action="Voir comment",
        )


def _incidents(person: Person) -> Iterator[SpaceLine]:
    mine = Incident.objects.of(person).open().with_list_data()
    for incident in mine.order_by("-reported_at")[:SHOWN]:
        yield SpaceLine(
            title=incident.title,
            url=incident.get_absolute_url(),
            detail=f"{incident.where}, signalé le {said(incident.reported_at)}",
            badge=Badge(incident.get_state_display().capitalize(), "info", "clock"),
        )


def _owner(person: Person, day) -> Iterator[SpaceLine]:
    """For who runs dwellings: what waits for them, in a line each."""
    open_incidents = Incident.objects.managed_by(person, day).open().count()
    if open_incidents:
        yield SpaceLine(
            title="Incidents dans nos logements",
            url=reverse("internships:incidents"),
            detail=f"{open_incidents} à traiter",
            badge=Badge("À vous", "you", "hand"),
        )
    late = RentCall.objects.payable_to(person, day).late(day).count()
    if late:
        yield SpaceLine(
            title="Loyers de nos logements",
            url=reverse("internships:rents"),
            detail=f"{late} en retard",
            badge=Badge("À vous", "you", "hand"),
        )
    acting = person.memberships.acting(day).values("organisation")
    shown_to = Q(owner__in=acting) | Q(cofinanced_by__in=acting)
    if Dwelling.objects.filter(shown_to).exists():
        yield SpaceLine(
            title="Bilan des logements",
            url=reverse("internships:occupancy"),
            detail="Nuits occupées, loyers et coût, par semestre",
            badge=Badge("À lire", "neutral", "eye"),
        )
