"""Rents that do not come: the tenant first, then the owner and the desk."""

from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from internships import owners, rent_letters
from internships.models import RentCall

Audience = LadderStep.Audience


def late_to_tenant(day: date) -> Iterator[Due]:
    yield from _late(day, lambda call: {Audience.PERSON: [call.person.email]}, {})


def late_to_owner(day: date) -> Iterator[Due]:
    desk = desk_addresses()
    link = settings.SITE_URL + reverse("internships:rents")
    yield from _late(
        day,
        lambda call: {
            Audience.PARTNER: owners.addresses(call.payee, day),
            Audience.DESK: desk,
        },
        {"lien": link},
    )


def _late(day: date, recipients: Callable, more: dict) -> Iterator[Due]:
    calls = RentCall.objects.late(day).with_list_data().order_by("due_on", "pk")
    for call in calls:
        reached = {
            audience: [address for address in addresses if address]
            for audience, addresses in recipients(call).items()
        }
        yield Due(call, call.due_on, reached, rent_letters.said(call) | more)


LADDERS = [
    Ladder(
        key="internships.rent-late",
        title="Loyer en retard",
        due=late_to_tenant,
        steps=(
            Step(8, Audience.PERSON, "internships.rent-reminder"),
            Step(15, Audience.PERSON, "internships.rent-reminder"),
        ),
    ),
    Ladder(
        key="internships.rent-very-late",
        title="Loyer très en retard : le propriétaire et le guichet",
        due=late_to_owner,
        steps=(
            Step(20, Audience.PARTNER, "internships.rent-late-owner"),
            Step(20, Audience.DESK, "internships.rent-late-owner"),
        ),
    ),
]
