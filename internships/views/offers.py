"""Placement offers for anyone to read: the door, the list, one, several, the feeds."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import roles
from casework import links
from documents import serving
from internships import assessments, offers
from internships.actions import offers as actions
from internships.listings import OFFERS
from internships.models import (
    OfferPhoto,
    PlacementOffer,
    PlacementSite,
    Room,
    Semester,
)
from internships.offer_letters import RENEW
from listings import actions as listing_actions
from listings import feeds, pages
from territory.models import Desk

MOST_COMPARED = 3
# What the page of comparison offers to add: the newest.
MOST_OFFERED = 100
LONGEST_KEY = 9

read_feed = feeds.ListingFeed(OFFERS)


@login_not_required
@require_safe
def home(request):
    """The door: what one finds here, in which order, and who decides what."""
    context = {
        "offers": PlacementOffer.objects.published().count(),
        "rooms": Room.objects.open().count(),
        "semesters": Semester.objects.to_come(timezone.localdate())[:2],
    }
    return render(request, "internships/home.html", context)


@login_not_required
@require_safe
def offer_list(request):
    found = pages.found(OFFERS, request)
    number, content = found.kept(_drawn)
    context = {
        "content": content,
        "number": number,
        "alert_query": found.suffix,
    }
    return render(request, "internships/offer_list.html", context)


def _drawn(found: pages.Found) -> tuple[int, SafeString]:
    """The number of the page and what it shows, the same for every reader."""
    departement = Desk.objects.current().departement
    context = {
        "departement": departement,
        "form": found.form,
        "page": found.page,
        "query": found.query,
        "is_narrowed": found.is_narrowed,
        "offers": offers.show_all(found.page),
        "where": offers.where(found.page.paginator.object_list, departement),
        "alert_query": found.suffix,
    }
    content = render_to_string("internships/_offers_found.html", context)
    return found.page.number, content


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def offer_feed(request):
    return read_feed(request)


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def offer_json(request):
    return feeds.json_feed(request, OFFERS)


def published():
    return OFFERS.with_faces(OFFERS.published())


@login_not_required
@require_safe
def offer_detail(request, pk):
    offer = get_object_or_404(published(), pk=pk)
    person = request.user.person if request.user.is_authenticated else None
    context = {
        "offer": offers.show_all([offer])[0],
        "ways": offers.ways_to([offer])[offer.site_id],
        "room_nearby": offer.room_nearby,
        "supervisors": offer.supervisors.active(),
        "photos": offer.photos.filter(document__in=_servable()),
        "is_mine": person is not None and _is_theirs(offer, person),
        "marks": assessments.of_site(offer.site),
    }
    return render(request, "internships/offer_detail.html", context)


def _servable():
    return OfferPhoto._meta.get_field("document").related_model.objects.servable()


def _is_theirs(offer, person) -> bool:
    mine = PlacementOffer.objects.of(person, timezone.localdate())
    return mine.filter(pk=offer.pk).exists()


@login_not_required
@require_safe
def offer_photo(request, pk):
    """For everybody once on line; before, for its host and for those who read it."""
    photo = get_object_or_404(OfferPhoto.objects.select_related("document"), pk=pk)
    offer = photo.offer
    if offer.is_published:
        return serving.picture(photo.document)
    user = request.user
    if not user.is_authenticated:
        raise Http404
    if not roles.is_desk(user) and not _is_theirs(offer, user.person):
        raise Http404
    response = serving.picture(photo.document)
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def site_detail(request, pk):
    """A site, whoever teaches there, and what it offers."""
    sites = PlacementSite.objects.active().select_related(
        "commune__intercommunality", "structure"
    )
    site = get_object_or_404(sites.defer("commune__contour"), pk=pk)
    context = {
        "site": site,
        "faculty": offers.faculty_of(site),
        "supervisors": site.supervisors.active(),
        "offers": offers.show_all(published().filter(site=site)),
        "marks": assessments.of_site(site),
    }
    return render(request, "internships/site_detail.html", context)


# --- Side by side --------------------------------------------------------------------


@login_not_required
@require_safe
def offer_compare(request):
    """Up to three, named by the address; what is not an offer is left out."""
    asked = list(dict.fromkeys(filter(_is_key, request.GET.getlist("offre"))))
    found = {str(one.pk): one for one in published().filter(pk__in=asked[:20])}
    chosen = [found[key] for key in asked if key in found]
    kept = chosen[:MOST_COMPARED]
    shown = offers.show_all(kept)
    query = [f"offre={one.pk}" for one in kept]
    others = published().exclude(pk__in=[one.pk for one in kept])
    context = {
        "columns": [
            {
                "offer": one,
                "without": "&".join(
                    part for part in query if part != f"offre={one.pk}"
                ),
            }
            for one in shown
        ],
        "rows": offers.compare(shown),
        "left_out": len(chosen) - len(kept),
        "others": others[:MOST_OFFERED] if len(kept) < MOST_COMPARED else [],
    }
    return render(request, "internships/offer_compare.html", context)


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY


# --- The link of the e-mail ---------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_confirmed(request, pk):
    """Where the link « renouveler » leads; the renewal may be taken off here."""
    reached = links.scoped(request, RENEW)
    rows = PlacementOffer.objects.filter(pk__in=reached)
    offer = get_object_or_404(rows.select_related("semester", "site"), pk=pk)
    renewal = getattr(offer, "renewal", None)
    if request.method == "POST":
        if renewal is not None and renewal.allows("withdraw"):
            listing_actions.withdraw(renewal)
        return redirect(reverse("internships:offer-confirmed", args=[pk]))
    context = {
        "offer": offer,
        "renewal": renewal,
        "obstacle": "" if renewal else actions.obstacle(offer),
    }
    return render(request, "internships/offer_confirmed.html", context)
