"""« Mes offres de stage »: what the members of a host write, semester by semester."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import limits
from internships.actions import offers as actions
from internships.forms.offers import OfferForm, PhotoForm, SiteForm
from internships.models import PlacementOffer, PlacementSite, Semester
from listings import actions as listing_actions
from listings.models import State

SHOWN = 100
# What each state means to its host, and how its badge looks.
STANDING = {
    State.DRAFT: ("neutral", "pencil", "Personne d’autre que vous ne la voit."),
    State.SUBMITTED: ("info", "inbox", "Le guichet la relit, puis elle paraît."),
    State.PUBLISHED: ("success", "eye", ""),
    State.REFUSED: ("you", "hand", "À corriger, puis à renvoyer."),
    State.EXPIRED: ("neutral", "clock", "Son semestre est terminé."),
    State.WITHDRAWN: ("neutral", "x", "Elle n’est plus visible."),
}


def mine(request):
    day = timezone.localdate()
    rows = PlacementOffer.objects.of(request.user.person, day)
    return rows.select_related("site", "semester", "commune", "renewal__semester")


def my_sites(request):
    sites = PlacementSite.objects.hosted_by(request.user.person, timezone.localdate())
    return sites.distinct().select_related("commune").defer("commune__contour")


@never_cache
@require_safe
def my_offers(request):
    semesters = list(Semester.objects.to_come(timezone.localdate()))
    rows = mine(request).defer("commune__contour")
    rows = rows.order_by("-semester__period", "-created_at", "-pk")
    context = {
        "lines": [_line(offer, semesters) for offer in rows[:SHOWN]],
        "sites": my_sites(request),
    }
    return render(request, "internships/my_offers.html", context)


def _line(offer, semesters) -> dict:
    look, icon, sentence = STANDING[offer.state]
    is_renewable = offer.was_read and not offer.is_followed and offer.site.is_active
    return {
        "offer": offer,
        "look": look,
        "icon": icon,
        "sentence": sentence,
        "renewal": offer.renewal if offer.is_followed else None,
        "next": actions.semester_after(offer, semesters) if is_renewable else None,
        "may_withdraw": offer.allows("withdraw") and not offer.is_over,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request):
    if not my_sites(request).active().exists():
        return render(request, "internships/offer_without_site.html")
    person = request.user.person
    blank = PlacementOffer(
        owner=person,
        contact_name=person.formal_name,
        contact_email=person.email,
        contact_phone=person.phone,
    )
    return _form_page(request, blank, "Proposer un stage")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request, pk):
    offer = get_object_or_404(mine(request), pk=pk)
    if not offer.is_editable:
        raise Http404
    return _form_page(request, offer, "Modifier l’offre")


def _form_page(request, offer, title):
    form = OfferForm(
        request.POST if request.method == "POST" else None,
        instance=offer,
        person=request.user.person,
        day=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        send = request.POST.get("then") != "draft"
        try:
            limits.require_pace(request, "offer")
            saved = actions.write(
                form.instance,
                supervisors=form.cleaned_data.get("supervisors", ()),
                by=request.user,
                send=send,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            waits = saved.state == State.SUBMITTED
            messages.success(
                request,
                "C’est envoyé : le guichet relit votre offre, puis elle paraît."
                if waits
                else "Le brouillon est enregistré.",
            )
            return redirect("internships:my-offers")
    context = {"form": form, "offer": offer, "title": title}
    return render(request, "internships/offer_form.html", context)


@never_cache
@require_POST
def offer_renew(request, pk):
    """The same for the semester after: one click, from here or from the e-mail."""
    offer = get_object_or_404(mine(request), pk=pk)
    try:
        renewed = actions.renew(offer, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request,
            f"C’est fait : votre offre est en ligne pour {renewed.semester}. Le "
            "guichet l’avait déjà relue.",
        )
    return redirect("internships:my-offers")


@never_cache
@require_POST
def offer_withdraw(request, pk):
    offer = get_object_or_404(mine(request), pk=pk)
    try:
        listing_actions.withdraw(offer, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "L’offre est retirée.")
    return redirect("internships:my-offers")


# --- Photos --------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_photos(request, pk):
    offer = get_object_or_404(mine(request), pk=pk)
    if not offer.is_editable:
        raise Http404
    is_sent = request.method == "POST"
    form = PhotoForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid():
        try:
            limits.require_pace(request, "offer")
            actions.add_photo(
                offer,
                form.cleaned_data["picture"],
                form.cleaned_data["alternative"],
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "La photo est ajoutée.")
            return redirect("internships:offer-photos", pk)
    context = {
        "offer": offer,
        "form": form,
        "photos": offer.photos.select_related("document"),
        "most": actions.MOST_PHOTOS,
    }
    return render(request, "internships/offer_photos.html", context)


@never_cache
@require_POST
def offer_photo_remove(request, pk, photo):
    offer = get_object_or_404(mine(request), pk=pk)
    actions.remove_photo(get_object_or_404(offer.photos, pk=photo), by=request.user)
    messages.success(request, "La photo est retirée.")
    return redirect("internships:offer-photos", pk)


# --- The site ------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request, pk):
    """Its host says how one comes and lives there; the rest is the desk's."""
    site = get_object_or_404(my_sites(request), pk=pk)
    form = SiteForm(request.POST if request.method == "POST" else None, instance=site)
    if request.method == "POST" and form.is_valid():
        actions.correct_site(form.instance, by=request.user)
        messages.success(request, "La présentation est enregistrée.")
        return redirect("internships:my-offers")
    return render(request, "internships/site_form.html", {"form": form, "site": site})
