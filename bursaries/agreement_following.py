"""An agreement in words: its badge, its figures, and the page where it is signed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.lockout import client_ip
from bursaries import agreement_words
from bursaries.actions import agreements
from bursaries.models import Agreement, Deed
from casework.days import said
from documents import signing
from documents.models import Signatory

State = Deed.State
_BADGES = {
    State.DRAFT: ("En rédaction", "neutral", "pencil"),
    State.PREPARING: ("PDF en préparation", "wait", "hourglass"),
    State.TO_SIGN: ("À la signature", "you", "pencil"),
    State.SIGNED: ("Signée", "run", "check"),
    State.EXECUTORY: ("Exécutoire", "success", "circle-check"),
    State.ABANDONED: ("Abandonnée", "neutral", "x"),
}


def deed_badge(deed: Deed) -> dict:
    label, look, icon = _BADGES[deed.state]
    if deed.failure and deed.state == State.PREPARING:
        label, look, icon = "PDF en échec", "warning", "circle-alert"
    return {"label": label, "look": look, "icon": icon}


def badge(agreement: Agreement) -> dict:
    if agreement.ended_on:
        label = str(agreement.get_ending_display()).capitalize()
        return {"label": label, "look": "neutral", "icon": "flag"}
    return deed_badge(agreement.root)


def facts(agreement: Agreement) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the terms in force say, in the words of the clauses."""
    deed = agreement.terms_now
    words = agreement_words.variables(deed)
    return [
        (
            "La bourse",
            [
                ("Bourse", words["bourse"]),
                ("Montants", words["montants"]),
                ("Pendant", f"{words['mois']} mois, depuis {words['premier_mois']}"),
                ("Au total, au plus", words["total"]),
                ("Versée", words["rythme"]),
            ],
        ),
        (
            "L’engagement",
            [
                ("Exercice", f"{words['engagement']}, {words['jours']} jours/semaine"),
                ("Installation", f"{words['installation']} après le diplôme"),
                ("Diplôme prévu", words["diplome"]),
                ("Modes", words["modes"]),
                ("Zones", ", ".join(deed.zones) or "tout le département"),
            ],
        ),
        (
            "Les textes",
            [
                ("Règles", words["reglement"]),
                ("Attribution", words["deliberation"]),
                ("Exécutoire depuis", said(agreement.root.binds_since) or "Pas encore"),
            ],
        ),
    ]


def signatory_at_turn(deed: Deed, email: str) -> Signatory | None:
    """The one with this mailbox, if it is their turn; no address is nobody's."""
    if deed.state != State.TO_SIGN or not email:
        return None
    waiting = deed.circuit.waiting()
    return next((one for one in waiting if one.email == email.lower()), None)


def signing_page(request, deed, me, form_class, *, template, context, back_url):
    """Ask for a code, then sign with it: what was typed is kept on a refusal."""
    then = request.POST.get("then", "") if request.method == "POST" else ""
    form = form_class(request.POST if then == "sign" else None)
    if then == "code":
        try:
            signing.send_code(me)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, f"Un code est parti vers {me.email}.")
        return redirect(f"{request.path}#signer")
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            agreements.sign_by_code(deed, me, code, address=client_ip(request))
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, "C’est signé.")
            return redirect(back_url)
    return render(
        request,
        template,
        {
            **context,
            "deed": deed,
            "agreement": deed.agreement,
            "me": me,
            "form": form,
            "articles": agreement_words.articles(deed),
            "code_was_sent": me.has_live_code(timezone.now()),
            "back_url": back_url,
        },
    )
