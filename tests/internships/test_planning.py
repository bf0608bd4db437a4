"""Spans, columns and cells: no row, no clock."""

import datetime as dt

import pytest

from internships import planning
from internships.planning import Span, State, Taken

BEGINS, ENDS = dt.date(2026, 11, 2), dt.date(2027, 5, 3)
BEFORE = dt.date(2026, 10, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def taken(start: str, end: str, state=State.STAY) -> Taken:
    return Taken(day(start), day(end), state)


def drawn(takings, *, today=BEFORE, starts_on=BEGINS, ends_on=ENDS):
    """« free 2026-11-02 2027-05-03 », a line for each span."""
    found = planning.spans(takings, starts_on, ends_on, today)
    return [f"{span.state} {span.starts_on} {span.ends_on}" for span in found]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "first", "last"),
    [
        ("2026-11-02", "2027-05-03", "2026-11-02 2026-11-16", "2027-04-16 2027-05-03"),
        ("2027-05-03", "2027-11-02", "2027-05-03 2027-05-16", "2027-10-16 2027-11-02"),
        # A leap year: the second half of February has a day more.
        ("2027-11-02", "2028-05-02", "2027-11-02 2027-11-16", "2028-04-16 2028-05-02"),
    ],
)
def test_a_semester_has_twelve_half_months(starts_on, ends_on, first, last):
    columns = planning.half_months(day(starts_on), day(ends_on))

    shown = [f"{column.starts_on} {column.ends_on}" for column in columns]
    assert (len(shown), shown[0], shown[-1]) == (12, first, last)
    assert [month.width for month in planning.months(columns)] == [2] * 6


def test_the_29th_of_february_is_in_its_half_month():
    columns = planning.half_months(day("2028-02-01"), day("2028-03-16"))

    assert [(c.ends_on - c.starts_on).days for c in columns] == [15, 14, 15]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        ("2026-11-02", "2027-05-03", [7] * 26),
        # From a Wednesday to a Tuesday, across the change of time of 28 March.
        ("2027-03-24", "2027-04-06", [5, 7, 1]),
        ("2027-03-24", "2027-03-25", [1]),
        ("2026-10-19", "2026-11-02", [7, 7]),
    ],
)
def test_weeks_run_from_monday_to_monday(starts_on, ends_on, expected):
    columns = planning.weeks(day(starts_on), day(ends_on))

    assert [(c.ends_on - c.starts_on).days for c in columns] == expected


@pytest.mark.parametrize(
    ("takings", "expected"),
    [
        ([], ["free 2026-11-02 2027-05-03"]),
        (
            [taken("2026-09-01", "2027-08-01")],
            ["stay 2026-11-02 2027-05-03"],
        ),
        (
            [taken("2026-10-01", "2026-11-20"), taken("2027-04-01", "2027-06-01")],
            [
                "stay 2026-11-02 2026-11-20",
                "free 2026-11-20 2027-04-01",
                "stay 2027-04-01 2027-05-03",
            ],
        ),
        # A gap of one day is a gap.
        (
            [taken("2026-11-02", "2027-01-31"), taken("2027-02-01", "2027-05-03")],
            [
                "stay 2026-11-02 2027-01-31",
                "free 2027-01-31 2027-02-01",
                "stay 2027-02-01 2027-05-03",
            ],
        ),
        # They touch: the day one leaves is the day of the cleaning.
        (
            [
                taken("2027-01-31", "2027-02-02", State.CLEANING),
                taken("2026-11-02", "2027-01-31"),
            ],
            [
                "stay 2026-11-02 2027-01-31",
                "buffer 2027-01-31 2027-02-02",
                "free 2027-02-02 2027-05-03",
            ],
        ),
        # Over before, or begun after: the table knows nothing of it.
        (
            [taken("2026-10-01", "2026-11-02"), taken("2027-05-03", "2027-06-01")],
            ["free 2026-11-02 2027-05-03"],
        ),
    ],
)
def test_every_day_is_told_once(takings, expected):
    assert drawn(takings) == expected


def test_what_was_free_before_today_is_past():
    assert drawn([], today=day("2027-03-28")) == [
        "past 2026-11-02 2027-03-28",
        "free 2027-03-28 2027-05-03",
    ]
    assert drawn([], today=ENDS) == ["past 2026-11-02 2027-05-03"]


def test_a_day_across_the_change_of_time_is_a_day():
    found = planning.spans(
        [taken("2027-03-28", "2027-03-29")], day("2027-03-27"), ENDS, BEFORE
    )

    assert [span.days for span in found[:2]] == [1, 1]


def widths(takings, columns):
    found = planning.spans(takings, BEGINS, ENDS, BEFORE)
    return [
        (str(cell.state), cell.width, len(cell.spans))
        for cell in planning.cells(found, columns)
    ]


def test_cells_are_as_wide_as_what_they_tell():
    columns = planning.half_months(BEGINS, ENDS)
    takings = [
        taken("2026-11-02", "2027-01-31"),
        taken("2027-01-31", "2027-02-02", State.CLEANING),
    ]

    assert widths(takings, columns) == [
        ("stay", 6, 1),
        ("buffer", 1, 1),
        ("free", 5, 1),
    ]


def test_a_gap_of_a_day_keeps_a_column():
    columns = planning.weeks(BEGINS, ENDS)
    takings = [taken("2026-11-02", "2027-01-31"), taken("2027-02-01", "2027-05-03")]

    shown = widths(takings, columns)

    assert ("free", 1, 1) in shown
    assert sum(width for _state, width, _count in shown) == 26


def test_the_last_day_keeps_a_column():
    takings = [taken("2026-11-02", "2027-05-02")]

    assert widths(takings, planning.weeks(BEGINS, ENDS)) == [
        ("stay", 25, 1),
        ("free", 1, 1),
    ]


def test_where_columns_are_too_few_the_shortest_share_one():
    takings = [
        Taken(BEGINS + dt.timedelta(days=at), BEGINS + dt.timedelta(days=at + 1), state)
        for at in range(0, 40, 2)
        for state in [State.STAY]
    ]

    shown = widths(takings, planning.half_months(BEGINS, ENDS))

    assert sum(width for _state, width, _count in shown) == 12
    assert sum(count for _state, _width, count in shown) == 40


def test_the_longest_free_stretch_is_what_one_may_ask_for():
    found = [
        Span(day("2026-11-02"), day("2026-11-12"), State.FREE),
        Span(day("2026-11-12"), day("2027-03-01"), State.PAST),
        Span(day("2027-03-01"), day("2027-04-01"), State.FREE),
    ]

    assert planning.longest_free(found) == 31
    assert planning.longest_free([]) == 0
