"""Rooms over time: what stands on a bed becomes the cells of a table.

Pure rules: given days, they give days back. A cell is placed to the nearest column and
is one column wide at least, so that a gap of a day is seen; its words give the days.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# What is left of a column at either end of a semester, too narrow to stand alone.
NARROWEST = 7


class State(StrEnum):
    FREE = "free"
    PAST = "past"
    HOLD = "hold"
    STAY = "stay"
    WORKS = "maintenance"
    CLEANING = "buffer"


@dataclass(frozen=True)
class Column:
    """Some days of the table; `ends_on` is the first that is not in it."""

    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Month:
    """A heading over the columns that begin in it."""

    starts_on: dt.date
    width: int


@dataclass(frozen=True)
class Taken:
    """What stands on a bed; `source` is handed back as it came."""

    starts_on: dt.date
    ends_on: dt.date
    state: State
    source: Any = None


@dataclass(frozen=True)
class Span:
    """A stretch of days of one state, within the bounds of the table."""

    starts_on: dt.date
    ends_on: dt.date
    state: State
    source: Any = None

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days

    @property
    def last_on(self) -> dt.date:
        """The last day, as people say it."""
        return self.ends_on - dt.timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """What one `<td>` shows: a span; several where columns are too few for each."""

    spans: tuple[Span, ...]
    width: int

    @property
    def state(self) -> State:
        return self.spans[0].state


def half_months(starts_on: dt.date, ends_on: dt.date) -> list[Column]:
    """From the 1st and from the 16th; a stub of a week joins its neighbour."""
    cuts, day = [], starts_on.replace(day=1)
    while day < ends_on:
        cuts += [day, day.replace(day=16)]
        day = (day + dt.timedelta(days=32)).replace(day=1)
    inside = [cut for cut in cuts if starts_on < cut < ends_on]
    if inside and (inside[0] - starts_on).days <= NARROWEST:
        inside.pop(0)
    if inside and (ends_on - inside[-1]).days <= NARROWEST:
        inside.pop()
    return _between([starts_on, *inside, ends_on])


def weeks(starts_on: dt.date, ends_on: dt.date) -> list[Column]:
    """From Monday to Monday; the first and the last may be shorter."""
    monday = starts_on + dt.timedelta(days=7 - starts_on.weekday())
    count = max((ends_on - monday).days, 0)
    inside = [monday + dt.timedelta(days=at) for at in range(0, count, 7)]
    return _between([starts_on, *inside, ends_on])


def _between(cuts: list[dt.date]) -> list[Column]:
    return [
        Column(start, end) for start, end in itertools.pairwise(cuts) if start < end
    ]


def months(columns: Sequence[Column]) -> list[Month]:
    """The headings: as many as there are months in which a column begins."""
    found: list[Month] = []
    for column in columns:
        first = column.starts_on.replace(day=1)
        if found and found[-1].starts_on == first:
            found[-1] = Month(first, found[-1].width + 1)
        else:
            found.append(Month(first, 1))
    return found


def spans(
    taken: Iterable[Taken], starts_on: dt.date, ends_on: dt.date, today: dt.date
) -> list[Span]:
    """Every day from a bound to the other, once: what is taken, and what lies between.

    What was free before today is past: nobody asks for it any more.
    """
    found, day = [], starts_on
    for one in sorted(taken, key=lambda one: one.starts_on):
        first, last = max(one.starts_on, day), min(one.ends_on, ends_on)
        if first >= last:
            continue
        found += _free(day, first, today)
        found.append(Span(first, last, one.state, one.source))
        day = last
    return found + _free(day, ends_on, today)


def _free(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> list[Span]:
    turn = min(max(starts_on, today), ends_on)
    parts = ((starts_on, turn, State.PAST), (turn, ends_on, State.FREE))
    return [Span(first, last, state) for first, last, state in parts if first < last]


def cells(spans: Sequence[Span], columns: Sequence[Column]) -> list[Cell]:
    """The spans over the columns: together they are as wide as the table."""
    groups = _grouped(spans, len(columns))
    if not groups:
        return []
    starts = [column.starts_on for column in columns]
    cuts = [0]
    for rank, group in enumerate(groups[1:], 1):
        # Each of those that follow still has a column.
        most = len(columns) - (len(groups) - rank)
        nearest = _nearest(group[0].starts_on, starts, columns[-1].ends_on)
        cuts.append(min(max(nearest, cuts[-1] + 1), most))
    cuts.append(len(columns))
    return [
        Cell(group, end - start)
        for group, (start, end) in zip(groups, itertools.pairwise(cuts), strict=True)
    ]


def _nearest(day: dt.date, starts: list[dt.date], end: dt.date) -> int:
    """The column that begins nearest to a day; the count of them, for the end."""
    edges = [*starts, end]
    return min(range(len(edges)), key=lambda at: abs((edges[at] - day).days))


def _grouped(spans: Sequence[Span], most: int) -> list[tuple[Span, ...]]:
    """One group a span, the shortest neighbours together while they are too many."""
    groups = [(span,) for span in spans]
    while len(groups) > max(most, 1):
        pairs = range(len(groups) - 1)
        at = min(pairs, key=lambda at: _days(groups[at]) + _days(groups[at + 1]))
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def _days(group: tuple[Span, ...]) -> int:
    return sum(span.days for span in group)


def longest_free(spans: Iterable[Span]) -> int:
    """Days of the longest stretch one may still ask for."""
    return max((span.days for span in spans if span.state == State.FREE), default=0)
