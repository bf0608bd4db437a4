"""Rents: what is received is written down, and may be taken back.

The dates of a stay change: `recompute(stay)` makes its calls follow.
"""

import datetime as dt
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from documents.actions import discard
from internships.models import RentCall, RentPayment
from internships.models.rents import ZERO
from internships.rent_calls import call_month, recompute
from internships.rent_letters import euros
from internships.tasks import file_receipt

__all__ = ["call_month", "cancel_payment", "pay", "recompute"]


@transaction.atomic
def pay(
    call: RentCall, *, amount: Decimal, paid_on: dt.date, means: str, by: User
) -> RentPayment:
    """Write down money received, all of what is due or a part of it."""
    call = locked(call)
    if not call.is_open:
        raise ValidationError("Il n'y a plus rien à payer pour ce mois.")
    if amount > call.balance:
        raise ValidationError(f"Il reste {euros(call.balance)} à payer, pas plus.")
    payment = RentPayment.objects.create(
        call=call, amount=amount, paid_on=paid_on, means=means, recorded_by=by
    )
    _count(call)
    record(
        "internships.rent.paid", subject=call, actor=by, data={"payment": payment.pk}
    )
    if call.is_settled:
        # A broker that is down must not undo what was written: the sweep rings again.
        ring = partial(file_receipt.delay, call.pk)
        transaction.on_commit(ring, robust=True)
    return payment


@transaction.atomic
def cancel_payment(payment: RentPayment, *, by: User) -> RentCall:
    """It was written by mistake: the balance comes back, the receipt goes."""
    call = locked(payment.call)
    payment = locked(payment)
    receipt = call.receipt
    if receipt is not None:
        call.drop_receipt()
    payment.cancel()
    _count(call)
    if receipt is not None:
        discard(receipt, by=by)
    data = {"payment": payment.pk}
    record("internships.rent.unpaid", subject=call, actor=by, data=data)
    return call


def _count(call: RentCall) -> None:
    standing = call.payments.standing()
    found = standing.aggregate(received=Sum("amount"), last_on=Max("paid_on"))
    call.count(found["received"] or ZERO, found["last_on"])
