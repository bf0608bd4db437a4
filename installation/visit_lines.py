"""The visits of a dossier on its page: invitations sent, and what became of them."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from casework.space import Badge
from installation.invitations import hours
from installation.models import InstallationRequest, Visit, VisitState, VisitStop
from installation.panels import PANELS, Panel, Place

SHOWN = 5


@dataclass(frozen=True)
class StopLine:
    stop: VisitStop
    hours: str
    audience: str


@dataclass(frozen=True)
class VisitLine:
    """One visit as the person sees it."""

    visit: Visit
    badge: Badge
    may_confirm: bool
    may_ask_other: bool
    stops: list[StopLine]


def line(visit: Visit, *, for_desk: bool = False) -> VisitLine:
    return VisitLine(
        visit=visit,
        badge=_badge(visit, for_desk=for_desk),
        may_confirm=visit.allows("confirm") and visit.sent_at is not None,
        may_ask_other=visit.allows("ask_other") and visit.sent_at is not None,
        stops=[stop_line(stop) for stop in visit.stops.all()],
    )


def stop_line(stop: VisitStop) -> StopLine:
    audience = ""
    if stop.audience != VisitStop.Audience.EVERYONE:
        audience = f"Pour {stop.get_audience_display()}"
    return StopLine(stop, hours(stop), audience)


def _badge(visit: Visit, *, for_desk: bool) -> Badge:
    if visit.state == VisitState.CONFIRMED:
        if for_desk and visit.is_to_send:
            return Badge("Changements à envoyer", "you", "hand")
        return Badge("Confirmée", "success", "check")
    if visit.state == VisitState.DONE:
        return Badge("Faite", "success", "check")
    if visit.state == VisitState.CANCELLED:
        return Badge("Annulée", "neutral", "x")
    if visit.other_day_wanted:
        other = Badge("Autre date demandée", "neutral", "hourglass")
        return Badge("Autre date à proposer", "you", "hand") if for_desk else other
    if for_desk:
        if visit.is_to_send:
            return Badge("À envoyer", "you", "hand")
        return Badge("Attend sa réponse", "neutral", "hourglass")
    return Badge("Votre réponse", "you", "hand")


def of(request: InstallationRequest, *, for_desk: bool = False) -> list[VisitLine]:
    rows = request.visits.all() if for_desk else request.visits.shown()
    return [
        line(visit, for_desk=for_desk)
        for visit in rows.with_programme().order_by("-day", "-pk")
    ]


def is_past(visit: Visit, day: dt.date) -> bool:
    return visit.is_upcoming and visit.day < day


def panel(request: InstallationRequest) -> Panel | None:
    lines = of(request)[:SHOWN]
    if not lines:
        return None
    day = timezone.localdate()
    context = {
        "coming": [shown for shown in lines if shown.visit.day >= day],
        "past": [shown for shown in lines if shown.visit.day < day],
    }
    return Panel("installation/_panel_visits.html", context)


PANELS[Place.VISITS] = panel
