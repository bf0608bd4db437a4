"""Stretches of calendar days, half-open: the day one ends is not in it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """From a day to another that is not in it; `date.max` where no end is known."""

    start: date
    end: date = date.max

    @property
    def days(self) -> int:
        return max((self.end - self.start).days, 0)

    def until(self, day: date) -> "Span":
        """What of it comes before a day."""
        return Span(self.start, min(self.end, day))

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in order, each told once; empty spans hold none."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.days):
        if found and span.start <= found[-1].end:
            last = found.pop()
            span = Span(last.start, max(last.end, span.end))
        found.append(span)
    return found


def outside(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span once these are taken out, in order."""
    start = span.start
    for hole in merged(holes):
        before = Span(start, min(hole.start, span.end))
        if before.days:
            yield before
        start = max(start, hole.end)
    rest = Span(start, span.end)
    if rest.days:
        yield rest
