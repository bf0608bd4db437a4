"""What is paid back, to the cent."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bursaries.repayment import (
    Facts,
    Formula,
    Penalty,
    Rate,
    Step,
    Terms,
    interest,
    principal,
    sheet,
)
from bursaries.spans import Span

PAID = Decimal("25200.00")
START = date(2024, 11, 4)
SIGNED = date(2021, 9, 1)
FIVE_YEARS = 1826
BY_YEAR = tuple(Step(12 * year, Fraction(6 - year, 5)) for year in range(1, 6))


def facts(served, *, paid=PAID, committed=FIVE_YEARS, started_on=START):
    return Facts(paid, committed, Fraction(served), started_on)


@pytest.mark.parametrize(
    ("formula", "served", "expected"),
    [
        (Formula.PRORATA_TIME, 847, "13510.84"),
        (Formula.PRORATA_TIME, 735, "15056.52"),
        (Formula.PRORATA_INTENSITY, 635, "16436.58"),
        (Formula.PRORATA_TIME, 0, "25200.00"),
        (Formula.PRORATA_TIME, 1, "25186.20"),
        (Formula.PRORATA_TIME, 913, "12600.00"),
        (Formula.PRORATA_TIME, 1825, "13.80"),
        (Formula.PRORATA_TIME, 1826, "0.00"),
        (Formula.PRORATA_TIME, 2000, "0.00"),
        (Formula.PRORATA_INTENSITY, Fraction(847, 4), "22277.71"),
        (Formula.FULL, 0, "25200.00"),
        (Formula.FULL, 1825, "25200.00"),
        (Formula.FULL, 1826, "0.00"),
        (Formula.YEAR_STEPS, 0, "25200.00"),
        (Formula.YEAR_STEPS, 364, "25200.00"),
        (Formula.YEAR_STEPS, 365, "20160.00"),
        (Formula.YEAR_STEPS, 729, "20160.00"),
        (Formula.YEAR_STEPS, 730, "15120.00"),
        (Formula.YEAR_STEPS, 1460, "10080.00"),
        (Formula.YEAR_STEPS, 1461, "5040.00"),
        (Formula.YEAR_STEPS, 1825, "5040.00"),
        (Formula.YEAR_STEPS, 1826, "0.00"),
    ],
)
def test_what_is_paid_back(formula, served, expected):
    terms = Terms(formula, steps=BY_YEAR)

    assert principal(terms, facts(served)) == Decimal(expected)


@pytest.mark.parametrize("formula", Formula)
def test_who_never_settled_pays_all_back(formula):
    never = facts(0, started_on=None, committed=0)

    assert principal(Terms(formula, steps=BY_YEAR), never) == PAID


@pytest.mark.parametrize("formula", Formula)
def test_who_received_nothing_owes_nothing(formula):
    assert principal(Terms(formula), facts(10, paid=Decimal("0.00"))) == 0


@pytest.mark.parametrize(
    ("paid", "served", "expected"),
    [
        # Half a cent goes up.
        ("0.01", 913, "0.01"),
        ("0.03", 913, "0.02"),
        ("0.01", 914, "0.00"),
        ("25200.01", 847, "13510.85"),
    ],
)
def test_cents_are_rounded_half_up(paid, served, expected):
    asked = facts(served, paid=Decimal(paid))

    assert principal(Terms(Formula.PRORATA_TIME), asked) == Decimal(expected)


@pytest.mark.parametrize(
    ("penalty", "day", "expected"),
    [
        (Penalty(fixed=Decimal(20000)), date(2027, 3, 1), "20000.00"),
        (Penalty(monthly=Decimal(200)), date(2021, 9, 1), "0.00"),
        (Penalty(monthly=Decimal(200)), date(2021, 9, 2), "200.00"),
        (Penalty(monthly=Decimal(200)), date(2021, 10, 1), "200.00"),
        (Penalty(monthly=Decimal(200)), date(2022, 9, 1), "2400.00"),
        (Penalty(monthly=Decimal(200), least=Decimal(2000)), date(2022, 1, 1), "2000"),
        (Penalty(monthly=Decimal(200), least=Decimal(2000)), date(2022, 9, 1), "2400"),
        (Penalty(fixed=Decimal(500), least=Decimal(2000)), date(2021, 8, 31), "0"),
    ],
)
def test_penalties_are_those_agreed(penalty, day, expected):
    assert penalty.amount(SIGNED, day) == Decimal(expected)


RATES = [
    Rate(Span(date(2026, 1, 1), date(2026, 7, 1)), Fraction(276, 10000)),
    Rate(Span(date(2026, 7, 1), date(2027, 1, 1)), Fraction(3, 100)),
]


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "0.00"),
        (date(2026, 3, 1), date(2026, 3, 31), "22.68"),
        (date(2026, 6, 30), date(2026, 7, 2), "1.58"),
        (date(2026, 3, 1), date(2026, 2, 1), "0.00"),
        (date(2025, 1, 1), date(2026, 1, 1), "0.00"),
    ],
)
def test_interest_runs_from_the_notice(since, day, expected):
    assert interest(Decimal(10000), since, day, RATES) == Decimal(expected)


def test_a_sheet_shows_each_line():
    terms = Terms(
        Formula.PRORATA_TIME, penalty=Penalty(fixed=Decimal(1000)), bears_interest=True
    )

    shown = sheet(
        terms,
        facts(847),
        signed_on=SIGNED,
        day=date(2026, 3, 31),
        notice_on=date(2026, 3, 1),
        rates=RATES,
    )

    amounts = [line.amount for line in shown.lines]
    assert amounts == [Decimal("13510.84"), Decimal(1000), Decimal("30.65")]
    assert shown.due == Decimal("14541.49")


def test_nothing_is_added_to_a_service_that_is_done():
    terms = Terms(
        Formula.FULL, penalty=Penalty(fixed=Decimal(1000)), bears_interest=True
    )
    shown = sheet(
        terms,
        facts(FIVE_YEARS),
        signed_on=SIGNED,
        day=date(2026, 3, 31),
        notice_on=date(2026, 3, 1),
        rates=RATES,
    )

    assert shown.due == 0


def test_interest_waits_for_the_notice():
    terms = Terms(Formula.FULL, bears_interest=True)

    shown = sheet(terms, facts(0), signed_on=SIGNED, day=date(2026, 3, 31), rates=RATES)

    assert shown.due == PAID


AMOUNTS = st.decimals(0, 100000, places=2)
SERVED = st.fractions(0, 3000, max_denominator=8)
TERMS = st.sampled_from(Formula).map(lambda one: Terms(one, steps=BY_YEAR))


@settings(max_examples=200, deadline=None)
@given(TERMS, AMOUNTS, SERVED)
def test_never_more_than_was_received_nor_less_than_nothing(terms, paid, served):
    assert 0 <= principal(terms, facts(served, paid=paid)) <= paid


@settings(max_examples=200, deadline=None)
@given(TERMS, AMOUNTS, SERVED, SERVED)
def test_more_service_is_never_more_to_pay_back(terms, paid, one, other):
    less, more = sorted([one, other])

    due = principal(terms, facts(less, paid=paid))
    assert principal(terms, facts(more, paid=paid)) <= due
