"""What people do with a listing, and with a search they keep."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import consents
from accounts.models import Consent, Person, User
from casework.journal import record
from casework.locking import locked
from listings import letters
from listings.lists import ListDeclaration, lists
from listings.models import Listing, SavedSearch
from listings.signals import listing_gone
from listings.wording import CONSENT_TO_ALERTS

MOST_SEARCHES = 20


@transaction.atomic
def submit(listing: Listing, *, by: User | None = None) -> Listing:
    """Ask the desk to publish it."""
    listing = locked(listing)
    listing.submit()
    entry = record("listings.listing.submitted", subject=listing, actor=by)
    letters.to_moderate(listing, entry)
    return listing


@transaction.atomic
def publish(listing: Listing, *, by: User) -> Listing:
    """The desk has read it: it shows, and its author is told until when."""
    listing = locked(listing)
    listing.publish(by)
    entry = record("listings.listing.published", subject=listing, actor=by)
    letters.published(listing, entry)
    return listing


@transaction.atomic
def submit_and_publish(listing: Listing, *, by: User) -> Listing:
    """The desk wrote or corrected it: nobody else has to read it."""
    listing = locked(listing)
    listing.submit()
    return publish(listing, by=by)


@transaction.atomic
def refuse(listing: Listing, reason: str, *, by: User) -> Listing:
    """Send it back to its author with what is to be corrected."""
    listing = locked(listing)
    listing.refuse(by, reason)
    entry = record("listings.listing.refused", subject=listing, actor=by)
    letters.refused(listing, entry)
    return listing


@transaction.atomic
def confirm(listing: Listing, *, by: User | None = None) -> Listing:
    """It still stands, says its author."""
    listing = locked(listing)
    listing.confirm()
    record("listings.listing.confirmed", subject=listing, actor=by)
    return listing


@transaction.atomic
def withdraw(listing: Listing, *, by: User | None = None) -> Listing:
    listing = locked(listing)
    listing.withdraw()
    record("listings.listing.withdrawn", subject=listing, actor=by)
    listing_gone.send(type(listing), listing=listing)
    return listing


@transaction.atomic
def expire(listing: Listing, day: dt.date) -> Listing:
    """Nobody confirmed it: it is taken off, and may come back in one click."""
    listing = locked(listing)
    listing.expire(day)
    entry = record("listings.listing.expired", subject=listing)
    letters.expired(listing, entry)
    listing_gone.send(type(listing), listing=listing)
    return listing


def still_stands(listing: Listing) -> None:
    """What the button of the e-mailed link does; too late, the page says so."""
    if listing.allows("confirm"):
        confirm(listing)


# --- Searches that are kept ----------------------------------------------------------


@transaction.atomic
def save_search(
    declared: ListDeclaration,
    criteria: Mapping[str, str],
    *,
    frequency: str,
    person: Person | None = None,
    email: str = "",
) -> SavedSearch:
    """Keep a search: at once for an account, once confirmed for an address."""
    if person is not None and not person.email:
        raise ValidationError("Indiquez d'abord votre courriel dans votre espace.")
    if person is not None:
        _require_room(person)
    about = {"person": person, "email": "" if person else email.strip().lower()}
    search, _created = SavedSearch.objects.exclude(
        state=SavedSearch.State.STOPPED
    ).get_or_create(
        list_key=declared.key,
        criteria=dict(criteria),
        **about,
        defaults={"frequency": frequency, "wording": CONSENT_TO_ALERTS},
    )
    is_theirs = person is not None or search.state == SavedSearch.State.PENDING
    # Whoever types an address does not change what its owner has confirmed.
    if is_theirs and search.frequency != frequency:
        search.frequency = frequency
        search.save(update_fields=["frequency"])
    if person is not None:
        consents.give(person, Consent.Purpose.ALERTS, wording=CONSENT_TO_ALERTS)
        search.confirm()
    elif search.state == SavedSearch.State.PENDING:
        letters.confirm_search(declared, search)
    return search


def _require_room(person: Person) -> None:
    """Every alert is a search made each day: nobody keeps hundreds of them."""
    if SavedSearch.objects.of(person).active().count() >= MOST_SEARCHES:
        raise ValidationError(
            f"Vous suivez déjà {MOST_SEARCHES} recherches : arrêtez-en une dans « Mes "
            "alertes »."
        )


def confirm_search(search: SavedSearch) -> None:
    """The button of the e-mailed link: the address is theirs."""
    with transaction.atomic():
        search = locked(search)
        if search.state == SavedSearch.State.PENDING:
            search.confirm()
            record("listings.search.confirmed", subject=search)


@transaction.atomic
def stop_search(search: SavedSearch) -> SavedSearch:
    """Nothing more is sent; the last alert of a person ends their consent."""
    search = locked(search)
    if search.state == SavedSearch.State.STOPPED:
        return search
    person = search.person
    search.stop()
    record("listings.search.stopped", subject=search)
    left = person and person.saved_searches.exclude(state=SavedSearch.State.STOPPED)
    if person and not left.exists():
        consents.withdraw(person, Consent.Purpose.ALERTS)
    return search


def sweep(day: dt.date) -> int:
    """Take off what was not confirmed; how many."""
    done = 0
    for declared in lists().values():
        for listing in declared.model.objects.ending(day).order_by("pk"):
            try:
                expire(listing, day)
            except ValidationError:
                continue  # confirmed while we were reading
            done += 1
    return done
