"""The e-mails of rents: what to pay, what changed, what was paid."""

from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from casework import days
from casework.outbox import post
from casework.typography import NBSP
from internships.models import RentCall

# What is said while the owner has written nothing on the dwelling.
ASK_THE_OWNER = "Demandez au propriétaire comment payer."


def euros(amount: Decimal) -> str:
    """« 1 120,50 € »."""
    whole, cents = f"{amount:,.2f}".split(".")
    return f"{whole.replace(',', NBSP)},{cents}{NBSP}€"


def called(call: RentCall) -> None:
    _post(call, "rent-called", f"internships.rent-called:{call.pk}")


def changed(call: RentCall, *, mark: str) -> None:
    """Once for each change: `mark` is its entry in the journal."""
    _post(call, "rent-changed", f"internships.rent-changed:{call.pk}:{mark}")


def receipt_ready(call: RentCall) -> None:
    _post(
        call,
        "rent-receipt",
        f"internships.rent-receipt:{call.pk}:{call.receipt_id}",
    )


def said(call: RentCall) -> dict:
    """What every message about a call may say."""
    return {
        "personne": call.person.full_name,
        "mois": call.month_name,
        "logement": str(call.room),
        "du": days.said(call.period.lower),
        "au": days.said(call.last_on),
        "montant": euros(call.amount),
        "reste": euros(call.balance),
        "avant_le": days.said(call.due_on),
        "proprietaire": call.payee.name,
        "comment": call.room.dwelling.payment_words or ASK_THE_OWNER,
        "lien": settings.SITE_URL + reverse("internships:rents-mine"),
    }


def _post(call: RentCall, name: str, key: str) -> None:
    if not call.person.email:
        return
    post(
        key,
        to=call.person.email,
        template=f"internships.{name}",
        context=said(call),
        about=call,
    )
