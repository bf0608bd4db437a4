"""Offers for anyone to read: the list, one offer, the feeds, « ça m'intéresse »."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework import links
from installation import carried, drafts, offers
from installation.actions import offers as actions
from installation.forms.offers import InterestForm
from installation.listings import OFFERS
from installation.models import InstallationRequest, Interest, PracticeOffer
from installation.wording import interest_wording
from listings import actions as listing_actions
from listings import feeds, letters, pages
from territory.models import Desk

read_feed = feeds.ListingFeed(OFFERS)


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
    return render(request, "installation/offer_list.html", context)


def _drawn(found: pages.Found) -> tuple[int, SafeString]:
    """The number of the page and what it shows, the same for every reader."""
    departement = Desk.objects.current().departement
    context = {
        "departement": departement,
        "form": found.form,
        "page": found.page,
        "query": found.query,
        "is_narrowed": found.is_narrowed,
        "offers": offers.show_all(found.page, found.day),
        "where": offers.where(found.page.paginator.object_list, departement),
        "alert_query": found.suffix,
    }
    content = render_to_string("installation/_offers_found.html", context)
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
    rows = PracticeOffer.objects.published()
    return rows.select_related(
        "commune", "intercommunality", "structure", "organisation"
    ).defer("commune__contour", "intercommunality__contour")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_detail(request, pk):
    """One offer; POST says « ça m'intéresse »."""
    offer = get_object_or_404(published(), pk=pk)
    person = drafts.person_of(request)
    form = InterestForm(
        request.POST if request.method == "POST" else None,
        wording=interest_wording(offer),
    )
    if form.is_valid():
        if person is None or not (dossier := _dossier(person)):
            carried.remember(request, offer, form.cleaned_data)
            kind = "locum" if offer.kind == "locum" else "installation"
            start = reverse("installation:request-start")
            return redirect(f"{start}?nature={kind}")
        try:
            actions.express_interest(
                offer, dossier, by=request.user, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "C’est noté dans votre dossier : le guichet vous répond."
            )
            return redirect(f"{dossier.get_absolute_url()}#offres")
    day = timezone.localdate()
    shown = offers.show_all([offer], day)[0]
    context = {
        "offer": shown,
        "posting": offers.job_posting(offer, shown),
        "form": form,
        **(_reader(offer, person, day) if person else {}),
    }
    return render(request, "installation/offer_detail.html", context)


def _reader(offer, person, day) -> dict:
    """Where somebody signed in stands towards this offer."""
    mine = PracticeOffer.objects.of(person, day).filter(pk=offer.pk)
    return {
        "dossier": _dossier(person),
        "known": Interest.objects.filter(offer=offer, person=person).first(),
        "is_mine": mine.exists(),
    }


def _dossier(person) -> InstallationRequest | None:
    """The open dossier that an interest joins: the latest."""
    rows = InstallationRequest.objects.open().of(person)
    return rows.order_by("-submitted_at", "-pk").first()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_confirmed(request, pk):
    """Where the link « toujours d'actualité » leads; it may also be taken off here."""
    reached = links.scoped(request, letters.CONFIRM)
    mine = PracticeOffer.objects.filter(pk__in=reached)
    offer = get_object_or_404(mine.select_related("commune", "intercommunality"), pk=pk)
    if request.method == "POST":
        try:
            offer = listing_actions.withdraw(offer)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, "L’offre est retirée. Merci de nous l’avoir dit.")
        return redirect("installation:offer-confirmed", offer.pk)
    return render(request, "installation/offer_confirmed.html", {"offer": offer})
