"""Paying back in several times."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bursaries.instalments import (
    Receipt,
    balance,
    plan,
    settled_on,
    standings,
)

FIRST = dt.date(2031, 1, 31)


def euros(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("amount", "count", "sums"),
    [
        pytest.param("13510.84", 1, ["13510.84"], id="at once"),
        pytest.param("100", 3, ["33.33", "33.33", "33.34"], id="the last one more"),
        pytest.param("1200", 12, ["100.00"] * 12, id="alike"),
        pytest.param("0.03", 3, ["0.01"] * 3, id="to the cent"),
    ],
)
def test_a_sum_is_shared_to_the_cent(amount, count, sums):
    found = plan(euros(amount), count, FIRST)

    assert [f"{one.amount:.2f}" for one in found] == [f"{euros(s):.2f}" for s in sums]


def test_the_day_stays_within_short_months():
    found = plan(euros("300"), 3, FIRST)

    assert [one.due_on for one in found] == [
        dt.date(2031, 1, 31),
        dt.date(2031, 2, 28),
        dt.date(2031, 3, 31),
    ]


@pytest.mark.parametrize(
    ("amount", "count", "sentence"),
    [
        ("0", 3, "rien à rembourser"),
        ("-5", 3, "rien à rembourser"),
        ("100", 0, "une fois au moins"),
        ("0.02", 3, "ne se partage pas"),
    ],
)
def test_what_makes_no_plan(amount, count, sentence):
    with pytest.raises(ValidationError, match=sentence):
        plan(euros(amount), count, FIRST)


def test_the_oldest_is_settled_first():
    found = plan(euros("300"), 3, FIRST)
    came = [Receipt(dt.date(2031, 2, 3), euros("150"))]

    lefts = [one.left for one in standings(found, came, dt.date(2031, 3, 1))]

    assert lefts == [euros("0"), euros("50"), euros("100")]


def test_what_is_late_is_told():
    found = plan(euros("300"), 3, FIRST)
    day = dt.date(2031, 3, 1)

    late = [one.is_overdue(day) for one in standings(found, [], day)]

    assert late == [True, True, False]


def test_a_sum_that_comes_later_counts_later():
    found = plan(euros("300"), 3, FIRST)
    came = [Receipt(dt.date(2031, 2, 3), euros("300"))]

    assert balance(found, came, dt.date(2031, 2, 2)) == euros("300")
    assert balance(found, came, dt.date(2031, 2, 3)) == euros("0")


@pytest.mark.parametrize(
    ("came", "settled"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([("2031-02-03", "299.99")], None, id="a cent short"),
        pytest.param([("2031-02-03", "300")], "2031-02-03", id="all"),
        pytest.param(
            [("2031-03-01", "100"), ("2031-02-03", "200")], "2031-03-01", id="unordered"
        ),
        pytest.param(
            [("2031-02-03", "300"), ("2031-02-05", "-300")], None, id="taken back"
        ),
        pytest.param(
            [("2031-02-03", "300"), ("2031-02-05", "-300"), ("2031-03-01", "300")],
            "2031-03-01",
            id="paid again",
        ),
        pytest.param([("2031-02-03", "350")], "2031-02-03", id="too much"),
    ],
)
def test_the_day_all_is_paid(came, settled):
    found = plan(euros("300"), 3, FIRST)
    receipts = [Receipt(dt.date.fromisoformat(on), euros(sum)) for on, sum in came]

    assert settled_on(found, receipts) == (settled and dt.date.fromisoformat(settled))


@given(st.decimals("0.60", 90000, places=2), st.integers(1, 60))
def test_a_plan_adds_up_to_what_is_owed(amount, count):
    found = plan(amount, count, FIRST)

    assert sum(one.amount for one in found) == amount
    assert all(one.amount > 0 for one in found)
    assert len(found) == count


@given(
    st.decimals(1, 5000, places=2),
    st.integers(1, 24),
    st.lists(st.decimals(0, 900, places=2), max_size=12),
)
def test_nothing_is_settled_twice(amount, count, came):
    found = plan(amount, count, FIRST)
    day = dt.date(2040, 1, 1)
    receipts = [Receipt(FIRST, one) for one in came]

    left = sum(one.left for one in standings(found, receipts, day))

    assert left == max(balance(found, receipts, day), Decimal("0"))
