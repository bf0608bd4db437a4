"""The clock of a commitment: by when to settle, what was served, when it is over.

Everything is told by facts and a day. Days are calendar days. A suspended day counts
neither towards the time to settle nor towards the service, and moves both ends by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from bursaries.spans import Span, merged, outside


@dataclass(frozen=True)
class Practice:
    """They practise in one place that the agreement accepts, so many days a week."""

    span: Span
    days_a_week: Fraction = Fraction(5)


@dataclass(frozen=True)
class Stretch:
    """Days of practice alike: `ratio` is what was worked of what was promised."""

    span: Span
    ratio: Fraction


@dataclass(frozen=True)
class Commitment:
    """What was promised: from the first day of practice, so many months of service.

    `days_a_week` is what the agreement asks. Where `counts_intensity`, half the days
    worked is half the service; elsewhere a day of practice is a day.
    """

    months: int
    days_a_week: Fraction = Fraction(5)
    counts_intensity: bool = False

    def days(self, start: date) -> int:
        """In calendar days, leap years told apart, from this first day."""
        return (start + relativedelta(months=self.months) - start).days


def settle_by(
    diploma_on: date, window_months: int, suspended: Iterable[Span] = ()
) -> date:
    """The first day on which it is too late to settle."""
    window = (diploma_on + relativedelta(months=window_months) - diploma_on).days
    return _after(diploma_on, window, suspended)


def _after(start: date, days: int, suspended: Iterable[Span]) -> date:
    """So many days that are not suspended after a day."""
    for free in outside(Span(start), suspended):
        if free.days >= days:
            return free.start + timedelta(days)
        days -= free.days
    return date.max


def stretches(
    practices: Sequence[Practice],
    days_a_week: Fraction,
    suspended: Iterable[Span] = (),
) -> Iterator[Stretch]:
    """The days of practice in order, without those suspended; places add up."""
    holes = merged(suspended)
    edges = {edge for practice in practices for edge in practice.span}
    edges |= {edge for hole in holes for edge in hole}
    bounds = sorted(edges)
    for start, end in pairwise(bounds):
        worked = sum(one.days_a_week for one in practices if one.span.holds(start))
        if worked and not any(hole.holds(start) for hole in holes):
            yield Stretch(Span(start, end), min(Fraction(1), worked / days_a_week))


def started_on(practices: Iterable[Practice]) -> date | None:
    """The first day of real practice."""
    return min((one.span.start for one in practices), default=None)


def served(
    commitment: Commitment,
    practices: Sequence[Practice],
    suspended: Iterable[Span],
    day: date,
) -> Fraction:
    """The days of service done before a day, as this commitment counts them."""
    done = Fraction(0)
    for stretch in stretches(practices, commitment.days_a_week, suspended):
        done += stretch.span.until(day).days * _worth(commitment, stretch)
    return done


def fulfilled_on(
    commitment: Commitment,
    practices: Sequence[Practice],
    suspended: Iterable[Span] = (),
) -> date | None:
    """The first day on which nothing is owed any more, if things go on as they are.

    None when nobody practises, or when the practice that is known stops before.
    """
    start = started_on(practices)
    if start is None:
        return None
    found = stretches(practices, commitment.days_a_week, suspended)
    return reached_on(commitment, found, commitment.days(start))


def reached_on(
    commitment: Commitment, found: Iterable[Stretch], owed: int
) -> date | None:
    """The first day on which so many days of service are done; None if never."""
    left = Fraction(owed)
    for stretch in found:
        worth = _worth(commitment, stretch)
        if stretch.span.days * worth >= left:
            return stretch.span.start + timedelta(-(-left // worth))
        left -= stretch.span.days * worth
    return None


def _worth(commitment: Commitment, stretch: Stretch) -> Fraction:
    return stretch.ratio if commitment.counts_intensity else Fraction(1)
