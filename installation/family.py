"""The family side of a dossier: what whoever was invited sees, and nothing else.

The page gets only what this module gathers. A field that is not named here does not
reach it, whatever the dossier comes to hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from casework.space import Badge
from installation import kinds, presentation, visit_lines
from installation.models import (
    FamilyAccess,
    InstallationRequest,
    Need,
    Referral,
    Step,
    Visit,
    VisitStop,
)
from installation.need_lines import PERSON_BADGES
from installation.panels import PANELS, Panel, Place
from territory.models import Topic

SCOPE = "installation.family"
# What the invitation promises, on the page and in the message.
SEEN = (
    "ce que votre famille cherche, et où en est chaque recherche ;",
    "les étapes qui la concernent, avec leur date ;",
    "les visites où elle est invitée, avec leur programme ;",
    "les messages échangés du côté famille.",
)
NEVER_SEEN = (
    "le projet professionnel et ses documents ;",
    "les aides et l’argent ;",
    "les autres messages et les notes du guichet.",
)
# Those a family may know of: who tries, or who helped.
TOLD_OF = (Referral.State.SENT, Referral.State.TAKEN, Referral.State.HELPED)


@dataclass(frozen=True)
class NeedLine:
    title: str
    detail: str
    badge: Badge


@dataclass(frozen=True)
class StepLine:
    title: str
    detail: str
    badge: Badge


@dataclass(frozen=True)
class VisitDay:
    """A day that the family comes to, and its part of the programme."""

    day: date
    badge: Badge
    stops: list[visit_lines.StopLine]


def is_open_to(request: InstallationRequest) -> bool:
    """May somebody be invited? A structure's request has no family."""
    return kinds.of(request).has_family and request.is_open


def is_shown(request: InstallationRequest) -> bool:
    """A structure's request, or one that was forgotten, has no such side."""
    return kinds.of(request).has_family and request.forgotten_at is None


def needs(request: InstallationRequest) -> list[NeedLine]:
    rows = request.needs.kept().family().with_referrals()
    return [
        NeedLine(str(need.topic), _who_tries(need), Badge(*PERSON_BADGES[need.state]))
        for need in rows
    ]


def _who_tries(need: Need) -> str:
    names = dict.fromkeys(
        referral.organisation.name
        for referral in need.referrals.all()
        if referral.state in TOLD_OF
    )
    return ", ".join(names)


def steps(request: InstallationRequest, day: date) -> list[StepLine]:
    """The steps of the plan that the family takes part in; not what was noted there."""
    rows = Step.objects.kept().filter(plan__request=request, track=Topic.Track.FAMILY)
    return [
        StepLine(step.title, *_standing(step, day))
        for step in rows.order_by("due_on", "rank", "pk")
    ]


def _standing(step: Step, day: date) -> tuple[str, Badge]:
    if step.is_done:
        return f"Le {presentation.said(step.done_at)}", Badge("Fait", "success")
    due = f"Pour le {presentation.said(step.due_on)}, par {step.get_owner_display()}"
    if step.is_late(day):
        return due, Badge("En retard", "warning", "clock-alert")
    return due, Badge("À venir", "neutral")


def visits(request: InstallationRequest, day: date) -> list[VisitDay]:
    """Those to come that the family is invited to; not what the doctor does alone."""
    rows = request.visits.shown().upcoming().with_programme()
    return [
        VisitDay(
            visit.day,
            Badge("Confirmée", "success", "check")
            if visit.state == Visit.State.CONFIRMED
            else Badge("À confirmer", "neutral", "hourglass"),
            [
                visit_lines.stop_line(stop)
                for stop in visit.stops.all()
                if stop.audience != VisitStop.Audience.PROFESSIONAL
            ],
        )
        for visit in rows.filter(family_invited=True, day__gte=day).order_by("day")
    ]


def facts(request: InstallationRequest) -> list[tuple[str, str]]:
    """What the family said of itself: counts and bands, never a name."""
    topics = request.topics.filter(track=Topic.Track.FAMILY)
    children = ", ".join(f"{count} ({band})" for band, count in request.children)
    answers = [
        ("Vous venez", capfirst(request.get_household_display())),
        ("Enfants", children),
        ("Vous cherchez", ", ".join(topic.name for topic in topics)),
        ("Métier recherché", request.partner_occupation),
    ]
    return [(label, value) for label, value in answers if value]


def thread(request: InstallationRequest, access: FamilyAccess | None) -> list[dict]:
    """The messages of the family side, as their reader sees them."""
    rows = request.exchanges.family().with_list_data()
    return [
        {
            "kind": "mine" if _is_mine(exchange, access) else "theirs",
            "author": ""
            if _is_mine(exchange, access)
            else author_of(exchange, request),
            "at": exchange.created_at,
            "text": exchange.body,
            "attachments": (),
        }
        for exchange in rows
    ]


def author_of(exchange, request: InstallationRequest) -> str:
    if exchange.author:
        return exchange.author.get_full_name()
    if exchange.family_access:
        return exchange.family_access.shown_name
    return request.full_name


def signed(exchange, request: InstallationRequest) -> str:
    """The same, saying which messages the family side reads too."""
    author = author_of(exchange, request)
    return f"{author}, côté famille" if exchange.is_family else author


def _is_mine(exchange, access: FamilyAccess | None) -> bool:
    if access is None:
        return exchange.is_from_applicant
    return exchange.family_access_id == access.pk


def page(request: InstallationRequest, access: FamilyAccess | None, day: date) -> dict:
    """All that the page of the family side may print."""
    return {
        "reference": request.reference,
        "is_guest": access is not None,
        "applicant": request.full_name,
        "is_open": request.is_open,
        "in_charge": presentation.in_charge(request, day),
        "needs": needs(request),
        "steps": steps(request, day),
        "visits": visits(request, day),
        "facts": facts(request),
        "thread": thread(request, access),
    }


def panel(request: InstallationRequest) -> Panel | None:
    """What the dossier's own page says of its family side."""
    if not is_shown(request):
        return None
    joined = [
        access.shown_name
        for access in request.family_accesses.accepted().select_related("person")
    ]
    sentence = (
        "Logement, emploi, école, garde : la personne qui vient avec vous peut suivre "
        "ce côté du dossier avec vous, et rien d’autre."
    )
    if joined:
        sentence = (
            f"{' et '.join(joined)} suit ce côté du dossier avec vous, et rien d’autre."
        )
    context = {"sentence": sentence, "may_invite": is_open_to(request) and not joined}
    return Panel("installation/_panel_family.html", context)


PANELS[Place.FAMILY] = panel


def accesses(request: InstallationRequest) -> Iterator[dict]:
    """Who was invited, for the applicant and for the desk."""
    looks = {
        FamilyAccess.State.INVITED: Badge("Invitation envoyée", "neutral", "mail"),
        FamilyAccess.State.ACCEPTED: Badge("Accès ouvert", "success"),
        FamilyAccess.State.ENDED: Badge("Accès terminé", "neutral", "x"),
    }
    for access in request.family_accesses.select_related("person"):
        yield {
            "access": access,
            "badge": looks[access.state],
            "day": access.ended_at or access.accepted_at or access.invited_at,
        }
