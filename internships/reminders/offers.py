"""What must not be forgotten of placement offers: the semester that follows."""

from collections.abc import Iterator
from datetime import date, timedelta

from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from internships import offer_letters
from internships.actions import offers as actions
from internships.models import PlacementOffer, Semester

Audience = LadderStep.Audience


def to_renew(day: date) -> Iterator[Due]:
    """On line, its semester soon over, and the next one open."""
    semesters = list(Semester.objects.to_come(day))
    rows = PlacementOffer.objects.to_renew(day).filter(site__is_active=True)
    for offer in rows.select_related("semester").order_by("pk"):
        semester = actions.semester_after(offer, semesters)
        if offer.contact_email and semester:
            yield Due(
                offer,
                offer.expires_on - timedelta(days=offer.warn_days),
                {Audience.PERSON: [offer.contact_email]},
                lambda address, offer=offer, semester=semester: offer_letters.renewal(
                    offer, semester
                ),
            )


LADDERS = [
    Ladder(
        key="internships.offer-to-renew",
        title="Offre de stage à renouveler pour le semestre suivant",
        due=to_renew,
        steps=(
            Step(0, Audience.PERSON, "internships.offer-renewal"),
            Step(10, Audience.PERSON, "internships.offer-renewal"),
        ),
    ),
]
