"""Working days in France: Monday to Friday, public holidays excepted."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.France(years=year))


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add(day: date, count: int) -> date:
    """The working day that comes `count` working days after; before, if negative."""
    one = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += one
        while not is_workday(day):
            day += one
    return day


def between(start: date, end: date) -> int:
    """How many working days have passed: `start` excluded, `end` included."""
    if end < start:
        return -between(end, start)
    days = ((start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    return sum(is_workday(day) for day in days)
