"""The e-mails about listings: to their author, to the desk, to whoever searches."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from casework import links
from casework.audience import desk_addresses
from casework.outbox import post
from listings import lists
from listings.models import Listing, SavedSearch

CONFIRM = "listings.confirm"
CONFIRM_SEARCH = "listings.search"


def confirm_url(listing: Listing) -> str:
    """The link whose button says « toujours d'actualité »."""
    return _author_url(CONFIRM, listing)


def _author_url(scope: str, listing: Listing) -> str:
    return links.url(links.issue(scope, listing, to_email=listing.contact_email))


def own_url(listing: Listing) -> str:
    return f"{settings.SITE_URL}{reverse(lists.of(listing).own_url_name)}"


def stop_url(search: SavedSearch) -> str:
    """It can only stop: it needs no secret, no end and no account."""
    return f"{settings.SITE_URL}{search.get_absolute_url()}"


def admin_url(listing: Listing) -> str:
    name = f"admin:{listing._meta.app_label}_{listing._meta.model_name}_change"
    return f"{settings.SITE_URL}{reverse(name, args=[listing.pk])}"


def to_moderate(listing: Listing, entry) -> None:
    for address in desk_addresses():
        post(
            f"listings.to-moderate:{entry.pk}:{address}"[:200],
            to=address,
            template="listings.to-moderate",
            context={"titre": listing.title, "lien": admin_url(listing)},
            about=listing,
        )


def published(listing: Listing, entry) -> None:
    _to_author(
        listing,
        f"listings.published:{entry.pk}",
        "listings.published",
        {
            "jusqu_au": listing.expires_on,
            "lien": f"{settings.SITE_URL}{listing.get_absolute_url()}",
        },
    )


def refused(listing: Listing, entry) -> None:
    _to_author(
        listing,
        f"listings.refused:{entry.pk}",
        "listings.refused",
        {"motif": listing.refusal, "lien": own_url(listing)},
    )


def expired(listing: Listing, entry) -> None:
    if listing.contact_email and not listing.is_followed:
        _to_author(
            listing,
            f"listings.expired:{entry.pk}",
            listing.ended_template,
            {"lien": _author_url(listing.ended_link, listing)},
        )


def _to_author(listing: Listing, key: str, template: str, context: dict) -> None:
    if listing.contact_email:
        post(
            key,
            to=listing.contact_email,
            template=template,
            context={
                "nom": listing.contact_name,
                "titre": listing.title,
                **context,
            },
            about=listing,
        )


def confirm_search(declared, search: SavedSearch) -> None:
    token = links.issue(CONFIRM_SEARCH, search, to_email=search.email)
    post(
        # One an hour, however often the button is pressed.
        f"listings.search:{search.pk}:{timezone.now():%Y%m%d%H}",
        to=search.email,
        template="listings.search-confirm",
        context={
            "recherche": describe(declared, search),
            "liste": declared.title,
            "lien": links.url(token),
        },
        about=search,
        secret=True,
    )


def alert(declared, search: SavedSearch, day, listings: Iterable[Listing]) -> None:
    """What is new since the last time; the same day is told once."""
    listings = list(listings)
    faces = [
        (declared.face(listing), declared.address(listing)) for listing in listings
    ]
    count = len(faces)
    post(
        f"listings.alert:{search.pk}:{day}",
        to=search.address,
        template="listings.alert",
        context={
            "combien": f"{count} nouvelles annonces"
            if count > 1
            else "1 nouvelle annonce",
            "annonces": "\n".join(
                f"{face.title}, {face.place} : {url}" for face, url in faces
            ),
            "recherche": describe(declared, search),
            "lien": declared.url + query_of(search),
            "arreter": stop_url(search),
        },
        about=search,
        stop_url=stop_url(search),
    )


def query_of(search: SavedSearch) -> str:
    return f"?{urlencode(search.criteria)}" if search.criteria else ""


def describe(declared, search: SavedSearch) -> str:
    """« Succession, Albret Communauté », or everything."""
    return ", ".join(declared.form(search.criteria).told) or "toutes les annonces"
