"""What the personal space lists of interests and placements, for both sides."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework.days import said
from casework.space import SpaceLine
from internships.interest_lines import badge, placement_badge
from internships.models import Interest, Placement

SHOWN = 50
# Asked too late, nobody remembers.
ASKED_FOR = timedelta(days=60)


def lines(person: Person) -> Iterator[SpaceLine]:
    yield from _interests(person)
    yield from _placements(person)
    yield from _received(person)


def _interests(person: Person) -> Iterator[SpaceLine]:
    mine = Interest.objects.of(person).open().with_list_data().order_by("rank", "pk")
    for interest in mine[:SHOWN]:
        to_confirm = interest.state == Interest.State.ACCEPTED
        yield SpaceLine(
            title=f"Stage : {interest.offer.site}",
            url=interest.get_confirm_url()
            if to_confirm
            else reverse("internships:my-placements"),
            detail=f"{interest.offer.title}, {interest.semester}",
            badge=badge(interest),
            task=f"{interest.offer.site} vous dit oui" if to_confirm else "",
            task_detail="Confirmez que vous venez, ou renoncez." if to_confirm else "",
            task_action="Répondre" if to_confirm else "",
        )


def _placements(person: Person) -> Iterator[SpaceLine]:
    day = timezone.localdate()
    mine = Placement.objects.of(person).kept().with_list_data()
    recent = mine.filter(period__endswith__gt=day - ASKED_FOR)
    for placement in recent.select_related("assessment")[:SHOWN]:
        is_over = placement.period.upper <= day
        asks = is_over and not hasattr(placement, "assessment")
        url = (
            reverse("internships:assessment", args=[placement.pk])
            if asks
            else placement.get_absolute_url()
        )
        yield SpaceLine(
            title=f"Stage : {placement.where}",
            url=url,
            detail=f"Du {said(placement.period.lower)} au {said(placement.last_on)}",
            badge=placement_badge(placement, day),
            task=f"Le bilan de votre stage à {placement.where}" if asks else "",
            task_detail="Six questions, deux minutes." if asks else "",
            task_action="Répondre" if asks else "",
        )


def _received(person: Person) -> Iterator[SpaceLine]:
    """Sent to the offers of a person, or of a body they act for."""
    waiting = Interest.objects.received_by(person, timezone.localdate())
    waiting = waiting.awaiting_host().with_list_data().order_by("created_at", "pk")
    for interest in waiting.distinct()[:SHOWN]:
        yield SpaceLine(
            title=f"{interest.person.full_name} aimerait venir en stage",
            url=interest.get_absolute_url(),
            detail=f"{interest.offer.title}, {interest.semester}",
            badge=badge(interest, for_host=True),
            task=f"{interest.person.full_name} aimerait venir en stage",
            task_detail=f"{interest.offer.title}, depuis le "
            f"{said(interest.created_at)}.",
            task_action="Répondre",
            is_listed=False,
        )
