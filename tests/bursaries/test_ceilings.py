"""The most that all bodies together may give."""

from decimal import Decimal

import pytest

from bursaries.ceilings import StudyYear, monthly, total

PAY = Decimal("28408.00")


@pytest.mark.parametrize(
    ("pay", "others", "expected"),
    [
        (PAY, "0", "2367.33"),
        (PAY, "1800", "567.33"),
        (PAY, "2367.33", "0"),
        (PAY, "2500", "0"),
        (Decimal("27042.00"), "0", "2253.50"),
    ],
)
def test_what_may_still_be_given_a_month(pay, others, expected):
    assert monthly(pay, Decimal(others)) == Decimal(expected)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], "0"),
        ([StudyYear(PAY)] * 3, "85224.00"),
        ([StudyYear(PAY)] * 3 + [StudyYear(PAY, is_repeated=True)], "85224.00"),
        # The pay rose in between.
        ([StudyYear(Decimal("27988.00")), StudyYear(PAY), StudyYear(PAY)], "84804.00"),
    ],
)
def test_what_may_be_given_in_the_third_cycle(years, expected):
    assert total(years) == Decimal(expected)
