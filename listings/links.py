"""What the links of our e-mails open, and for how long."""

from datetime import timedelta

from casework.links import LinkScope
from listings import actions

SCOPES = {
    "listings.confirm": LinkScope(
        title="Votre annonce est toujours d’actualité ?",
        button="Oui, elle l’est toujours",
        act=actions.still_stands,
        redirect=lambda listing: listing.get_confirmed_url(),
        valid_for=timedelta(days=90),
        # Whoever answered for it before neither confirms it nor takes it off.
        addresses=lambda listing: [listing.contact_email],
    ),
    "listings.search": LinkScope(
        title="Recevoir ces alertes",
        button="Oui, prévenez-moi",
        act=actions.confirm_search,
        redirect=lambda search: search.get_absolute_url(),
        valid_for=timedelta(days=7),
    ),
}
