"""Interests: shown by a student, answered by the host, confirmed by the student."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits
from casework import links
from internships import indemnities, interest_letters
from internships.actions import interests as actions
from internships.forms.interests import AnswerForm, ConfirmForm, InterestForm
from internships.interest_lines import badge
from internships.models import Interest, PlacementOffer, Room, SiteDistance
from internships.wording import CONSENT_TO_HOST

PAGE = ["GET", "HEAD", "POST"]


def _posted(request):
    return request.POST if request.method == "POST" else None


# --- The student ---------------------------------------------------------------------


@never_cache
@require_http_methods(PAGE)
def interest_new(request, pk):
    """« Ce stage m'intéresse »: which wish it is, a word, and the agreement."""
    rows = PlacementOffer.objects.published().select_related("site", "semester")
    offer = get_object_or_404(rows, pk=pk)
    person = request.user.person
    known = Interest.objects.of(person).filter(offer=offer)
    ranks = actions.free_ranks(person, offer.semester)
    form = InterestForm(_posted(request), ranks=ranks)
    if form.is_valid():
        said = form.cleaned_data
        try:
            limits.require_pace(request, "interest")
            actions.show(
                offer,
                person,
                rank=said["rank"],
                word=said["word"],
                wording=CONSENT_TO_HOST,
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"C’est parti : {offer.site} reçoit votre message."
            )
            return redirect("internships:my-placements")
    context = {
        "offer": offer,
        "form": form,
        "ranks": ranks,
        "known": known.exclude(state__in=["withdrawn", "released", "declined"]).first(),
        "is_full": actions.seats_left(offer) < 1,
    }
    return render(request, "internships/interest_new.html", context)


def _mine(request, pk) -> Interest:
    mine = Interest.objects.of(request.user.person).with_list_data()
    return get_object_or_404(mine, pk=pk)


def rooms_near(interest: Interest):
    """The beds free for the whole semester, in the commune or known to be near."""
    site = interest.offer.site
    near = Q(dwelling__commune=site.commune_id) | Q(
        dwelling__in=SiteDistance.objects.filter(site=site).values("dwelling")
    )
    rooms = Room.objects.open().free(interest.semester.period).filter(near)
    return rooms.select_related("dwelling__commune").in_order()


@never_cache
@require_http_methods(PAGE)
def interest_confirm(request, pk):
    """The host said yes: what cannot be cumulated is read, then the mutual yes."""
    interest = _mine(request, pk)
    if interest.state == Interest.State.CONFIRMED:
        return redirect(interest.placement)
    wording = indemnities.wording(interest.offer.kind, timezone.localdate())
    rooms = rooms_near(interest)
    form = ConfirmForm(_posted(request), wording=wording, rooms=rooms)
    if form.is_valid():
        try:
            placement = actions.confirm(
                interest,
                room=form.cleaned_data["room"],
                accepted_wording=wording,
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre stage est noté. À bientôt !")
            return redirect(placement)
    others = Interest.objects.of(interest.person).open().exclude(pk=interest.pk)
    context = {
        "interest": interest,
        "badge": badge(interest),
        "form": form,
        "others": others.filter(semester=interest.semester).with_list_data(),
        "awaits": interest.state == Interest.State.ACCEPTED,
        "has_rooms": rooms.exists(),
    }
    return render(request, "internships/interest_confirm.html", context)


@never_cache
@require_http_methods(PAGE)
def interest_withdraw(request, pk):
    interest = _mine(request, pk)
    if request.method == "POST":
        try:
            actions.withdraw(interest, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"{interest.offer.site} est prévenu.")
        return redirect("internships:my-placements")
    return render(request, "internships/interest_withdraw.html", {"interest": interest})


# --- The host ------------------------------------------------------------------------


@never_cache
@require_safe
def interests_received(request):
    """« Qui aimerait venir »: what waits for an answer first."""
    rows = Interest.objects.received_by(request.user.person, timezone.localdate())
    rows = rows.with_list_data().order_by("closed_at", "created_at", "pk")
    lines = [
        {"interest": interest, "badge": badge(interest, for_host=True)}
        for interest in rows.distinct()[:200]
    ]
    context = {
        "waiting": [
            line for line in lines if line["interest"].state == Interest.State.SENT
        ],
        "others": [
            line for line in lines if line["interest"].state != Interest.State.SENT
        ],
    }
    return render(request, "internships/interests_received.html", context)


@login_not_required
@never_cache
@require_http_methods(PAGE)
def interest_answer(request, pk):
    """Who would like to come; yes or no, from the space or from the e-mailed link."""
    interest = _received(request, pk)
    act = {"accept": actions.accept, "decline": actions.decline}.get(
        request.POST.get("act", "")
    )
    form = AnswerForm(request.POST if act else None)
    if act and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            act(interest, answer=form.cleaned_data["answer"], by=by)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "Merci : votre réponse est partie, la personne est prévenue."
            )
            return redirect(interest)
    shows_person = interest.is_open or interest.state == Interest.State.CONFIRMED
    context = {
        "interest": interest,
        "badge": badge(interest, for_host=True),
        "form": form,
        "shows_person": shows_person,
        "studies": interest_letters.studies_of(interest.person),
        "seats_left": actions.seats_left(interest.offer),
        "may_accept": interest.state == Interest.State.SENT,
        "may_decline": interest.is_open,
    }
    return render(request, "internships/interest_answer.html", context)


def _received(request, pk) -> Interest:
    """For whoever the offer belongs to, or holds its link; else not found."""
    rows = Interest.objects.with_list_data()
    if request.user.is_authenticated:
        person = request.user.person
        mine = Interest.objects.received_by(person, timezone.localdate())
        if found := rows.filter(pk=pk, pk__in=mine.values("pk")).first():
            return found
    if pk not in links.scoped(request, interest_letters.SCOPE):
        raise Http404
    return get_object_or_404(rows, pk=pk)
