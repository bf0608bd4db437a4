"""An agreement in words: its badge, its road, and the page where it is signed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.lockout import client_ip
from bursaries import agreement_clock, agreement_words, paying, standing
from bursaries.actions import agreements
from bursaries.models import Agreement, Deed
from bursaries.repayment import Sheet
from bursaries.standing import Facts, Standing
from casework.days import said, short
from casework.typography import euros
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
    root = deed_badge(agreement.root)
    if agreement.root.state != State.EXECUTORY:
        return root
    day = timezone.localdate()
    state = agreement_clock.standing_on(agreement, day)
    label, look, icon = _STANDINGS[state]
    return {"label": label, "look": look, "icon": icon}


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


_STANDINGS = {
    Standing.TO_SIGN: ("À signer", "you", "pencil"),
    Standing.SIGNED: ("Signée", "run", "check"),
    Standing.STUDYING: ("Études en cours", "run", "book-open"),
    Standing.STUDY_SUSPENDED: ("Suspendue", "wait", "pause"),
    Standing.AWAITING: ("Installation attendue", "info", "flag"),
    Standing.AWAITING_SUSPENDED: ("Suspendue", "wait", "pause"),
    Standing.LATE: ("Délai dépassé", "warning", "clock-alert"),
    Standing.SERVING: ("En exercice", "success", "stethoscope"),
    Standing.SERVICE_SUSPENDED: ("Suspendue", "wait", "pause"),
    Standing.STOPPED: ("Exercice interrompu", "warning", "circle-alert"),
    Standing.FULFILLED: ("Engagement tenu", "success", "flag"),
}


def road(known: Facts, day: date) -> list[dict]:
    """The stages of the agreement, as the page draws them."""
    found = standing.milestones(known, day)
    return [
        {
            "number": at + 1,
            "title": one.title,
            "state": one.state,
            "detail": _when(one),
        }
        for at, one in enumerate(found)
    ]


def _when(milestone: standing.Milestone) -> str:
    if milestone.on is None:
        return ""
    said_on = short(milestone.on)
    return f"prévu vers le {said_on}" if milestone.is_expected else said_on


@dataclass(frozen=True)
class WhatIf:
    """What leaving on a day would cost; nothing of it is kept."""

    on: date
    received: Decimal
    sheet: Sheet

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(line.label, euros(line.amount)) for line in self.sheet.lines]

    @property
    def due(self) -> str:
        return euros(self.sheet.due)

    @property
    def received_said(self) -> str:
        return euros(self.received)


def what_if(agreement: Agreement, on: date) -> WhatIf:
    """« Et si je partais le … »: had everything been paid as planned until then."""
    received = planned_until(agreement, on)
    return WhatIf(on, received, agreement_clock.if_left_on(agreement, on, received))


def payments_of(agreement: Agreement, day: date) -> dict:
    """The schedule as it stands, and all that holds the next payment back."""
    rows = [one for one in agreement.payments.all() if not one.cancelled_at]
    due = next((one for one in rows if one.ordered_at is None), None)
    blocked = []
    if due is not None and due.due_on <= day:
        known = paying.facts(agreement, day)
        blocked = paying.reasons(due, known, timezone.now())
    return {
        "payments": [
            {
                "row": row,
                "amount": euros(row.amount),
                "state": _SAID_TO_PERSON.get(row.state, "En préparation"),
            }
            for row in rows
        ],
        "blocked": blocked,
    }


def sums_of(agreement: Agreement) -> dict:
    rows = [one for one in agreement.payments.all() if not one.cancelled_at]
    none = Decimal("0.00")
    return {
        "paid": euros(sum((one.amount for one in rows if one.paid_on), none)),
        "planned": euros(sum((one.amount for one in rows), none)),
    }


# The desk's own steps are nobody else's: a payment is planned, on its way or paid.
_SAID_TO_PERSON = {"planned": "Prévu", "paid": "Payé"}


def planned_until(agreement: Agreement, day: date) -> Decimal:
    """What was paid and what is planned by a day, in euros."""
    rows = [one.line for one in agreement.payments.all() if not one.cancelled_at]
    lines = rows or agreement_words.planned(agreement, agreement.root)
    return sum((line.amount for line in lines if line.due_on <= day), Decimal("0.00"))


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
