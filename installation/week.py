"""What is due at the desk in installation."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from casework.actions import covered_by
from casework.week import Line
from installation.models import InstallationRequest, State

SHOWN = 200


def lines(user, day: date) -> Iterator[Line]:
    """Mine, those of whom I stand in for, and those nobody follows."""
    if not roles.is_desk(user):
        return
    mine = Q(case_worker__in=[user, *covered_by(user, day)]) | Q(case_worker=None)
    sunday = day + timedelta(days=6 - day.weekday())
    due = InstallationRequest.objects.open().filter(mine, next_action_on__lte=sunday)
    # A pause is over when its day comes: until then it asks for nothing.
    due = due.exclude(state=State.PAUSED, next_action_on__gt=day)
    for request in due.with_list_data().in_queue_order()[:SHOWN]:
        yield _line(request)


def _line(request: InstallationRequest) -> Line:
    worker = request.case_worker
    filed_on = timezone.localdate(request.submitted_at)
    return Line(
        due_on=request.next_action_on,
        title=f"{request.next_action} : {request.full_name}",
        url=reverse("admin:installation_installationrequest_change", args=[request.pk]),
        detail=f"{request.reference}, {request.get_kind_display()}, "
        f"déposée le {filed_on:%d/%m/%Y}",
        who=worker.get_full_name() if worker else "à attribuer",
        state=_state(request),
        counter="unassigned" if worker is None else "",
    )


def _state(request: InstallationRequest) -> str:
    if request.state == State.SUBMITTED:
        return "new"
    if request.state == State.PAUSED:
        return "paused"
    return "you" if request.awaits_desk else "wait"
