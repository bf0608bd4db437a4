"""The most that all bodies together may give a student (D. 1511-54 CGCT)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NONE = Decimal("0.00")
CENT = Decimal("0.01")
MONTHS = 12


@dataclass(frozen=True)
class StudyYear:
    """A year of the third cycle since the agreement, and what an intern earned then.

    `pay` is the yearly pay of a third-year intern in force on its first day.
    """

    pay: Decimal
    is_repeated: bool = False


def monthly(pay: Decimal, others: Decimal = NONE) -> Decimal:
    """What may still be given a month, once what others give is taken off (R-12)."""
    share = (pay / MONTHS).quantize(CENT, ROUND_HALF_UP)
    return max(share - others, NONE)


def total(years: Iterable[StudyYear]) -> Decimal:
    """For the whole third cycle; a repeated year does not raise it (R-13)."""
    return sum((year.pay for year in years if not year.is_repeated), NONE)
