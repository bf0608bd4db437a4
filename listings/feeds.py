"""RSS and JSON feeds of a list: what its page shows, and nothing more."""

import re

from django.contrib.syndication.views import Feed
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from listings.lists import ListDeclaration

MOST_SHOWN = 50
# Marks that a word processor leaves in what is pasted, and that XML cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _found(declared: ListDeclaration, request) -> tuple[list, str]:
    """The newest that answer the query, and the query as the list reads it."""
    form = declared.form(request.GET)
    listings = form.narrow(declared.published(), timezone.localdate())
    rows = declared.with_faces(listings)[:MOST_SHOWN]
    return [(row, declared.face(row)) for row in rows], urlencode(form.criteria)


class ListingFeed(Feed):
    """The RSS feed of one list, narrowed as its page is."""

    declared: ListDeclaration

    def __init__(self, declared: ListDeclaration):
        self.declared = declared
        self.title = declared.title
        self.description = declared.description

    def get_object(self, request, *args, **kwargs):
        found, query = _found(self.declared, request)
        return {"found": found, "query": f"?{query}" if query else ""}

    def link(self, obj):
        return reverse(self.declared.url_name) + obj["query"]

    def feed_url(self, obj):
        return reverse(self.declared.feed_url_name) + obj["query"]

    def items(self, obj):
        return obj["found"]

    def item_title(self, item):
        _listing, face = item
        return UNWRITABLE.sub(" ", f"{face.title}, {face.place}")

    def item_description(self, item):
        return UNWRITABLE.sub(" ", item[1].summary)

    def item_link(self, item):
        return item[0].get_absolute_url()

    def item_categories(self, item):
        return [item[1].kind] if item[1].kind else []

    def item_pubdate(self, item):
        return item[0].published_at


def json_feed(request, declared: ListDeclaration) -> JsonResponse:
    """The same, as JSON Feed 1.1 (jsonfeed.org)."""
    found, query = _found(declared, request)
    suffix = f"?{query}" if query else ""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": declared.title,
        "description": declared.description,
        "language": "fr",
        "home_page_url": f"{declared.url}{suffix}",
        "feed_url": request.build_absolute_uri(
            reverse(declared.json_url_name) + suffix
        ),
        "items": [
            {
                "id": declared.address(listing),
                "url": declared.address(listing),
                "title": f"{face.title}, {face.place}",
                "content_text": face.summary,
                "date_published": timezone.localtime(listing.published_at).isoformat(),
                "tags": [face.kind] if face.kind else [],
            }
            for listing, face in found
        ],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/feed+json; charset=utf-8"
    return response
