"""Needs that nobody has been asked to help with for too long."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from casework import workdays
from casework.week import Line
from installation.models import InstallationRequest, Need, Referral, SharingQuestion
from installation.models.referrals import ANSWERS, RUNNING_STATES

# Working days within which a need goes to a partner, or to the person for consent.
DELAY = 2
SHOWN = 200


def lines(mine, day: date) -> Iterator[Line]:
    """One line for each dossier, from the needs nobody has in hand."""
    waiting: dict[InstallationRequest, list[Need]] = {}
    for need in _to_refer(mine, day)[:SHOWN]:
        waiting.setdefault(need.request, []).append(need)
    page = "admin:installation_installationrequest_change"
    for request, needs in waiting.items():
        since = timezone.localdate(needs[0].created_at)
        topics = ", ".join(dict.fromkeys(need.topic.name for need in needs))
        yield Line(
            due_on=workdays.add(since, DELAY),
            title=f"À orienter : {topics}",
            url=f"{reverse(page, args=[request.pk])}?onglet=besoins",
            detail=f"{request.full_name}, {request.reference}",
            who=request.case_worker.get_full_name() if request.case_worker else "",
            state="you",
            counter="needs",
        )


def _to_refer(mine, day: date):
    limit = datetime.combine(workdays.add(day, -DELAY), time.min)
    in_hand = Referral.objects.filter(
        need=OuterRef("pk"), state__in=[*RUNNING_STATES, *ANSWERS]
    )
    asked = SharingQuestion.objects.pending().filter(need=OuterRef("pk"))
    needs = Need.objects.kept().filter(
        ~Exists(in_hand),
        ~Exists(asked),
        request__in=mine.running(),
        created_at__lt=timezone.make_aware(limit),
    )
    people = "request__applicant", "request__case_worker__person"
    return needs.select_related("topic", *people).order_by("created_at", "pk")
