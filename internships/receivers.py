"""News from below: an offer has gone, somebody wants to leave, or has left."""

from django.dispatch import receiver
from django.utils import timezone

from accounts.signals import account_closing, person_emptied
from documents.signals import signed_document_filed
from internships import (
    housing_keeping,
    inventory_letters,
    placement_keeping,
    rent_keeping,
)
from internships.actions import interests
from internships.models import CalendarFeed, Interest, Placement, PlacementOffer
from listings.signals import listing_gone


@receiver(listing_gone, sender=PlacementOffer)
def release_interests(sender, listing, **kwargs) -> None:
    """Nobody waits for the answer of an offer that no longer shows."""
    interests.release_of(listing)


@receiver(account_closing)
def refuse_while_expected(sender, user, person, **kwargs) -> list[str]:
    """A host counts on them: say that they will not come first."""
    day = timezone.localdate()
    coming = Placement.objects.of(person).kept().filter(period__endswith__gt=day)
    open_ones = Interest.objects.of(person).open().with_list_data()
    return [
        *(
            f"Votre stage à {placement.where} n'est pas terminé : annulez-le d'abord, "
            "depuis votre espace."
            for placement in coming.select_related("site").order_by("pk")
        ),
        *(
            f"Votre intérêt pour {interest.offer.site} attend une réponse : retirez-le "
            "d'abord, depuis votre espace."
            for interest in open_ones.order_by("pk")
        ),
        *housing_keeping.reasons_to_stay(person),
    ]


@receiver(person_emptied)
def forget_person(sender, person, **kwargs) -> None:
    placement_keeping.forget_person(person)
    housing_keeping.forget_person(person)
    rent_keeping.forget_person(person)
    CalendarFeed.objects.filter(person=person).delete()


@receiver(signed_document_filed)
def send_signed_inventory(sender, request, **kwargs) -> None:
    inventory_letters.signed(request)
