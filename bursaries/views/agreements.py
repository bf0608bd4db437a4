"""A person's own agreement: read, signed, kept."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bursaries import agreement_following as following
from bursaries.forms.agreements import CodeForm
from bursaries.models import Agreement, Deed
from documents import serving

SHOWN = (Deed.State.TO_SIGN, Deed.State.SIGNED, Deed.State.EXECUTORY)


def _mine(request, reference: str) -> Agreement:
    """Theirs, once its text is final: a stranger does not learn that it exists."""
    mine = Agreement.objects.of(request.user.person).with_deeds()
    agreement = get_object_or_404(mine, reference=reference)
    if not _shown(agreement):
        raise Http404
    return agreement


def _shown(agreement: Agreement) -> list[Deed]:
    return [deed for deed in agreement.deeds.all() if deed.state in SHOWN]


@never_cache
@require_safe
def agreement_detail(request, reference):
    agreement = _mine(request, reference)
    person = request.user.person
    deeds = [
        {
            "deed": deed,
            "badge": following.deed_badge(deed),
            "is_mine_to_sign": deed.state == Deed.State.TO_SIGN
            and any(one.person_id == person.pk for one in deed.circuit.waiting()),
            "circuit": deed.circuit,
        }
        for deed in _shown(agreement)
    ]
    context = {
        "agreement": agreement,
        "badge": following.badge(agreement),
        "deeds": deeds,
        "to_sign": [one for one in deeds if one["is_mine_to_sign"]],
        "facts": following.facts(agreement),
    }
    return render(request, "bursaries/agreements/detail.html", context)


def _deed(request, reference, number) -> Deed:
    agreement = _mine(request, reference)
    for deed in _shown(agreement):
        if deed.number == number:
            return deed
    raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request, reference, number):
    deed = _deed(request, reference, number)
    waiting = deed.circuit.waiting() if deed.state == Deed.State.TO_SIGN else []
    mine = request.user.person_id
    me = next((one for one in waiting if one.person_id == mine), None)
    if me is None:
        return redirect(deed.agreement)
    return following.signing_page(
        request,
        deed,
        me,
        CodeForm,
        template="bursaries/agreements/sign.html",
        context={},
        back_url=deed.agreement.get_absolute_url(),
    )


@never_cache
@require_safe
def agreement_document(request, reference, number):
    deed = _deed(request, reference, number)
    return serving.attachment(deed.circuit.final_document)
