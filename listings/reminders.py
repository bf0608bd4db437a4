"""What must not be forgotten of listings: a word from their author, and from us."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from listings import letters
from listings.lists import lists
from listings.models import Listing

Audience = LadderStep.Audience


def to_confirm(day: date) -> Iterator[Due]:
    """Published, and soon taken off unless its author says that it stands."""
    for declared in lists().values():
        for listing in declared.model.objects.to_confirm(day).order_by("pk"):
            if listing.contact_email:
                yield Due(
                    listing,
                    listing.expires_on - timedelta(days=listing.warn_days),
                    {Audience.PERSON: [listing.contact_email]},
                    partial(_confirmation, listing),
                )


def _confirmation(listing: Listing, address: str) -> dict:
    """The values of one message: its link is made when the message is."""
    return {
        "nom": listing.contact_name,
        "titre": listing.title,
        "jusqu_au": listing.expires_on,
        "lien": letters.confirm_url(listing),
    }


def to_moderate(day: date) -> Iterator[Due]:
    """Sent by its author, and nobody has read it yet."""
    desk = desk_addresses()
    for declared in lists().values():
        for listing in declared.model.objects.to_moderate():
            yield Due(
                listing,
                timezone.localdate(listing.submitted_at),
                {Audience.DESK: desk},
                {"titre": listing.title, "lien": letters.admin_url(listing)},
            )


LADDERS = [
    Ladder(
        key="listings.to-confirm",
        title="Annonce à confirmer par son auteur",
        due=to_confirm,
        steps=(
            Step(0, Audience.PERSON, "listings.confirm"),
            Step(6, Audience.PERSON, "listings.confirm"),
        ),
    ),
    Ladder(
        key="listings.to-moderate",
        title="Annonce que personne n’a relue",
        due=to_moderate,
        steps=(Step(2, Audience.DESK, "listings.to-moderate"),),
    ),
]
