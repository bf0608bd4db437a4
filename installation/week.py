"""What is due at the desk in installation."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from casework import workdays
from casework.actions import covered_by
from casework.week import Line, Section, standing
from installation import aid_week, coming_week, following_week, given_back, need_week
from installation.models import (
    InstallationRequest,
    Referral,
    ReferralMessage,
    State,
)
from territory.models import Desk, Organisation

SHOWN = 200
SILENCE = timedelta(days=60)


def lines(user, day: date) -> Iterator[Line]:
    """Mine, those of whom I stand in for, and those nobody follows."""
    if not roles.is_desk(user):
        return
    covered = covered_by(user, day)
    mine = InstallationRequest.objects.open().filter(
        Q(case_worker__in=[user, *covered]) | Q(case_worker=None)
    )
    yield from _due(mine, covered, day)
    yield from following_week.lines(mine, covered, day)
    yield from _waiting(mine, day)
    yield from need_week.lines(mine, day)
    yield from given_back.lines(mine)
    yield from _silent(mine, day)
    yield from coming_week.lines(mine, day)
    yield from aid_week.lines(day)


def _due(mine, covered: list, day: date) -> Iterator[Line]:
    sunday = day + timedelta(days=6 - day.weekday())
    due = mine.filter(next_action_on__lte=sunday)
    # A pause is over when its day comes: until then it asks for nothing.
    due = due.exclude(state=State.PAUSED, next_action_on__gt=day)
    for request in due.with_list_data().in_queue_order()[:SHOWN]:
        yield _line(request, covered)


def _line(request: InstallationRequest, covered: list) -> Line:
    worker = request.case_worker
    filed_on = timezone.localdate(request.submitted_at)
    return Line(
        due_on=request.next_action_on,
        title=f"{request.next_action} : {request.full_name}",
        url=_url(request),
        detail=f"{request.reference}, {request.get_kind_display()}, "
        f"déposée le {filed_on:%d/%m/%Y}",
        who=worker.get_full_name() if worker else "à attribuer",
        state=_state(request),
        counter="unassigned" if worker is None else "",
        phone=str(request.phone),
        **standing(worker, covered),
    )


def _url(request: InstallationRequest) -> str:
    return reverse("admin:installation_installationrequest_change", args=[request.pk])


def _waiting(mine, day: date) -> Iterator[Line]:
    """Partners who have a need in hand and say nothing: one line each, the longest
    silence first. Taking it in hand breaks it, then each message of theirs."""
    since = workdays.add(day, -Desk.objects.current().partner_wait_days)
    written = ReferralMessage.objects.filter(
        referral=OuterRef("pk"), side=ReferralMessage.Side.PARTNER
    ).order_by("-created_at")
    last_word = Subquery(written.values("created_at")[:1])
    waiting = (
        Referral.objects.running()
        .filter(need__request__in=mine)
        .annotate(silent_since=Greatest("sent_at", "taken_at", last_word))
        .filter(silent_since__lt=_midnight(since))
        .select_related("organisation", "need__topic", "need__request")
        .order_by("silent_since", "pk")
    )
    by_partner: dict[Organisation, list[Referral]] = {}
    for referral in waiting[:SHOWN]:
        by_partner.setdefault(referral.organisation, []).append(referral)
    for organisation, referrals in by_partner.items():
        first = referrals[0]
        asked = (
            f"{first.need} pour {first.need.request.full_name}"
            if len(referrals) == 1
            else f"{len(referrals)} demandes"
        )
        yield Line(
            due_on=timezone.localdate(first.silent_since),
            title=organisation.name,
            url=_url(first.need.request),
            detail=asked,
            state="wait",
            section=Section.WAITING,
            phone=organisation.phone,
        )


def _silent(mine, day: date) -> Iterator[Line]:
    """People whom nobody has written to, or heard, for sixty days."""
    silent = (
        mine.running()
        .filter(last_exchange_at__lt=_midnight(day - SILENCE))
        .order_by("last_exchange_at", "pk")
        .with_list_data()
    )
    for request in silent[:SHOWN]:
        since = timezone.localdate(request.last_exchange_at)
        yield Line(
            due_on=since,
            title=request.full_name,
            url=_url(request),
            detail=request.get_kind_display(),
            who=request.case_worker.get_full_name() if request.case_worker else "",
            state="wait",
            section=Section.SILENT,
            phone=str(request.phone),
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _state(request: InstallationRequest) -> str:
    if request.state == State.SUBMITTED:
        return "new"
    if request.state == State.PAUSED:
        return "paused"
    return "you" if request.awaits_desk else "wait"
