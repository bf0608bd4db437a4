"""What is due at the desk about interests and placements."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from casework import workdays
from casework.week import Line, Section
from internships.models import Interest, Placement
from territory.models import Desk

SHOWN = 100


def lines(day: date) -> Iterator[Line]:
    yield from _unanswered(day)
    yield from _arrivals(day)


def _unanswered(day: date) -> Iterator[Line]:
    """A host, then a student, who have said nothing for as long as a partner may."""
    since = workdays.add(day, -Desk.objects.current().partner_wait_days)
    hosts = Interest.objects.awaiting_host().filter(created_at__date__lt=since)
    for interest in hosts.with_list_data().order_by("created_at", "pk")[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(interest.created_at),
            title=str(interest.offer.site),
            url=_url("interest", interest),
            detail=f"Stage : répondre à {interest.person.full_name}",
            state="wait",
            section=Section.WAITING,
            phone=str(interest.offer.contact_phone),
        )
    students = Interest.objects.awaiting_student().filter(answered_at__date__lt=since)
    for interest in students.with_list_data().order_by("answered_at", "pk")[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(interest.answered_at),
            title=interest.person.full_name,
            url=_url("interest", interest),
            detail=f"Stage : confirmer à {interest.offer.site}",
            state="wait",
            section=Section.WAITING,
            phone=str(interest.person.phone),
        )


def _arrivals(day: date) -> Iterator[Line]:
    """Those whose first day is this week."""
    monday = day - timedelta(days=day.weekday())
    arriving = Placement.objects.kept().filter(
        period__startswith__gte=monday,
        period__startswith__lt=monday + timedelta(days=7),
        arrived_at=None,
    )
    for placement in arriving.with_list_data().order_by("period", "pk")[:SHOWN]:
        yield Line(
            due_on=placement.period.lower,
            title=f"Arrivée : {placement.person.full_name}",
            url=_url("placement", placement),
            detail=f"{placement.get_kind_display().capitalize()}, {placement.where}, "
            f"{placement.commune.name}",
            state="run",
            section=Section.COMING,
            phone=str(placement.person.phone),
        )


def _url(model: str, row) -> str:
    return reverse(f"admin:internships_{model}_change", args=[row.pk])
