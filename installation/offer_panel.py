"""What a dossier's page shows of the offers and the people it met."""

from installation import offer_letters
from installation.models import InstallationRequest
from installation.models.pairings import PairingState, Side
from installation.panels import PANELS, Panel, Place
from installation.presentation import said

LOOKS = {
    PairingState.WAITING: "neutral",
    PairingState.MET: "success",
    PairingState.DECLINED: "neutral",
    PairingState.ENDED: "neutral",
}


def panel(dossier: InstallationRequest) -> Panel | None:
    lines = [*_interests(dossier), *_pairings(dossier)]
    if not lines:
        return None
    return Panel("installation/_panel_offers.html", {"lines": lines})


def _interests(dossier: InstallationRequest):
    rows = dossier.interests.select_related("offer__commune", "offer__intercommunality")
    for interest in rows:
        offer = interest.offer
        yield {
            "title": offer.title,
            "url": offer.get_absolute_url() if offer.is_published else "",
            "detail": f"{offer.get_kind_display().capitalize()}, {offer.place}, "
            f"depuis le {said(interest.created_at)}",
            "badge": "En ligne" if offer.is_published else "Plus en ligne",
            "look": "success" if offer.is_published else "neutral",
        }


def _pairings(dossier: InstallationRequest):
    introductions = dossier.introductions.select_related(
        "offer__intercommunality", "offer__commune", "guest"
    )
    mentorships = dossier.mentorships.select_related("mentor__person", "guest")
    for pairing in [*introductions, *mentorships]:
        waits = pairing.awaits(Side.GUEST)
        state = pairing.get_state_display().capitalize()
        yield {
            "title": f"Être mis en relation, {offer_letters.subject_of(pairing)}",
            "url": pairing.page_url(Side.GUEST),
            "detail": (
                f"{pairing.host_name}, {pairing.host_phone}"
                if pairing.met_at
                else "Chacun répond ; d’ici là, aucun nom n’est donné."
            ),
            "badge": "Votre réponse" if waits else state,
            "look": "you" if waits else LOOKS[pairing.state],
        }


PANELS[Place.OFFERS] = panel
