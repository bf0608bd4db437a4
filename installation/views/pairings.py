"""Being put in touch: each side reads, then says yes or no; and to be a mentor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework import links
from installation import drafts, offer_letters
from installation.actions import pairings as actions
from installation.forms.offers import MentorForm
from installation.models import Introduction, Mentor, Mentorship
from installation.models.pairings import Side

KINDS = {model._meta.model_name: model for model in (Introduction, Mentorship)}
RELATED = {
    "introduction": ("offer__commune", "offer__intercommunality", "offer__owner"),
    "mentorship": ("mentor__person", "mentor__intercommunality"),
}
ACTS = {"accept": actions.accept, "decline": actions.decline}
DONE = {
    "accept": "Merci : c’est noté.",
    "decline": "C’est noté. Aucun nom n’a été donné.",
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pairing(request, kind, pk, side):
    found = _mine(request, kind, pk, side)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act:
        by = request.user if request.user.is_authenticated else None
        try:
            act(found, side, by=by)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, DONE[request.POST["act"]])
        return redirect(found.page_url(side))
    other = Side.GUEST if side == Side.HOST else Side.HOST
    context = {
        "pairing": found,
        "side": side,
        "is_host": side == Side.HOST,
        "is_introduction": kind == "introduction",
        "accepted_at": found.accepted_at(side),
        "profile": offer_letters.profile(found.request),
    }
    if found.met_at:
        context |= {
            "name": offer_letters.name_of(found, other),
            "email": offer_letters.address_of(found, other),
            "phone": offer_letters.phone_of(found, other),
        }
    return render(request, "installation/pairing.html", context)


def _mine(request, kind, pk, side):
    """The pairing, for the one who stands on this side of it; else not found."""
    if kind not in KINDS or side not in Side.values:
        raise Http404
    rows = KINDS[kind].objects.select_related("guest", "request", *RELATED[kind])
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    person = drafts.person_of(request)
    theirs = found.host if side == Side.HOST else found.guest
    if person is not None and theirs == person:
        return found
    if found.pk in links.scoped(request, offer_letters.scope(found, side)):
        return found
    raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mentor(request):
    """« Accueillir un confrère »: a doctor says yes, how, and stops when they want."""
    person = request.user.person
    known = Mentor.objects.filter(person=person).first()
    form = MentorForm(
        request.POST if request.method == "POST" else None,
        instance=known or Mentor(person=person),
    )
    if form.is_valid():
        actions.volunteer(form.instance, by=request.user)
        messages.success(request, "Merci : le guichet pensera à vous.")
        return redirect("installation:mentor")
    pairs = known.mentorships.select_related("request", "guest") if known else []
    context = {
        "form": form,
        "mentor": known,
        "pairs": [
            {
                "pairing": one,
                "url": one.page_url(Side.HOST),
                "name": offer_letters.name_of(one, Side.GUEST) if one.met_at else "",
                "profile": offer_letters.profile(one.request),
            }
            for one in pairs
        ],
    }
    return render(request, "installation/mentor.html", context)
