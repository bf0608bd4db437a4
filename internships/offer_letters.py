"""What the host of a placement offer is sent, and the link of it."""

from casework import links
from internships.models import PlacementOffer

RENEW = "internships.offer-renew"


def renewal(offer: PlacementOffer, semester) -> dict:
    """The values of one message: its link is made when the message is."""
    token = links.issue(RENEW, offer, to_email=offer.contact_email)
    return {
        "nom": offer.contact_name,
        "titre": offer.title,
        "jusqu_au": offer.expires_on,
        "semestre": str(semester),
        "lien": links.url(token),
    }
