"""What the aids bring to the week of the desk."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from casework import clock
from casework.week import Line
from installation.models import AidProgramme, AidRequest, AidState

SHOWN = 100
# An opinion the ARS has not given for so long is worth a call.
OPINION_DAYS = 30


def lines(day: date) -> Iterator[Line]:
    yield from _requests(day)
    yield from _pages(day)


def _requests(day: date) -> Iterator[Line]:
    soon = day + timedelta(days=clock.ALERT_DAYS[0])
    due = (
        Q(state=AidState.SUBMITTED)
        | Q(implicit_refusal_on__lte=soon)
        | Q(pieces_by__lte=day + timedelta(days=7))
        | Q(
            state=AidState.ARS_OPINION,
            opinion_received_at=None,
            opinion_requested_at__date__lte=day - timedelta(days=OPINION_DAYS),
        )
        | Q(state=AidState.ARS_OPINION, opinion_received_at__isnull=False)
    )
    requests = AidRequest.objects.open().filter(due).with_list_data()
    for request in requests.order_by("submitted_at", "pk")[:SHOWN]:
        yield _line(request, day)


def _line(request: AidRequest, day: date) -> Line:
    end = request.implicit_refusal_on
    title, due_on, state = (
        f"Examiner la demande d’aide : {request.full_name}",
        day,
        "you",
    )
    if request.state == AidState.SUBMITTED:
        state = "new"
    elif request.state == AidState.INCOMPLETE:
        title = f"Pièces attendues de {request.full_name}"
        due_on, state = request.pieces_by, "wait"
    elif request.state == AidState.ARS_OPINION and not request.opinion_received_at:
        title = f"Relancer l’ARS : avis sur la demande de {request.full_name}"
        state = "wait"
    elif request.state == AidState.ARS_OPINION:
        title = f"Décider de la demande d’aide : {request.full_name}"
    detail = request.reference
    if end:
        due_on = min(due_on, end)
        verb = "réputée rejetée depuis le" if end < day else "réputée rejetée le"
        detail = f"{detail}, {verb} {end:%d/%m/%Y}"
    return Line(
        due_on=due_on,
        title=title,
        url=reverse("admin:installation_aidrequest_change", args=[request.pk]),
        detail=detail,
        who=request.examiner.get_full_name() if request.examiner else "à examiner",
        state=state,
    )


def _pages(day: date) -> Iterator[Line]:
    """A page past its review date says « à vérifier » until somebody reads it."""
    stale = AidProgramme.objects.to_review(day).select_related("review_owner__person")
    for programme in stale.order_by("review_on", "pk")[:SHOWN]:
        owner = programme.review_owner
        yield Line(
            due_on=programme.review_on,
            title=f"Relire la fiche : {programme.name}",
            url=reverse("admin:installation_aidprogramme_change", args=[programme.pk]),
            detail="La page publique dit « à vérifier » (R-70).",
            who=owner.get_full_name() if owner else "sans responsable",
        )
