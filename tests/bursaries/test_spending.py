"""What bursaries cost each civil year."""

import datetime as dt
from decimal import Decimal

import pytest

from bursaries.projection import project
from bursaries.spending import by_year, lines


def granted(starts_on: str, months: int, monthly: str = "700", max_total=None):
    return project(
        [Decimal(monthly)],
        starts_on=dt.date.fromisoformat(starts_on),
        months=months,
        max_total=max_total and Decimal(max_total),
        pay=None,
    )


@pytest.mark.parametrize(
    ("starts_on", "months", "spent"),
    [
        pytest.param("2027-01-01", 12, {2027: 8400}, id="a civil year"),
        pytest.param("2027-11-01", 12, {2027: 1400, 2028: 7000}, id="across two"),
        pytest.param("2027-12-01", 1, {2027: 700}, id="one month"),
        pytest.param(
            "2026-12-01", 25, {2026: 700, 2027: 8400, 2028: 8400}, id="across three"
        ),
    ],
)
def test_months_fall_in_their_civil_year(starts_on, months, spent):
    assert by_year(granted(starts_on, months)) == spent


def test_the_last_months_bear_what_the_scheme_cuts():
    found = by_year(granted("2027-07-01", 12, max_total="7350"))

    assert found == {2027: Decimal("4200"), 2028: Decimal("3150")}


def test_each_year_says_what_is_left():
    found = lines(
        {2027: Decimal("10000"), 2028: Decimal("5000")},
        [granted("2027-01-01", 12)],
        [granted("2027-11-01", 24)],
    )

    assert [(line.year, line.left, line.is_exceeded) for line in found] == [
        (2027, Decimal("200"), False),
        (2028, Decimal("-3400"), True),
        (2029, None, False),
    ]


def test_what_is_paid_is_a_part_of_what_was_promised():
    [first, second] = lines(
        {2027: Decimal("10000")},
        [granted("2027-01-01", 12)],
        paid={2027: Decimal("2100"), 2026: Decimal("700")},
    )

    assert (first.year, first.paid, first.left) == (2026, Decimal("700"), None)
    assert (second.paid, second.left) == (Decimal("2100"), Decimal("1600"))


def test_nothing_voted_and_nothing_promised_is_nothing_to_show():
    assert lines({}, []) == []
