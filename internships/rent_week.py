"""Rents that do not come and incidents that last, in the week of the desk."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.week import Line, Section
from internships.models import Incident, RentCall
from internships.rent_letters import euros

SHOWN = 100
# The owner answers first; the desk calls once both reminders have gone unheard.
LATE_DAYS = 20
INCIDENT_DAYS = 7


def lines(day: date) -> Iterator[Line]:
    yield from _late_rents(day)
    yield from _incidents(day)


def _late_rents(day: date) -> Iterator[Line]:
    late = RentCall.objects.late(day - timedelta(days=LATE_DAYS)).with_list_data()
    for call in late.order_by("due_on", "pk")[:SHOWN]:
        yield Line(
            due_on=call.due_on,
            title=f"Loyer en retard : {call.person.full_name}",
            url=reverse("internships:rent-pay", args=[call.pk]),
            detail=f"{call.month_name}, {call.room}, reste {euros(call.balance)}",
            who=call.payee.name,
            phone=str(call.person.phone or ""),
        )


def _incidents(day: date) -> Iterator[Line]:
    lasting = Incident.objects.older_than(INCIDENT_DAYS, day).with_list_data()
    for incident in lasting.in_queue_order()[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(incident.reported_at),
            title=f"Incident toujours ouvert : {incident.title}",
            url=incident.get_absolute_url(),
            detail=incident.where,
            who=incident.dwelling.owner.name,
            state="wait",
            section=Section.WAITING,
            phone=incident.dwelling.owner.phone,
        )
