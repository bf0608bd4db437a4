"""A person's own agreement: read, signed, kept."""

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

from bursaries import agreement_clock, standing
from bursaries import agreement_following as following
from bursaries.actions import clock
from bursaries.forms.agreements import (
    CodeForm,
    DeclarationForm,
    ProofForm,
    WhatIfForm,
)
from bursaries.models import Agreement, Deed
from documents import serving

SHOWN = (Deed.State.TO_SIGN, Deed.State.SIGNED, Deed.State.EXECUTORY)


def _mine(request, reference: str) -> Agreement:
    """Theirs, once its text is final: a stranger does not learn that it exists."""
    mine = Agreement.objects.of(request.user.person).with_facts()
    agreement = get_object_or_404(mine, reference=reference)
    if not _shown(agreement):
        raise Http404
    return agreement


def _shown(agreement: Agreement) -> list[Deed]:
    return [deed for deed in agreement.deeds.all() if deed.state in SHOWN]


@never_cache
@require_safe
def agreement_detail(request, reference):
    return _page(request, _mine(request, reference))


def _page(request, agreement, *, proof_form=None, declaration_form=None):
    day = timezone.localdate()
    known = agreement_clock.facts(agreement, day)
    state = standing.standing(known, day)
    what_if_form = WhatIfForm(request.GET if "le" in request.GET else None)
    what_if = None
    if what_if_form.is_valid():
        what_if = following.what_if(agreement, what_if_form.cleaned_data["le"])
    is_running = agreement.ended_on is None and known.signed_on is not None
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
        "breach": agreement.open_breach,
        "road": following.road(known, day),
        "next": standing.next_step(known, day),
        "is_suspected": state in standing.SUSPECTED,
        "is_running": is_running,
        "proofs": agreement.proofs.all(),
        "proof_form": proof_form or ProofForm(),
        "declaration_due": is_running and clock.declaration_due(agreement, day),
        "declaration_form": declaration_form or DeclarationForm(),
        **following.payments_of(agreement, day),
        "what_if_form": what_if_form,
        "what_if": what_if,
    }
    return render(request, "bursaries/agreements/detail.html", context)


@never_cache
@require_POST
def proof_send(request, reference):
    """A paper sent from the page of the agreement; the page again on a refusal."""
    agreement = _mine(request, reference)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            clock.send_proof(
                agreement,
                said["kind"],
                said["upload"],
                year=said["year"],
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Le document est envoyé. Nous le vérifions.")
            return redirect(f"{agreement.get_absolute_url()}#documents")
    return _page(request, agreement, proof_form=form)


@never_cache
@require_POST
def declaration_make(request, reference):
    """Nothing changed, in one click; else what changed."""
    agreement = _mine(request, reference)
    is_unchanged = request.POST.get("then") == "unchanged"
    form = DeclarationForm(request.POST)
    if is_unchanged or form.is_valid():
        text = "" if is_unchanged else form.cleaned_data["text"]
        try:
            clock.declare(
                agreement, is_unchanged=is_unchanged, text=text, by=request.user
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, "Merci, votre déclaration est enregistrée.")
        return redirect(agreement)
    return _page(request, agreement, declaration_form=form)


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


@never_cache
@require_safe
def agreement_certificate(request, reference):
    """That the service was done, once the desk has said so."""
    agreement = _mine(request, reference)
    if agreement.certificate is None:
        raise Http404
    return serving.attachment(agreement.certificate)


@never_cache
@require_safe
def agreement_notice(request, reference):
    breach = _mine(request, reference).open_breach
    if breach is None or breach.notice is None:
        raise Http404
    return serving.attachment(breach.notice)
