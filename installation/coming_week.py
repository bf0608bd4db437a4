"""Who visits, arrives and leaves: what the week says of the days to come."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from casework.week import Line, Section
from installation.models import Plan, Settlement, Visit

SHOWN = 50
# A visit is prepared two weeks ahead, an arrival a month ahead.
VISITS_AHEAD = timedelta(days=14)
ARRIVALS_AHEAD = timedelta(days=30)
# Somebody who has just begun, or left, is still news for a week.
JUST = timedelta(days=7)


def lines(mine, day: date) -> Iterator[Line]:
    """Of the dossiers one follows; arrivals and departures are everybody's."""
    yield from _visits(mine, day)
    yield from _arrivals(day)
    yield from _expected(mine, day)
    yield from _departures(day)


def _line(request, on: date, what: str, detail: str, state: str = "run") -> Line:
    return Line(
        due_on=on,
        title=f"{what} : {request.full_name}",
        url=reverse("admin:installation_installationrequest_change", args=[request.pk]),
        detail=detail,
        who=request.case_worker.get_full_name() if request.case_worker else "",
        state=state,
        section=Section.COMING,
        phone=str(request.phone),
    )


def _visits(mine, day: date) -> Iterator[Line]:
    visits = Visit.objects.upcoming().filter(
        request__in=mine, day__range=(day, day + VISITS_AHEAD)
    )
    visits = visits.select_related("request__applicant", "request__case_worker__person")
    for visit in visits.order_by("day", "pk")[:SHOWN]:
        is_sure = visit.state == Visit.State.CONFIRMED
        family = ", avec la famille" if visit.family_invited else ""
        yield _line(
            visit.request,
            visit.day,
            "Visite",
            f"{visit.get_state_display()}{family}",
            state="run" if is_sure else "wait",
        )


def _arrivals(day: date) -> Iterator[Line]:
    arrivals = Settlement.objects.exclude(state=Settlement.State.LEFT).filter(
        first_day_on__range=(day - JUST, day + ARRIVALS_AHEAD)
    )
    for arrival in _with_request(arrivals).order_by("first_day_on", "pk")[:SHOWN]:
        detail = f"{arrival.commune.name}, {arrival.get_mode_display()}"
        yield _line(arrival.request, arrival.first_day_on, "Premier jour", detail)


def _expected(mine, day: date) -> Iterator[Line]:
    """Planned first days that no settlement says yet."""
    plans = Plan.objects.filter(
        request__in=mine,
        request__settlement=None,
        planned_on__range=(day, day + ARRIVALS_AHEAD),
    ).select_related("request__applicant", "request__case_worker__person")
    for plan in plans.order_by("planned_on", "pk")[:SHOWN]:
        yield _line(
            plan.request, plan.planned_on, "Arrivée prévue", "au plan d’action", "wait"
        )


def _departures(day: date) -> Iterator[Line]:
    gone = Settlement.objects.filter(left_on__range=(day - JUST, day + ARRIVALS_AHEAD))
    for settlement in _with_request(gone).order_by("left_on", "pk")[:SHOWN]:
        yield _line(
            settlement.request, settlement.left_on, "Départ", settlement.commune.name
        )


def _with_request(settlements):
    return settlements.select_related(
        "commune", "request__applicant", "request__case_worker__person"
    ).defer("commune__contour")
