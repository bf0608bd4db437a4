"""What a bursary would come to, and what the legal ceiling leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta

from bursaries import ceilings

NONE = Decimal("0.00")
CENT = Decimal("0.01")
MONTHS = 12


@dataclass(frozen=True)
class Ceiling:
    """The yearly pay of a third-year intern, and where it is written."""

    pay: Decimal
    since: date
    source: str

    @property
    def monthly(self) -> Decimal:
        return ceilings.monthly(self.pay)


@dataclass(frozen=True)
class Year:
    """One year of the bursary: euros a month, for so many months.

    `voted` is the amount of the scheme; `monthly` is what the ceiling leaves of it.
    """

    number: int
    starts_on: date
    months: int
    voted: Decimal
    monthly: Decimal

    @property
    def total(self) -> Decimal:
        return self.monthly * self.months

    @property
    def is_limited(self) -> bool:
        return self.monthly < self.voted


@dataclass(frozen=True)
class Projection:
    years: tuple[Year, ...]
    # What is left out because the scheme limits the whole.
    cut: Decimal = NONE

    @property
    def total(self) -> Decimal:
        return sum((year.total for year in self.years), NONE) - self.cut

    @property
    def is_limited(self) -> bool:
        return any(year.is_limited for year in self.years)


def project(
    amounts: Sequence[Decimal],
    *,
    starts_on: date,
    months: int,
    max_total: Decimal | None,
    pay: Decimal | None,
    others: Decimal = NONE,
) -> Projection:
    """Year after year from a month; `amounts` are euros a month, the last goes on.

    `pay` is None where no ceiling applies (another basis than D. 1511-54). What other
    bodies give is taken off the ceiling, never off the bursary itself (R-12).
    """
    years = []
    for index in range(-(-months // MONTHS)):
        voted = amounts[min(index, len(amounts) - 1)].quantize(CENT, ROUND_HALF_UP)
        most = voted if pay is None else ceilings.monthly(pay, others)
        years.append(
            Year(
                number=index + 1,
                starts_on=starts_on + relativedelta(years=index),
                months=min(MONTHS, months - MONTHS * index),
                voted=voted,
                monthly=min(voted, most),
            )
        )
    whole = sum((year.total for year in years), NONE)
    cut = max(whole - max_total, NONE) if max_total else NONE
    return Projection(tuple(years), cut)
