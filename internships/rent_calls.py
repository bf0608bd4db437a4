"""What is called of each stay: computed from its dates, never by differences."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casework.journal import record
from casework.locking import locked
from documents.actions import discard
from internships import rent_letters, rents
from internships.models import Occupation, RentCall, Stay

# A worker may have slept through the last months: they are called late, not never.
MONTHS_BACK = 92


def call_month(day: dt.date) -> int:
    """Call the month of a day for whoever sleeps here in it; how many calls changed.

    It may run every day: what stands as it should is left alone.
    """
    month = rents.month_of(day)
    window = (month.lower - dt.timedelta(days=MONTHS_BACK), month.upper)
    asleep = Q(
        occupation__released_at=None,
        occupation__kind=Occupation.Kind.STAY,
        occupation__period__overlap=window,
    )
    unpaid = Exists(RentCall.objects.unpaid().filter(stay=OuterRef("pk")))
    stays = Stay.objects.filter(asleep | unpaid).order_by("pk")
    return sum(recompute(stay, day) for stay in stays.iterator(chunk_size=500))


@transaction.atomic
def recompute(stay: Stay, day: dt.date | None = None) -> int:
    """Make the calls follow the dates of the stay; how many were made or changed.

    Whoever changes the dates calls it: what is not paid is recomputed, what was
    received is kept, and what was paid in excess shows.
    """
    stay = locked(stay)
    day = day or timezone.localdate()
    known = {call.month: call for call in stay.rent_calls.with_list_data()}
    changes = 0
    expected = _expected(stay, day, known)
    for due in expected:
        call = known.pop(due.month, None)
        if call is None:
            _call(stay, due, day)
        elif _stands(call, due):
            continue
        else:
            _revise(call, due, day)
        changes += 1
    for call in known.values():
        if call.cancelled_at is None:
            _cancel(call)
            changes += 1
    return changes


def _expected(stay: Stay, day: dt.date, known: dict) -> list[rents.Due]:
    """The months to call; none of a stay that was given up, or that costs nothing."""
    occupation = stay.occupation
    if not occupation.is_standing or not stay.rent:
        return []
    # A month called already stays called, even seen from an earlier day.
    until = max([day, *known])
    charges = min(occupation.room.charges_share, stay.rent)
    return list(rents.dues(stay.rent, charges, occupation.period, until))


def _stands(call: RentCall, due: rents.Due) -> bool:
    asked = (call.period, call.amount, call.charges)
    return call.cancelled_at is None and asked == (due.period, due.amount, due.charges)


def _call(stay: Stay, due: rents.Due, day: dt.date) -> None:
    if not due.amount:
        return
    call = RentCall.objects.create(
        stay=stay,
        month=due.month,
        period=due.period,
        amount=due.amount,
        charges=due.charges,
        payee=stay.occupation.room.dwelling.owner,
        due_on=rents.due_on(due.period, day),
    )
    record("internships.rent.called", subject=call)
    rent_letters.called(call)


def _revise(call: RentCall, due: rents.Due, day: dt.date) -> None:
    before = call.amount
    _drop_receipt(call)
    call.revise(due, day)
    entry = record("internships.rent.changed", subject=call)
    if call.amount != before:
        rent_letters.changed(call, mark=str(entry.pk))


def _cancel(call: RentCall) -> None:
    _drop_receipt(call)
    call.cancel()
    entry = record("internships.rent.cancelled", subject=call)
    rent_letters.changed(call, mark=str(entry.pk))


def _drop_receipt(call: RentCall) -> None:
    """It said what is no longer true: another is made once the month is paid."""
    receipt = call.receipt
    if receipt is not None:
        call.drop_receipt()
        discard(receipt)
