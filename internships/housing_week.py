"""What is due at the desk about beds: who comes and goes, what ends or is missing."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.week import Line, Section
from internships.models import Dwelling, HousingRequest, Occupation, Stay

SHOWN = 100
# Before they arrive, the days within which the insurance is expected.
SOON = timedelta(days=7)


def lines(day: date) -> Iterator[Line]:
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=7)
    yield from _moves(monday, sunday)
    yield from _options(day, sunday)
    yield from _uninsured(day)
    yield from _longer()
    yield from _to_publish()


def _moves(monday: date, sunday: date) -> Iterator[Line]:
    """Those who arrive and those who leave this week."""
    stays = Occupation.objects.stays().with_list_data()
    arriving = stays.filter(
        period__startswith__gte=monday, period__startswith__lt=sunday
    )
    for stay in arriving.order_by("period", "pk")[:SHOWN]:
        yield _line(stay, stay.period.lower, "Arrivée", "run", Section.COMING)
    leaving = stays.filter(period__endswith__gte=monday, period__endswith__lt=sunday)
    for stay in leaving.order_by("period__endswith", "pk")[:SHOWN]:
        yield _line(stay, stay.period.upper, "Départ", "run", Section.COMING)


def _options(day: date, sunday: date) -> Iterator[Line]:
    """Options that nobody has confirmed and that end this week."""
    holds = Occupation.objects.holds().filter(expires_at__date__lte=sunday)
    for hold in holds.with_list_data().order_by("expires_at", "pk")[:SHOWN]:
        last = max(hold.held_until, day)
        yield _line(hold, last, "Option à confirmer", "wait", Section.COMING)


def _uninsured(day: date) -> Iterator[Line]:
    """Sent and to be read, or missing while they arrive soon."""
    coming = Stay.objects.current().filter(
        insurance_checked_at=None,
        keys_given_at=None,
        occupation__period__startswith__lte=day + SOON,
        occupation__period__endswith__gt=day,
    )
    for stay in coming.with_list_data().order_by("occupation__period", "pk")[:SHOWN]:
        is_sent = stay.insurance_sent_at is not None
        yield _line(
            stay.occupation,
            max(day, stay.occupation.period.lower),
            "Assurance à vérifier" if is_sent else "Assurance manquante",
            "you" if is_sent else "wait",
            Section.DUE,
        )


def _longer() -> Iterator[Line]:
    """They would stay longer, and somebody else is expected."""
    asked = HousingRequest.objects.exclude(stay_until=None).select_related("person")
    for request in asked.order_by("period", "pk")[:SHOWN]:
        yield Line(
            due_on=min(request.period.upper, timezone.localdate()),
            title=f"Prolongation : {request.person.full_name}",
            url=_url(request.pk),
            detail="Quelqu’un d’autre est attendu dans la chambre",
        )


def _to_publish() -> Iterator[Line]:
    """Dwellings that their owners wrote."""
    waiting = Dwelling.objects.to_publish().select_related("commune", "owner")
    waiting = waiting.defer("commune__contour").order_by("submitted_at", "pk")
    for home in waiting[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(home.submitted_at),
            title=f"Logement à publier : {home.name}",
            url=reverse("admin:internships_dwelling_change", args=[home.pk]),
            detail=home.commune.name,
            who=home.owner.name,
            phone=home.owner.phone,
        )


def _line(occupation, due_on: date, what: str, state: str, section: Section) -> Line:
    return Line(
        due_on=due_on,
        title=f"{what} : {occupation.request.person.full_name}",
        url=_url(occupation.request_id),
        detail=f"{occupation.room}, {occupation.room.dwelling.commune.name}",
        state=state,
        section=section,
        phone=str(occupation.request.person.phone),
    )


def _url(number: int) -> str:
    return reverse("admin:internships_housingrequest_change", args=[number])
