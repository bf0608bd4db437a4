"""Beds: an option that nobody confirms, an insurance that does not come."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from casework.audience import desk_addresses
from casework.days import said
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from internships import housing_letters
from internships.models import Occupation, Stay

Audience = LadderStep.Audience
# Before they arrive, the days within which the insurance is expected.
SOON = timedelta(days=14)


def unconfirmed(day: date) -> Iterator[Due]:
    """Offered, and neither confirmed nor declined."""
    for occupation in Occupation.objects.holds().with_list_data().order_by("pk"):
        if occupation.held_until >= day:
            request = occupation.request
            said_of_bed = housing_letters.of_bed(occupation)
            yield Due(
                occupation,
                timezone.localdate(occupation.created_at),
                {Audience.PERSON: _addresses(request), Audience.DESK: desk_addresses()},
                said_of_bed | {"jusquau": said(occupation.held_until)},
            )


def uninsured(day: date) -> Iterator[Due]:
    """They arrive soon, and no insurance has been sent."""
    coming = Stay.objects.current().filter(
        insurance_sent_at=None,
        keys_given_at=None,
        occupation__period__startswith__lte=day + SOON,
        occupation__period__endswith__gt=day,
    )
    for stay in coming.with_list_data().order_by("pk"):
        request = stay.occupation.request
        yield Due(
            stay,
            max(
                stay.occupation.period.lower - SOON,
                timezone.localdate(stay.created_at),
            ),
            {Audience.PERSON: _addresses(request), Audience.DESK: desk_addresses()},
            housing_letters.of_bed(stay.occupation),
        )


def _addresses(request) -> list[str]:
    return [request.person.email] if request.person.email else []


LADDERS = [
    Ladder(
        key="internships.bed-unconfirmed",
        title="Option que personne ne confirme",
        due=unconfirmed,
        steps=(Step(3, Audience.PERSON, "internships.bed-reminder"),),
    ),
    Ladder(
        key="internships.stay-uninsured",
        title="Attestation d'assurance attendue avant l'arrivée",
        due=uninsured,
        steps=(Step(2, Audience.PERSON, "internships.insurance-awaited"),),
    ),
]
