"""The public lists of the portal: each journey declares its own in `listings.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts import discovery
from listings.forms import ListForm
from listings.models import Listing


@dataclass(frozen=True)
class PublicFace:
    """What anyone may read of a listing: feeds and alerts print this alone."""

    title: str
    summary: str
    place: str
    kind: str = ""


@dataclass(frozen=True)
class ListDeclaration:
    """One list: its rows, the form that narrows them, how a row is told of."""

    key: str
    title: str
    description: str
    model: type[Listing]
    form: type[ListForm]
    face: Callable[[Listing], PublicFace]
    url_name: str
    feed_url_name: str
    json_url_name: str
    # Where its author looks after a listing.
    own_url_name: str
    # What the page, the feeds and the alerts read beside the row, and need not read.
    related: tuple[str, ...] = ("commune",)
    deferred: tuple[str, ...] = ("commune__contour",)

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{reverse(self.url_name)}"

    def published(self) -> models.QuerySet:
        return self.model.objects.published().newest_first()

    def with_faces(self, listings: models.QuerySet) -> models.QuerySet:
        return listings.select_related(*self.related).defer(
            *self.deferred, "search_title", "search_text", "search_vector"
        )

    def address(self, listing: Listing) -> str:
        return f"{settings.SITE_URL}{listing.get_absolute_url()}"


@cache
def lists() -> dict[str, ListDeclaration]:
    """Every list of the apps' `listings.py`, by its key."""
    found: dict[str, ListDeclaration] = {}
    for label, module in discovery.modules("listings"):
        for declared in getattr(module, "LISTS", ()):
            if declared.key in found:
                raise LookupError(f"{label}.listings: {declared.key} is taken.")
            found[declared.key] = declared
    return found


def of(listing: Listing) -> ListDeclaration:
    """The list a row appears in."""
    for declared in lists().values():
        if declared.model is type(listing):
            return declared
    raise LookupError(f"No list shows a {type(listing).__name__}.")
