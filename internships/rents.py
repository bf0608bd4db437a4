"""What a month of a stay costs: pure rules, given the rent, the period and the month.

A period is half-open, so its length is its number of nights. A whole month costs the
rent, whatever its length; a part of one costs its share of the nights.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

CENT = Decimal("0.01")
# A call leaves so many days to pay, counted from the first night when it comes later.
DAYS_TO_PAY = 10


@dataclass(frozen=True)
class Due:
    """One month of a stay: the nights it covers, and what they cost."""

    month: dt.date
    period: DateRange
    amount: Decimal
    # The part of the amount that pays for the charges.
    charges: Decimal


def month_of(day: dt.date) -> DateRange:
    """The month around a day, half-open."""
    first = day.replace(day=1)
    return DateRange(first, (first + dt.timedelta(days=31)).replace(day=1))


def months(period: DateRange) -> Iterator[dt.date]:
    """The first day of each month that has a night of the period."""
    first = period.lower.replace(day=1)
    while first < period.upper:
        yield first
        first = month_of(first).upper


def covered(period: DateRange, month: dt.date) -> DateRange | None:
    """The nights of the period in that month; None without any."""
    whole = month_of(month)
    begins, ends = max(period.lower, whole.lower), min(period.upper, whole.upper)
    return DateRange(begins, ends) if begins < ends else None


def nights(period: DateRange) -> int:
    return (period.upper - period.lower).days


def amount(rent: Decimal, period: DateRange, month: dt.date) -> Decimal:
    """What a month of the period costs, half up to the cent."""
    stayed = covered(period, month)
    if stayed is None:
        return Decimal("0.00")
    share = Decimal(nights(stayed)) / nights(month_of(month))
    return (rent * share).quantize(CENT, ROUND_HALF_UP)


def dues(rent: Decimal, charges: Decimal, period: DateRange, until: dt.date):
    """What each month of the period costs, up to the month of a day, that one too."""
    for month in months(period):
        if month <= until:
            yield Due(
                month=month,
                period=covered(period, month),
                amount=amount(rent, period, month),
                charges=amount(charges, period, month),
            )


def due_on(period: DateRange, called_on: dt.date) -> dt.date:
    """By when to pay: never before having slept there, nor before having been told."""
    return max(period.lower, called_on) + dt.timedelta(days=DAYS_TO_PAY)
