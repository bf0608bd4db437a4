from datetime import date

import pytest

from casework import workdays
from casework.clock import implicit_refusal_on


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a week-end
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 10), 1, date(2026, 11, 12)),  # Armistice Day
        (date(2026, 12, 24), 2, date(2026, 12, 29)),  # Christmas, a Friday
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # the new year's holidays
        (date(2026, 5, 13), 1, date(2026, 5, 15)),  # Ascension Day
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
    ],
)
def test_add_counts_working_days(day, count, expected):
    assert workdays.add(day, count) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 9), date(2026, 11, 16), 4),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
    ],
)
def test_between_counts_what_has_passed(start, end, expected):
    assert workdays.between(start, end) == expected


@pytest.mark.parametrize("count", range(1, 30))
def test_between_undoes_add(count):
    day = date(2026, 12, 15)

    assert workdays.between(day, workdays.add(day, count)) == count


@pytest.mark.parametrize(
    ("received", "refused"),
    [
        (date(2026, 11, 23), date(2027, 1, 23)),  # T-7
        (date(2026, 12, 31), date(2027, 2, 28)),  # T-8
        (date(2027, 12, 31), date(2028, 2, 29)),
    ],
)
def test_silence_is_a_refusal_two_months_later(received, refused):
    assert implicit_refusal_on(received) == refused
