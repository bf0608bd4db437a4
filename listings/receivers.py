"""Somebody leaves: nothing is sent to them any more."""

from django.db.models import Q
from django.dispatch import receiver

from accounts.signals import person_emptied
from listings.lists import lists
from listings.models import SavedSearch
from listings.signals import listing_gone


@receiver(person_emptied)
def forget_person(sender, person, addresses, **kwargs) -> None:
    theirs = Q(person=person) | Q(person=None, email__in=addresses)
    SavedSearch.objects.filter(theirs).delete()
    for declared in lists().values():
        for listing in declared.model.objects.filter(owner=person):
            listing_gone.send(type(listing), listing=listing)
            listing.forget_author()
