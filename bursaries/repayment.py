"""What is paid back when the service was not done, or not all: pure arithmetic.

The law gives the principle (all, or a part in proportion) and leaves the formula to
the agreement. Amounts are rounded to the cent, half up, once, at the end of a line.
What is due never exceeds what was received (R-61), unless a penalty was agreed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta
from django.db.models import TextChoices

from bursaries.spans import Span

NONE = Decimal("0.00")
CENT = Decimal("0.01")
# Interest runs on a civil year, whether it is a leap year or not.
YEAR = 365


class Formula(TextChoices):
    """How the agreement counts what is left to pay back."""

    FULL = "full", "tout ce qui a été versé"
    PRORATA_TIME = "prorata_time", "en proportion des jours qui restent à servir"
    PRORATA_INTENSITY = (
        "prorata_intensity",
        "en proportion des jours qui restent, selon le temps travaillé",
    )
    YEAR_STEPS = "year_steps", "par paliers, selon le temps servi"


@dataclass(frozen=True)
class Step:
    """Below so many months of service, this share is paid back."""

    below_months: int
    share: Fraction


@dataclass(frozen=True)
class Penalty:
    """What is added, only where the agreement says so; the two add up.

    `monthly` is counted by month begun since the signature, and at least `least`.
    """

    fixed: Decimal = NONE
    monthly: Decimal = NONE
    least: Decimal = NONE

    def amount(self, signed_on: date, day: date) -> Decimal:
        if day < signed_on:
            return NONE
        months = relativedelta(day, signed_on)
        begun = months.years * 12 + months.months + bool(months.days)
        return self.fixed + max(self.monthly * begun, self.least)


@dataclass(frozen=True)
class Rate:
    """A yearly rate of interest, and the days it holds for."""

    span: Span
    share: Fraction


@dataclass(frozen=True)
class Terms:
    """The repayment clause of an agreement."""

    formula: Formula
    steps: tuple[Step, ...] = ()
    penalty: Penalty | None = None
    bears_interest: bool = False


@dataclass(frozen=True)
class Facts:
    """Where things stand: what was paid, promised and served, in days.

    `started_on` is the first day of practice, None for whoever never settled. What
    was `served` leaves suspended days out, as the commitment counts them.
    """

    paid: Decimal
    committed: int = 0
    served: Fraction = Fraction(0)
    started_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One step of the calculation, as the sheet prints it."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class Sheet:
    """The calculation whole: from what was received to what is due."""

    lines: tuple[Line, ...] = field(default=())

    @property
    def due(self) -> Decimal:
        return sum((line.amount for line in self.lines), NONE)


def rounded(amount: Fraction) -> Decimal:
    """To the cent, half up."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)


def share(terms: Terms, facts: Facts) -> Fraction:
    """What part of what was received is paid back, from none to all."""
    if facts.started_on is None or terms.formula == Formula.FULL:
        return Fraction(0 if _is_fulfilled(facts) else 1)
    if _is_fulfilled(facts):
        return Fraction(0)
    if terms.formula == Formula.YEAR_STEPS:
        return _step(terms.steps, facts)
    return (facts.committed - facts.served) / Fraction(facts.committed)


def _is_fulfilled(facts: Facts) -> bool:
    return facts.started_on is not None and facts.served >= facts.committed


def _step(steps: Sequence[Step], facts: Facts) -> Fraction:
    """The first step not reached; past the last one, nothing is due."""
    for step in sorted(steps, key=lambda one: one.below_months):
        end = facts.started_on + relativedelta(months=step.below_months)
        if facts.served < (end - facts.started_on).days:
            return step.share
    return Fraction(0)


def principal(terms: Terms, facts: Facts) -> Decimal:
    """What is paid back of what was received: never more, never less than nothing."""
    return min(
        max(rounded(Fraction(facts.paid) * share(terms, facts)), NONE), facts.paid
    )


def interest(amount: Decimal, since: date, day: date, rates: Sequence[Rate]) -> Decimal:
    """Simple interest from the formal notice to a day, at the rates of each day."""
    total = Fraction(0)
    for rate in rates:
        days = Span(max(since, rate.span.start), min(day, rate.span.end)).days
        total += Fraction(amount) * rate.share * days / YEAR
    return rounded(total)


def sheet(
    terms: Terms,
    facts: Facts,
    *,
    signed_on: date,
    day: date,
    notice_on: date | None = None,
    rates: Sequence[Rate] = (),
) -> Sheet:
    """All that is due on a day, line by line; nothing once the service is done."""
    due = principal(terms, facts)
    lines = [Line("Sommes versées à rembourser", due)]
    if terms.penalty and not _is_fulfilled(facts):
        lines.append(
            Line("Pénalité de la convention", terms.penalty.amount(signed_on, day))
        )
    if terms.bears_interest and notice_on:
        lines.append(
            Line(
                "Intérêts au taux légal depuis la mise en demeure",
                interest(due, notice_on, day, rates),
            )
        )
    return Sheet(tuple(lines))
