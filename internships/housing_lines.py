"""How a request for a bed reads on its page: its badge, its road, what may be done."""

from collections.abc import Mapping

from django.utils import timezone

from casework.space import Badge
from internships import housing_letters, indemnities
from internships.models import HousingRequest, MoveQuestion, Stay

State = HousingRequest.State

BADGES: Mapping[str, Badge] = {
    State.WAITING: Badge("En attente d’une chambre", "wait", "hourglass"),
    State.HELD: Badge("À vous de confirmer", "you", "hand"),
    State.HOUSED: Badge("Chambre confirmée", "success", "check"),
    State.REFUSED: Badge("Sans suite", "neutral", "x"),
    State.WITHDRAWN: Badge("Retirée", "neutral", "x"),
    State.OVER: Badge("Séjour terminé", "neutral", "check"),
}


def badge(request: HousingRequest) -> Badge:
    return BADGES[request.state]


def road(request: HousingRequest, stay: Stay | None) -> list[dict]:
    """What has been done for the stay, and what comes next (R-35)."""
    if stay is None:
        return []
    return [
        {"title": title, "done_at": done_at, "awaited": awaited}
        for title, done_at, awaited in (
            ("Chambre confirmée", stay.created_at, ""),
            (
                "Attestation d’assurance",
                stay.insurance_checked_at,
                "envoyée, à vérifier" if stay.insurance_sent_at else "à envoyer",
            ),
            ("État des lieux d’entrée", stay.entry_signed_at, "à signer sur place"),
            ("Clés remises", stay.keys_given_at, "le jour de l’arrivée"),
            ("État des lieux de sortie", stay.exit_signed_at, "à signer sur place"),
            ("Clés rendues", stay.keys_returned_at, "le jour du départ"),
        )
    ]


def wording_to_accept(request: HousingRequest) -> str:
    """What they still have to accept before they confirm (R-33), if anything."""
    if request.wording:
        return ""
    kind = request.placement.kind if request.placement else ""
    return indemnities.wording(kind, timezone.localdate())


def question(asked: MoveQuestion | None) -> dict | None:
    """What whoever comes next is asked, and what they are offered."""
    if asked is None:
        return None
    return {"until": asked.until, "proposal": housing_letters.proposal(asked)}


def awaits(stay: Stay | None) -> bool:
    """An insurance is to be sent, or sent again."""
    return stay is not None and not stay.is_insured and stay.insurance_sent_at is None


def may(request: HousingRequest, stay: Stay | None) -> dict[str, bool]:
    has_keys = bool(stay and stay.keys_given_at)
    is_housed = request.state == State.HOUSED
    return {
        "answer": request.state == State.HELD,
        "move": (request.is_open or is_housed) and not has_keys,
        "leave": is_housed,
        "extend": is_housed and request.stay_until is None,
        "withdraw": (request.is_open or is_housed) and not has_keys,
    }
