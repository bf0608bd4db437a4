"""What a bursary would come to, and what the legal ceiling leaves of it."""

import datetime as dt
from decimal import Decimal

import pytest

from bursaries.projection import project

PAY = Decimal("28408")
JANUARY = dt.date(2027, 1, 1)


def euros(*amounts: str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("amounts", "months", "others", "monthly", "total"),
    [
        pytest.param(["700"], 36, "0", ["700"] * 3, "25200", id="three years alike"),
        pytest.param(["700"], 1, "0", ["700"], "700", id="one month"),
        pytest.param(["700"], 13, "0", ["700"] * 2, "9100", id="a year and a month"),
        pytest.param(
            ["700", "1000", "1500"],
            36,
            "0",
            ["700", "1000", "1500"],
            "38400",
            id="graduated",
        ),
        pytest.param(
            ["700", "900"], 36, "0", ["700", "900", "900"], "30000", id="last goes on"
        ),
        pytest.param(
            ["3000"], 12, "0", ["2367.33"], "28407.96", id="above the pay of an intern"
        ),
        pytest.param(["700"], 12, "1800", ["567.33"], "6807.96", id="C-1"),
        pytest.param(["700"], 12, "1667.33", ["700"], "8400", id="up to the ceiling"),
        pytest.param(["700"], 12, "2400", ["0"], "0", id="nothing left"),
        pytest.param(["8400.01"], 12, "0", ["2367.33"], "28407.96", id="capped cents"),
    ],
)
def test_years_and_their_amounts(amounts, months, others, monthly, total):
    found = project(
        euros(*amounts),
        starts_on=JANUARY,
        months=months,
        max_total=None,
        pay=PAY,
        others=Decimal(others),
    )

    assert [year.monthly for year in found.years] == euros(*monthly)
    assert found.total == Decimal(total)
    assert sum(year.months for year in found.years) == months


def test_years_begin_a_year_apart():
    found = project(
        euros("700"), starts_on=dt.date(2028, 2, 1), months=30, max_total=None, pay=None
    )

    assert [(year.starts_on, year.months) for year in found.years] == [
        (dt.date(2028, 2, 1), 12),
        (dt.date(2029, 2, 1), 12),
        (dt.date(2030, 2, 1), 6),
    ]


def test_a_scheme_may_limit_the_whole():
    found = project(
        euros("700"), starts_on=JANUARY, months=36, max_total=Decimal("20000"), pay=None
    )

    assert (found.total, found.cut) == (Decimal("20000"), Decimal("5200"))
    assert not found.is_limited


def test_no_ceiling_where_the_article_does_not_apply():
    found = project(
        euros("3000"), starts_on=JANUARY, months=12, max_total=None, pay=None
    )

    assert found.total == Decimal("36000")
