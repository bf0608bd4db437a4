"""Needs and referrals as a page shows them: badge, age, who has it in hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from installation.models import InstallationRequest, Need, Referral
from territory.models import Topic

# Label, look and icon of a need, for the desk.
NEED_BADGES = {
    Need.State.TO_REFER: ("À orienter", "you", "hand"),
    Need.State.SENT: ("Transmis", "info", "send"),
    Need.State.TAKEN: ("Pris en charge", "run", "handshake"),
    Need.State.HELPED: ("Aide apportée", "success", "check"),
    Need.State.NO_HELP: ("Aucune aide", "neutral", "minus"),
    Need.State.UNREACHABLE: ("Injoignable", "warning", "phone"),
    Need.State.DROPPED: ("Abandonné", "neutral", "x"),
    Need.State.MERGED: ("Réuni", "neutral", "minus"),
}
# The same need, in the words of whoever asked for it.
PERSON_BADGES = {
    **NEED_BADGES,
    Need.State.TO_REFER: ("Le guichet cherche", "info", "search"),
    Need.State.SENT: ("Confié à un partenaire", "info", "send"),
    Need.State.TAKEN: ("Quelqu’un s’en occupe", "run", "handshake"),
    Need.State.UNREACHABLE: ("On cherche à vous joindre", "you", "phone"),
}
REFERRAL_BADGES = {
    Referral.State.SENT: ("Sans réponse", "info", "send"),
    Referral.State.TAKEN: ("Pris en charge", "run", "handshake"),
    Referral.State.HELPED: ("Aide apportée", "success", "check"),
    Referral.State.NO_HELP: ("Aucune aide", "neutral", "minus"),
    Referral.State.UNREACHABLE: ("Personne injoignable", "warning", "phone"),
    Referral.State.NOT_FOR_ME: ("Rendu", "warning", "undo-2"),
    Referral.State.RECALLED: ("Rappelée", "neutral", "x"),
    Referral.State.WITHDRAWN: ("Accord retiré", "neutral", "lock"),
}


@dataclass(frozen=True)
class Track:
    """The needs of one project, professional or family."""

    title: str
    slug: str
    needs: list[Need]


def tracks(needs: Iterable[Need]) -> list[Track]:
    """Both projects, each with its needs; one without any is not shown."""
    needs = list(needs)
    titles = {
        Topic.Track.PROFESSIONAL: "Projet professionnel",
        Topic.Track.FAMILY: "Projet familial",
    }
    found = [
        Track(title, slug, [need for need in needs if need.topic.track == slug])
        for slug, title in titles.items()
    ]
    return [track for track in found if track.needs]


def of(dossier: InstallationRequest) -> list[Need]:
    """Every need of a dossier but those merged into another, with its referrals."""
    needs = dossier.needs.filter(merged_into=None).with_referrals()
    return list(needs.prefetch_related("sharing_questions__organisation"))


def age(referral: Referral, day: date) -> str:
    """« transmise hier », « transmise il y a 12 jours »."""
    days = (day - timezone.localdate(referral.sent_at)).days
    if days <= 0:
        return "transmise aujourd’hui"
    return "transmise hier" if days == 1 else f"transmise il y a {days} jours"
