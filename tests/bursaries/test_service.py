"""By when to settle, what was served, when it is over."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bursaries.service import (
    Commitment,
    Practice,
    fulfilled_on,
    served,
    settle_by,
    started_on,
)
from bursaries.spans import Span, merged, outside

FIVE_YEARS = Commitment(60)
START = date(2024, 11, 4)
LEFT = date(2027, 3, 1)
MATERNITY = Span(date(2025, 6, 1), date(2025, 9, 21))
FULL_TIME = [Practice(Span(START))]


def practised(start, end, days_a_week=5):
    return Practice(Span(start, end), Fraction(days_a_week))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([Span(START, START)], []),
        ([Span(LEFT, START)], []),
        (
            [Span(date(2025, 1, 1), date(2025, 2, 1)), Span(date(2025, 2, 1), LEFT)],
            [Span(date(2025, 1, 1), LEFT)],
        ),
        (
            [Span(date(2025, 3, 1), date(2025, 4, 1)), Span(START, date(2025, 1, 1))],
            [Span(START, date(2025, 1, 1)), Span(date(2025, 3, 1), date(2025, 4, 1))],
        ),
        (
            [Span(START, LEFT), Span(date(2025, 1, 1), date(2025, 2, 1))],
            [Span(START, LEFT)],
        ),
    ],
)
def test_days_are_told_once(spans, expected):
    assert merged(spans) == expected


@pytest.mark.parametrize(
    ("holes", "expected"),
    [
        ([], [Span(START, LEFT)]),
        ([Span(date.min, date.max)], []),
        ([Span(START, date(2025, 1, 1))], [Span(date(2025, 1, 1), LEFT)]),
        ([Span(date(2027, 1, 1), date.max)], [Span(START, date(2027, 1, 1))]),
        ([MATERNITY], [Span(START, MATERNITY.start), Span(MATERNITY.end, LEFT)]),
    ],
)
def test_what_is_left_of_a_span(holes, expected):
    assert list(outside(Span(START, LEFT), holes)) == expected


@pytest.mark.parametrize(
    ("start", "months", "days"),
    [
        (START, 60, 1826),
        (date(2024, 2, 29), 12, 365),
        (date(2024, 2, 29), 48, 1461),
        (date(2023, 3, 1), 12, 366),
        (date(2025, 1, 31), 1, 28),
    ],
)
def test_a_commitment_in_days(start, months, days):
    assert Commitment(months).days(start) == days


@pytest.mark.parametrize(
    ("diploma_on", "months", "suspended", "expected"),
    [
        (date(2026, 11, 2), 12, [], date(2027, 11, 2)),
        (date(2026, 11, 2), 24, [], date(2028, 11, 2)),
        (date(2024, 2, 29), 12, [], date(2025, 2, 28)),
        # A leave in the window, one before it, one that begins the day it ends.
        (
            date(2026, 11, 2),
            12,
            [Span(date(2027, 1, 1), date(2027, 4, 23))],
            date(2028, 2, 22),
        ),
        (
            date(2026, 11, 2),
            12,
            [Span(date(2026, 8, 1), date(2026, 11, 2))],
            date(2027, 11, 2),
        ),
        (
            date(2026, 11, 2),
            12,
            [Span(date(2026, 10, 1), date(2026, 11, 12))],
            date(2027, 11, 12),
        ),
        (
            date(2026, 11, 2),
            12,
            [Span(date(2027, 11, 2), date(2027, 12, 2))],
            date(2027, 11, 2),
        ),
        # Two that overlap count once; the second is reached thanks to the first.
        (
            date(2026, 11, 2),
            12,
            [
                Span(date(2027, 10, 1), date(2027, 10, 21)),
                Span(date(2027, 10, 11), date(2027, 10, 31)),
            ],
            date(2027, 12, 2),
        ),
        (
            date(2026, 11, 2),
            12,
            [
                Span(date(2027, 10, 1), date(2027, 10, 31)),
                Span(date(2027, 11, 12), date(2027, 11, 22)),
            ],
            date(2027, 12, 12),
        ),
        # Until further notice.
        (date(2026, 11, 2), 12, [Span(date(2027, 1, 1))], date.max),
    ],
)
def test_by_when_to_settle(diploma_on, months, suspended, expected):
    assert settle_by(diploma_on, months, suspended) == expected


@pytest.mark.parametrize(
    ("practices", "suspended", "day", "expected"),
    [
        ([], [], LEFT, 0),
        (FULL_TIME, [], START, 0),
        (FULL_TIME, [], START + timedelta(1), 1),
        (FULL_TIME, [], LEFT, 847),
        (FULL_TIME, [MATERNITY], LEFT, 735),
        (FULL_TIME, [MATERNITY, MATERNITY], LEFT, 735),
        # Moving house, a month between two practices.
        (
            [
                practised(START, date(2025, 1, 1)),
                practised(date(2025, 2, 1), date(2025, 3, 1)),
            ],
            [],
            LEFT,
            58 + 28,
        ),
        # Two places at once are not twice the days.
        (
            [practised(START, LEFT, 3), practised(START, LEFT, 2)],
            [],
            LEFT,
            847,
        ),
        # Nothing after the day asked, even if it is known.
        ([practised(START, date(2030, 1, 1))], [], LEFT, 847),
        ([practised(date(2028, 1, 1), date(2030, 1, 1))], [], LEFT, 0),
    ],
)
def test_days_served(practices, suspended, day, expected):
    assert served(FIVE_YEARS, practices, suspended, day) == expected


@pytest.mark.parametrize(
    ("practices", "expected"),
    [
        (
            [
                practised(START, date(2026, 1, 1), 4),
                practised(date(2026, 1, 1), LEFT, 2),
            ],
            423 + 212,
        ),
        ([practised(START, LEFT, 5)], 847),
        ([practised(START, LEFT, 3), practised(START, LEFT, 1)], 847),
        ([practised(START, LEFT, 1)], Fraction(847, 4)),
        ([practised(START, LEFT, Fraction(5, 2))], Fraction(847 * 5, 8)),
    ],
)
def test_part_time_serves_in_proportion(practices, expected):
    four_days = Commitment(60, Fraction(4), counts_intensity=True)

    assert served(four_days, practices, [], LEFT) == expected


@pytest.mark.parametrize(
    ("commitment", "practices", "suspended", "expected"),
    [
        (FIVE_YEARS, [], [], None),
        (FIVE_YEARS, FULL_TIME, [], date(2029, 11, 4)),
        (FIVE_YEARS, FULL_TIME, [MATERNITY], date(2030, 2, 24)),
        (FIVE_YEARS, [practised(START, LEFT)], [], None),
        (FIVE_YEARS, [practised(START, date(2029, 11, 4))], [], date(2029, 11, 4)),
        (FIVE_YEARS, [practised(START, date(2029, 11, 3))], [], None),
        # A leave across the end moves it; one that begins that day does not.
        (
            FIVE_YEARS,
            FULL_TIME,
            [Span(date(2029, 11, 3), date(2029, 12, 3))],
            date(2029, 12, 4),
        ),
        (
            FIVE_YEARS,
            FULL_TIME,
            [Span(date(2029, 11, 4), date(2029, 12, 3))],
            date(2029, 11, 4),
        ),
        # Months without practice are owed.
        (
            FIVE_YEARS,
            [practised(START, date(2025, 1, 1)), Practice(Span(date(2025, 2, 1)))],
            [],
            date(2029, 12, 5),
        ),
        # Half the time, twice as long, from the day it began.
        (
            Commitment(60, Fraction(4), counts_intensity=True),
            [Practice(Span(START), Fraction(2))],
            [],
            START + timedelta(2 * 1826),
        ),
        (
            Commitment(60, Fraction(4), counts_intensity=True),
            [Practice(Span(START), Fraction(3))],
            [],
            START + timedelta(2435),
        ),
        (
            Commitment(60, Fraction(4)),
            [Practice(Span(START), Fraction(1))],
            [],
            date(2029, 11, 4),
        ),
        (Commitment(36), FULL_TIME, [], date(2027, 11, 4)),
    ],
)
def test_the_day_nothing_is_owed_any_more(commitment, practices, suspended, expected):
    assert fulfilled_on(commitment, practices, suspended) == expected


def test_practice_starts_with_its_first_day():
    assert started_on([practised(LEFT, date.max), *FULL_TIME]) == START
    assert started_on([]) is None


DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
SPANS = st.builds(
    lambda start, length: Span(start, start + timedelta(length)),
    DAYS,
    st.integers(0, 400),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(SPANS, max_size=4), SPANS)
def test_a_suspension_only_ever_moves_the_ends_later(known, more):
    assert settle_by(START, 24, [*known, more]) >= settle_by(START, 24, known)
    before = fulfilled_on(FIVE_YEARS, FULL_TIME, known)
    assert fulfilled_on(FIVE_YEARS, FULL_TIME, [*known, more]) >= before


@settings(max_examples=100, deadline=None)
@given(st.lists(SPANS, max_size=4), DAYS)
def test_what_was_served_and_what_was_suspended_make_the_time_gone(suspended, day):
    done = served(FIVE_YEARS, FULL_TIME, suspended, day)
    gone = Span(START, day)
    idle = sum(
        Span(max(hole.start, START), min(hole.end, day)).days
        for hole in merged(suspended)
    )
    assert done + idle == gone.days


@settings(max_examples=100, deadline=None)
@given(st.lists(SPANS, max_size=4))
def test_the_end_is_the_day_all_is_served(suspended):
    end = fulfilled_on(FIVE_YEARS, FULL_TIME, suspended)

    assert served(FIVE_YEARS, FULL_TIME, suspended, end) == 1826
    assert served(FIVE_YEARS, FULL_TIME, suspended, end - timedelta(1)) == 1825
