"""What is paid and when: the payment lines of a bursary, from its terms and its facts.

Months are civil months and money is paid once they are over. A month that begins in a
pause is not paid, and the next ones take its place: nobody loses a month, whatever the
day a leave begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from bursaries.choices import Rhythm
from bursaries.spans import Span

NONE = Decimal("0.00")
CENT = Decimal("0.01")
YEAR = 12
ONE_MONTH = relativedelta(months=1)
# How many months a line gathers.
GATHERED = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}
# A month in which a pause never ends would be looked for in vain.
LONGEST = 12 * YEAR * 2


@dataclass(frozen=True)
class Terms:
    """What an agreement gives from some day: euros a month, year after year.

    The last of `amounts` goes on; `months` and `max_total` bound the whole bursary,
    what was given before an amendment included (R-17).
    """

    amounts: tuple[Decimal, ...]
    months: int
    rhythm: str = Rhythm.MONTHLY
    max_total: Decimal | None = None

    def monthly(self, rank: int) -> Decimal:
        """Euros for the month of that rank, from 0."""
        year = min(rank // YEAR, len(self.amounts) - 1)
        return self.amounts[year].quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Amendment:
    """Other terms, from a day on."""

    on: date
    terms: Terms


@dataclass(frozen=True)
class Line:
    """One payment: for some months, due on the first day after them.

    `years` are the academic years those months belong to, by the year they begin;
    `highest` is what the dearest of them gives, in euros.
    """

    since: date
    due_on: date
    amount: Decimal
    months: int
    years: tuple[int, ...]
    highest: Decimal


def terms_on(root: Terms, amendments: Iterable[Amendment], day: date) -> Terms:
    """The terms in force that day, each amendment from its own day on."""
    in_order = sorted(amendments, key=lambda one: one.on)
    days = [one.on for one in in_order]
    if len(days) != len(set(days)):
        raise ValidationError("Deux avenants ne prennent pas effet le même jour.")
    found = root
    for amendment in in_order:
        if amendment.on <= day:
            found = amendment.terms
    return found


def academic_year(day: date) -> int:
    """The year in which its academic year begins, on the first of September."""
    return day.year if day.month >= 9 else day.year - 1


@dataclass(frozen=True)
class _Month:
    first_on: date
    amount: Decimal
    rhythm: str


def _months(
    root: Terms,
    amendments: Sequence[Amendment],
    starts_on: date,
    ends_on: date,
    pauses: Sequence[Span],
    done: int,
) -> Iterator[_Month]:
    """Every civil month up to the end, with what it gives; nothing in a pause."""
    given = done
    for rank in range(LONGEST):
        first_on = starts_on + relativedelta(months=rank)
        terms = terms_on(root, amendments, first_on)
        if first_on >= ends_on or given >= terms.months:
            return
        if any(pause.holds(first_on) for pause in pauses):
            yield _Month(first_on, NONE, terms.rhythm)
            continue
        yield _Month(first_on, terms.monthly(given), terms.rhythm)
        given += 1


def lines(
    root: Terms,
    *,
    starts_on: date,
    ends_on: date = date.max,
    amendments: Sequence[Amendment] = (),
    pauses: Sequence[Span] = (),
    settled: Sequence[Line] = (),
) -> list[Line]:
    """All the payments, in order: those already ordered as they were, then the rest.

    `starts_on` is the first day of a month, `ends_on` the first day on which nothing
    is owed any more (the diploma), `pauses` the months that give nothing: a
    suspension, a repeated year that is not paid. Facts that come late move what is
    not ordered yet and never what is (`settled`).
    """
    if starts_on.day != 1:
        raise ValidationError("Une bourse commence avec un mois.")
    kept = sorted(settled, key=lambda line: line.since)
    found, gathered = list(kept), []
    start = kept[-1].due_on if kept else starts_on
    done = sum(line.months for line in kept)
    spent = sum((line.amount for line in kept), NONE)
    for month in _months(root, amendments, start, ends_on, pauses, done):
        gathered.append(month)
        if len(gathered) < GATHERED[month.rhythm]:
            continue
        spent += _add(found, gathered, root, amendments, spent)
        gathered = []
    if gathered:
        _add(found, gathered, root, amendments, spent)
    return found


def _add(
    found: list[Line],
    gathered: Sequence[_Month],
    root: Terms,
    amendments: Sequence[Amendment],
    spent: Decimal,
) -> Decimal:
    """One line of these months, cut to what is left of the whole; what it gives."""
    paid = [month for month in gathered if month.amount]
    amount = sum((month.amount for month in paid), NONE)
    last = gathered[-1].first_on
    most = terms_on(root, amendments, last).max_total
    if most is not None:
        amount = min(amount, max(most - spent, NONE))
    if amount:
        years = sorted({academic_year(month.first_on) for month in paid})
        found.append(
            Line(
                since=gathered[0].first_on,
                due_on=last + ONE_MONTH,
                amount=amount,
                months=len(paid),
                years=tuple(years),
                highest=max(month.amount for month in paid),
            )
        )
    return amount
