"""Alerts: asking for one from a list, seeing one's own, stopping."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits
from listings import actions, letters
from listings.forms import SaveSearchForm
from listings.lists import lists
from listings.models import SavedSearch
from listings.wording import CONSENT_TO_ALERTS


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request, list_key):
    """« Prévenez-moi »: the search is in the address, as in the list's."""
    declared = lists().get(list_key)
    if declared is None:
        raise Http404
    person = request.user.person if request.user.is_authenticated else None
    asked = declared.form(request.GET)
    form = SaveSearchForm(
        request.POST if request.method == "POST" else None,
        person=person,
        wording=CONSENT_TO_ALERTS,
    )
    if form.is_valid():
        address = form.cleaned_data.get("email", "")
        if person is None and not limits.may_write_to(request, address):
            form.add_error(None, limits.TOO_OFTEN)
        elif _saved(declared, asked, form, person, address):
            if person is None:
                return render(request, "listings/alert_sent.html", {"email": address})
            messages.success(request, "C’est noté : nous vous préviendrons.")
            return redirect("listings:alerts")
    context = {
        "list": declared,
        "asked": asked,
        "form": form,
        "person": person,
    }
    return render(request, "listings/alert_new.html", context)


def _saved(declared, asked, form, person, address: str) -> bool:
    try:
        actions.save_search(
            declared,
            asked.criteria,
            frequency=form.cleaned_data["frequency"],
            person=person,
            email=address,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


# A mail program that stops an alert by itself (RFC 8058) sends no token: the signed
# address is the proof, and stopping is all that it can do.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request, token):
    """One alert, for whoever holds its address; POST stops it."""
    search = SavedSearch.from_token(token)
    declared = search and lists().get(search.list_key)
    if declared is None:
        raise Http404
    if request.method == "POST":
        search = actions.stop_search(search)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("Alerte arrêtée.", content_type="text/plain")
    context = {
        "search": search,
        "list": declared,
        "described": letters.describe(declared, search),
        "list_url": declared.url + letters.query_of(search),
    }
    return render(request, "listings/alert.html", context)


@never_cache
@require_safe
def alerts(request):
    """« Mes alertes »."""
    searches = SavedSearch.objects.of(request.user.person).active()
    rows = [
        {
            "search": search,
            "list": lists()[search.list_key],
            "described": letters.describe(lists()[search.list_key], search),
            "url": lists()[search.list_key].url + letters.query_of(search),
        }
        for search in searches
        if search.list_key in lists()
    ]
    context = {"rows": rows, "lists": lists().values()}
    return render(request, "listings/alerts.html", context)


@never_cache
@require_http_methods(["POST"])
def alert_stop(request, pk):
    mine = SavedSearch.objects.of(request.user.person).active()
    actions.stop_search(get_object_or_404(mine, pk=pk))
    messages.success(request, "L’alerte est arrêtée.")
    return redirect("listings:alerts")
