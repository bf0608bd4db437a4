"""Interests that wait too long, for the host or for the student; and what was lived.

After the reminders the desk calls: no wish is left without an answer.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from casework.audience import desk_addresses
from casework.days import said
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from internships import interest_letters, placement_letters
from internships.models import Interest, Placement

Audience = LadderStep.Audience
# Asked too late, nobody remembers.
ASKED_FOR = timedelta(days=60)


def unanswered(day: date) -> Iterator[Due]:
    """Sent to a host, who has said nothing."""
    desk = desk_addresses()
    for interest in Interest.objects.awaiting_host().with_list_data().order_by("pk"):
        host = interest.offer.contact_email
        yield Due(
            subject=interest,
            since=timezone.localdate(interest.created_at),
            recipients={
                Audience.PARTNER: [host] if host else [],
                Audience.DESK: desk,
            },
            context=_to_host(interest, host),
        )


def _to_host(interest: Interest, host: str) -> Callable[[str], dict]:
    known = interest_letters.about_student(interest)

    def written_to(address: str) -> dict:
        context = known | {"depuis": said(interest.created_at)}
        if address == host:
            return context | {"lien": interest_letters.host_url(interest)}
        phone = interest.offer.contact_phone
        return context | {
            "numero": phone.as_national if phone else "numéro à trouver",
            "lien": interest_letters.admin_url(interest),
        }

    return written_to


def unconfirmed(day: date) -> Iterator[Due]:
    """The host has said yes, the student nothing."""
    desk = desk_addresses()
    waiting = Interest.objects.awaiting_student().with_list_data()
    for interest in waiting.order_by("pk"):
        student = interest.person.email
        yield Due(
            subject=interest,
            since=timezone.localdate(interest.answered_at),
            recipients={
                Audience.PERSON: [student] if student else [],
                Audience.DESK: desk,
            },
            context=_to_student(interest, student),
        )


def _to_student(interest: Interest, student: str) -> Callable[[str], dict]:
    def written_to(address: str) -> dict:
        context = interest_letters.about_place(interest)
        context |= {"depuis": said(interest.answered_at)}
        if address == student:
            confirm = interest_letters.site_url(interest.get_confirm_url())
            return context | {"lien": confirm}
        return context | {
            "numero": interest_letters.reached(interest.person),
            "lien": interest_letters.admin_url(interest),
        }

    return written_to


def to_assess(day: date) -> Iterator[Due]:
    """Over for less than two months, and not looked back on."""
    over = Placement.objects.over(day).filter(
        period__endswith__gt=day - ASKED_FOR, assessment=None
    )
    for placement in over.exclude(person__email="").with_list_data().order_by("pk"):
        yield Due(
            subject=placement,
            since=placement.period.upper,
            recipients={Audience.PERSON: [placement.person.email]},
            context=lambda address, placement=placement: placement_letters.assessment(
                placement, address
            ),
        )


LADDERS = [
    Ladder(
        key="internships.interest-unanswered",
        title="Intérêt pour un stage : le terrain ne répond pas",
        due=unanswered,
        steps=(
            Step(4, Audience.PARTNER, "internships.interest-reminder"),
            Step(8, Audience.PARTNER, "internships.interest-reminder"),
            Step(12, Audience.DESK, "internships.interest-call"),
        ),
    ),
    Ladder(
        key="internships.interest-unconfirmed",
        title="Intérêt accepté : l'étudiant ne confirme pas",
        due=unconfirmed,
        steps=(
            Step(3, Audience.PERSON, "internships.interest-confirm-reminder"),
            Step(7, Audience.PERSON, "internships.interest-confirm-reminder"),
            Step(10, Audience.DESK, "internships.interest-confirm-call"),
        ),
    ),
    Ladder(
        key="internships.placement-over",
        title="Stage terminé : le bilan",
        due=to_assess,
        steps=(
            Step(0, Audience.PERSON, "internships.placement-over"),
            Step(8, Audience.PERSON, "internships.placement-over"),
        ),
    ),
]
