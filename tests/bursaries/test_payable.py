"""Why a payment may not be ordered: each reason by itself, and all of them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bursaries.payable import Account, Block, Facts, reasons
from bursaries.schedule import Line

DAY = dt.date(2027, 4, 1)
NOW = dt.datetime(2027, 4, 1, 9, tzinfo=dt.UTC)
PAYMENT = Line(
    since=dt.date(2027, 1, 1),
    due_on=DAY,
    amount=Decimal("2100"),
    months=3,
    years=(2026,),
    highest=Decimal("700"),
)
# Nothing stands in the way.
CLEAR = Facts(
    executory_since=dt.date(2026, 12, 20),
    account=Account(is_checked=True),
    enrolled=frozenset({2026}),
    left=Decimal("20000"),
    months_left=30,
    monthly_most=Decimal("2367.33"),
    cycle_left=Decimal("80000"),
)
ALONE = [
    (Block.NOT_SIGNED, {"missing_signatures": ("la présidente",)}),
    (Block.NOT_EXECUTORY, {"executory_since": None}),
    (Block.NOT_EXECUTORY, {"executory_since": dt.date(2027, 4, 2)}),
    (Block.ENDED, {"ended_on": dt.date(2027, 4, 1)}),
    (Block.BREACH, {"is_in_breach": True}),
    (Block.SUSPENDED, {"is_suspended": True}),
    (Block.IBAN_MISSING, {"account": None}),
    (Block.IBAN_UNCHECKED, {"account": Account(is_checked=False)}),
    (Block.IBAN_FROZEN, {"account": Account(True, NOW + dt.timedelta(minutes=1))}),
    (Block.ENROLMENT, {"enrolled": frozenset({2025})}),
    (Block.FAILURE, {"unpaid_years": frozenset({2026})}),
    (Block.MONTHLY_CEILING, {"monthly_most": Decimal("699.99")}),
    (Block.CYCLE_CEILING, {"cycle_left": Decimal("2099.99")}),
    (Block.BEYOND, {"left": Decimal("2099.99")}),
    (Block.BEYOND, {"months_left": 2}),
]


def codes(payment=PAYMENT, facts=CLEAR, now=NOW, day=DAY) -> list[str]:
    return [reason.code for reason in reasons(payment, facts, now, day)]


def test_nothing_in_the_way_is_payable():
    assert codes() == []


@pytest.mark.parametrize(
    ("block", "fact"),
    ALONE,
    ids=[f"{block}-{at}" for at, (block, _) in enumerate(ALONE)],
)
def test_each_reason_stands_alone(block, fact):
    assert codes(facts=replace(CLEAR, **fact)) == [block]


@pytest.mark.parametrize(
    "fact",
    [
        {"executory_since": DAY},
        {"ended_on": dt.date(2027, 4, 2)},
        {"account": Account(True, NOW)},
        {"monthly_most": Decimal("700")},
        {"cycle_left": Decimal("2100")},
        {"left": Decimal("2100"), "months_left": 3},
        {"left": None, "months_left": None, "monthly_most": None, "cycle_left": None},
    ],
)
def test_the_last_moment_that_still_passes(fact):
    assert codes(facts=replace(CLEAR, **fact)) == []


def test_it_waits_for_its_day():
    assert codes(day=DAY - dt.timedelta(days=1)) == [Block.NOT_DUE]


def test_every_year_it_is_for_is_proven():
    across = replace(PAYMENT, years=(2026, 2027))

    assert codes(across) == [Block.ENROLMENT]


def test_all_the_reasons_are_told_at_once():
    worst = replace(
        CLEAR,
        missing_signatures=("la présidente",),
        executory_since=None,
        account=None,
        enrolled=frozenset(),
        is_suspended=True,
        left=Decimal("0"),
    )

    assert codes(facts=worst) == [
        Block.NOT_SIGNED,
        Block.NOT_EXECUTORY,
        Block.SUSPENDED,
        Block.IBAN_MISSING,
        Block.ENROLMENT,
        Block.BEYOND,
    ]


@pytest.mark.parametrize(("block", "fact"), ALONE)
def test_a_reason_speaks(block, fact):
    (reason,) = reasons(PAYMENT, replace(CLEAR, **fact), NOW, DAY)

    assert reason.text.endswith(".")
    assert reason.text[0].isupper()


def test_a_missing_certificate_says_for_which_year_and_by_when():
    facts = replace(CLEAR, enrolled=frozenset(), enrolment_by=dt.date(2026, 11, 15))

    (reason,) = reasons(PAYMENT, facts, NOW, DAY)

    assert "2026-2027" in reason.text
    assert "15\u00a0novembre 2026" in reason.then or "15 novembre 2026" in reason.then
