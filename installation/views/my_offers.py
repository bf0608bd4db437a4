"""« Mes offres »: what a person, or a body they act for, proposes."""

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
from installation.actions import offers as actions
from installation.forms.offers import OfferForm
from installation.models import PracticeOffer
from listings import actions as listing_actions
from listings.models import State

# What each state means to its author, and how its badge looks.
STANDING = {
    State.DRAFT: ("neutral", "pencil", "Personne d’autre que vous ne la voit."),
    State.SUBMITTED: ("info", "inbox", "Le guichet la relit, puis elle paraît."),
    State.PUBLISHED: ("success", "eye", ""),
    State.REFUSED: ("you", "hand", "À corriger, puis à renvoyer."),
    State.EXPIRED: ("you", "hand", "Elle tient toujours ? Remettez-la en ligne."),
    State.WITHDRAWN: ("neutral", "x", "Elle n’est plus visible."),
}


def mine(request):
    day = timezone.localdate()
    rows = PracticeOffer.objects.of(request.user.person, day)
    return rows.select_related("commune", "organisation").defer("commune__contour")


@never_cache
@require_safe
def my_offers(request):
    rows = mine(request).prefetch_related("introductions__request")
    rows = rows.order_by("-created_at", "-pk")
    lines = [
        {
            "offer": offer,
            "look": STANDING[offer.state][0],
            "icon": STANDING[offer.state][1],
            "sentence": STANDING[offer.state][2],
            "waiting": [
                introduction
                for introduction in offer.introductions.all()
                if introduction.awaits("host")
            ],
            "met": [one for one in offer.introductions.all() if one.is_met],
            "may_confirm": offer.allows("confirm"),
            "may_withdraw": offer.allows("withdraw"),
        }
        for offer in rows[:100]
    ]
    return render(request, "installation/my_offers.html", {"lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request):
    person = request.user.person
    blank = PracticeOffer(
        owner=person,
        contact_name=person.formal_name,
        contact_email=person.email,
        contact_phone=person.phone,
    )
    return _form_page(request, blank, "Proposer une offre")


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
            saved = actions.write(form.instance, by=request.user, send=send)
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
            return redirect("installation:my-offers")
    context = {"form": form, "offer": offer, "title": title}
    return render(request, "installation/offer_form.html", context)


@never_cache
@require_POST
def offer_confirm(request, pk):
    """Still true, or back on line: one click, from here or from the e-mail."""
    return _move(
        request, pk, listing_actions.confirm, "C’est noté : elle est en ligne."
    )


@never_cache
@require_POST
def offer_withdraw(request, pk):
    return _move(request, pk, listing_actions.withdraw, "L’offre est retirée.")


def _move(request, pk, act, done: str):
    offer = get_object_or_404(mine(request), pk=pk)
    try:
        act(offer, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect("installation:my-offers")
