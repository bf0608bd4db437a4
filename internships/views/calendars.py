"""Private addresses that a calendar reads, and the pages that open or close them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.journal import record
from internships import calendars
from internships.models import CalendarFeed
from internships.views.owners import mine

DONE = {
    "open": "Le calendrier est ouvert : copiez son adresse dans votre téléphone.",
    "renew": "L’adresse a changé : l’ancienne n’ouvre plus rien.",
    "close": "Le calendrier est fermé : son adresse n’ouvre plus rien.",
}


@login_not_required
@never_cache
@require_safe
def calendar_feed(request, token):
    """Whoever holds the address reads the days; nobody else can guess it."""
    rows = CalendarFeed.objects.select_related("dwelling__commune", "person")
    feed = get_object_or_404(rows, token=token)
    content = calendars.of_feed(feed, timezone.localdate())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request):
    """One's own stays and placements."""
    return _page(
        request,
        {"person": request.user.person},
        title="Mon calendrier",
        lead="Vos stages et votre chambre, à jour dans le calendrier de votre "
        "téléphone.",
        here=reverse("internships:my-calendar"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dwelling_calendar(request, pk):
    """The comings and goings of a dwelling, for those who run it."""
    dwelling = get_object_or_404(mine(request), pk=pk)
    return _page(
        request,
        {"dwelling": dwelling},
        title=f"Calendrier, {dwelling.name}",
        lead="Les séjours, les options et les travaux, avec le prénom de chacun.",
        here=reverse("internships:dwelling-calendar", args=[pk]),
        back=dwelling,
    )


def _page(request, whose: dict, *, title: str, lead: str, here: str, back=None):
    feed = CalendarFeed.objects.filter(**whose).first()
    if request.method == "POST":
        act = request.POST.get("act")
        if act in DONE:
            _act(act, feed, whose, by=request.user)
            messages.success(request, DONE[act])
        return redirect(here)
    address = request.build_absolute_uri(feed.get_absolute_url()) if feed else ""
    context = {
        "title": title,
        "lead": lead,
        "address": address,
        "feed": feed,
        "dwelling": back,
    }
    return render(request, "internships/owner_calendar.html", context)


def _act(act: str, feed, whose: dict, *, by) -> None:
    """Asked twice, it is done once."""
    if act == "close":
        if feed:
            record("internships.calendar.closed", subject=feed, actor=by)
            feed.delete()
        return
    feed, created = CalendarFeed.objects.get_or_create(**whose)
    if act == "renew" and not created:
        feed.renew()
    record("internships.calendar.opened", subject=feed, actor=by)
