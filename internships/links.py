"""What the links of our e-mails open, and for how long."""

from datetime import timedelta

from django.urls import reverse

from casework.links import LinkScope
from internships import (
    interest_letters,
    inventory_letters,
    offer_letters,
    placement_letters,
)
from internships.actions import offers as offer_actions


def _inventory(inventory) -> str:
    address = [inventory.stay_id, inventory.moment]
    return reverse("internships:inventory-tenant", args=address)


SCOPES: dict[str, LinkScope] = {
    offer_letters.RENEW: LinkScope(
        title="Renouveler votre offre de stage",
        button="Oui, renouveler l’offre",
        act=offer_actions.renew_by_link,
        redirect=lambda offer: offer.get_confirmed_url(),
        valid_for=timedelta(days=90),
        # Whoever answered for it before neither renews it nor takes it off.
        addresses=lambda offer: [offer.contact_email],
    ),
    inventory_letters.SCOPE: LinkScope(
        title="Relire et signer un état des lieux",
        redirect=_inventory,
        valid_for=timedelta(days=60),
        button="Ouvrir l'état des lieux",
        addresses=lambda inventory: [inventory.tenant.email],
    ),
    interest_letters.SCOPE: LinkScope(
        title="Répondre à une personne qui aimerait venir en stage",
        redirect=lambda interest: interest.get_absolute_url(),
        valid_for=timedelta(days=60),
        button="Voir et répondre",
        # Whoever the offer named before does not learn who is interested.
        addresses=lambda interest: [interest.offer.contact_email],
    ),
    placement_letters.SCOPE: LinkScope(
        title="Le bilan de votre stage",
        redirect=lambda placement: reverse(
            "internships:assessment", args=[placement.pk]
        ),
        valid_for=timedelta(days=60),
        button="Répondre",
        addresses=lambda placement: [placement.person.email],
    ),
}
