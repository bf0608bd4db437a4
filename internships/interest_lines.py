"""How an interest or a placement reads in a list: its badge, for each side."""

import datetime as dt

from casework.space import Badge
from internships.models import Interest, Placement

State = Interest.State

_STUDENT = {
    State.SENT: Badge("Attend la réponse du terrain", "wait", "hourglass"),
    State.ACCEPTED: Badge("À vous de confirmer", "you", "hand"),
    State.CONFIRMED: Badge("Confirmé", "success", "check"),
    State.DECLINED: Badge("Le terrain ne peut pas", "neutral", "x"),
    State.WITHDRAWN: Badge("Retiré", "neutral", "x"),
    State.RELEASED: Badge("Libéré", "neutral", "x"),
}
_HOST = {
    State.SENT: Badge("Votre réponse", "you", "hand"),
    State.ACCEPTED: Badge("Attend sa confirmation", "wait", "hourglass"),
    State.CONFIRMED: Badge("Vient chez vous", "success", "check"),
    State.DECLINED: Badge("Décliné", "neutral", "x"),
    State.WITHDRAWN: Badge("Retiré par la personne", "neutral", "x"),
    State.RELEASED: Badge("Parti ailleurs", "neutral", "x"),
}


def badge(interest: Interest, *, for_host: bool = False) -> Badge:
    return (_HOST if for_host else _STUDENT)[interest.state]


def placement_badge(placement: Placement, day: dt.date) -> Badge:
    if not placement.is_kept:
        return Badge("Annulé", "neutral", "x")
    if placement.period.upper <= day:
        return Badge("Terminé", "neutral", "check")
    if placement.period.lower > day:
        return Badge("À venir", "info", "calendar-days")
    return Badge("En cours", "run", "stethoscope")
