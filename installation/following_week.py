"""What plans, visits and installations ask of the desk this week."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from casework.days import said
from casework.week import Line, standing
from installation.models import (
    InstallationRequest,
    Settlement,
    Step,
    StepOwner,
    Visit,
)

SHOWN = 100


def lines(mine, covered: list, day: date) -> Iterator[Line]:
    yield from _steps(mine, covered, day)
    yield from _visits(mine, covered, day)
    yield from _declared(mine, covered)


def _steps(mine, covered: list, day: date) -> Iterator[Line]:
    """The desk's own, and those of partners once they are late."""
    sunday = day + timedelta(days=6 - day.weekday())
    due = (
        Step.objects.remaining()
        .of_running_dossiers()
        .filter(
            Q(owner=StepOwner.DESK, due_on__lte=sunday)
            | Q(owner=StepOwner.PARTNER, due_on__lt=day),
            plan__request__in=mine,
        )
        .select_related("plan__request__applicant")
        .select_related("plan__request__case_worker__person")
        .order_by("due_on", "pk")
    )
    for step in due[:SHOWN]:
        by = "à faire" if step.owner == StepOwner.DESK else "par un partenaire"
        yield _line(
            step.plan.request, covered, step.due_on, step.title, f"plan, {by}", "plan"
        )


def _visits(mine, covered: list, day: date) -> Iterator[Line]:
    """Another day to find, or a day gone that nobody has told of."""
    waiting = (
        Visit.objects.upcoming()
        .filter(~Q(other_day_wanted="") | Q(day__lt=day), request__in=mine)
        .select_related("request__applicant", "request__case_worker__person")
        .order_by("day", "pk")
    )
    for visit in waiting[:SHOWN]:
        title, detail = "Dire si la visite a eu lieu", f"le {said(visit.day)}"
        on = visit.day
        if visit.other_day_wanted and visit.day >= day:
            title, detail, on = "Proposer une autre date", visit.other_day_wanted, day
        yield _line(visit.request, covered, on, title, detail, "visites")


def _declared(mine, covered: list) -> Iterator[Line]:
    """Installations whose proofs are to be seen."""
    declared = (
        Settlement.objects.filter(state=Settlement.State.DECLARED, request__in=mine)
        .select_related("commune", "request__applicant", "request__case_worker__person")
        .defer("commune__contour")
        .order_by("declared_at", "pk")
    )
    for settlement in declared[:SHOWN]:
        declared_on = timezone.localdate(settlement.declared_at)
        yield _line(
            settlement.request,
            covered,
            max(declared_on, settlement.first_day_on),
            "Valider l’installation",
            f"à {settlement.commune}",
            "installation",
        )


def _line(
    request: InstallationRequest, covered: list, on: date, title, detail, tab
) -> Line:
    worker = request.case_worker
    url = reverse("admin:installation_installationrequest_change", args=[request.pk])
    return Line(
        due_on=on,
        title=f"{title} : {request.full_name}",
        url=f"{url}?onglet={tab}",
        detail=f"{request.reference}, {detail}",
        who=worker.get_full_name() if worker else "à attribuer",
        phone=str(request.phone),
        **standing(worker, covered),
    )
