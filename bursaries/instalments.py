"""Paying back in several times: the plan, and what each sum received settles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

NONE = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Instalment:
    """One sum to pay back, in euros, before the end of a day."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True)
class Receipt:
    """A sum that came in; negative when the bank took it back."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Standing:
    """An instalment and what is left of it."""

    instalment: Instalment
    left: Decimal

    def is_overdue(self, day: date) -> bool:
        return bool(self.left) and self.instalment.due_on < day


def plan(amount: Decimal, count: int, first_on: date) -> list[Instalment]:
    """So many equal monthly sums to the cent; the last one takes what remains."""
    if amount <= 0:
        raise ValidationError("Il n'y a rien à rembourser.")
    if count < 1:
        raise ValidationError("Un remboursement se fait en une fois au moins.")
    each = (amount / count).quantize(CENT, ROUND_DOWN)
    if not each:
        raise ValidationError("Cette somme ne se partage pas en autant de fois.")
    days = [first_on + relativedelta(months=rank) for rank in range(count)]
    last = amount - each * (count - 1)
    return [
        Instalment(day, last if rank == count - 1 else each)
        for rank, day in enumerate(days)
    ]


def received(receipts: Iterable[Receipt], day: date) -> Decimal:
    """All that came in by the end of a day."""
    return sum((one.amount for one in receipts if one.on <= day), NONE)


def standings(
    instalments: Sequence[Instalment], receipts: Iterable[Receipt], day: date
) -> list[Standing]:
    """What is left of each on a day: the oldest is settled first."""
    money = max(received(receipts, day), NONE)
    found = []
    for instalment in sorted(instalments, key=lambda one: one.due_on):
        part = min(money, instalment.amount)
        money -= part
        found.append(Standing(instalment, instalment.amount - part))
    return found


def balance(
    instalments: Sequence[Instalment], receipts: Iterable[Receipt], day: date
) -> Decimal:
    """What is still owed on a day; below nothing, it is to be given back."""
    owed = sum((one.amount for one in instalments), NONE)
    return owed - received(receipts, day)


def settled_on(
    instalments: Sequence[Instalment], receipts: Sequence[Receipt]
) -> date | None:
    """The day from which nothing was owed any more; None while something is."""
    owed = sum((one.amount for one in instalments), NONE)
    total, settled = NONE, None
    for receipt in sorted(receipts, key=lambda one: one.on):
        total += receipt.amount
        if total < owed:
            settled = None
        elif settled is None:
            settled = receipt.on
    return settled
