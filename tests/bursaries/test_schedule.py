"""What is paid and when: tables of cases, and what holds whatever the facts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from bursaries.schedule import Amendment, Terms, academic_year, lines, terms_on
from bursaries.spans import Span

STARTS = dt.date(2027, 1, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def terms(*amounts: str, months: int = 36, rhythm: str = "monthly", total=None):
    return Terms(
        tuple(Decimal(amount) for amount in amounts or ("700",)),
        months,
        rhythm,
        total and Decimal(total),
    )


def told(found) -> list[tuple[str, str]]:
    return [(f"{line.due_on}", f"{line.amount}") for line in found]


@pytest.mark.parametrize(
    ("root", "first", "count", "whole"),
    [
        pytest.param(
            terms(), ("2027-02-01", "700.00"), 36, "25200", id="each month, in arrears"
        ),
        pytest.param(
            terms(rhythm="quarterly"),
            ("2027-04-01", "2100.00"),
            12,
            "25200",
            id="each quarter",
        ),
        pytest.param(
            terms(rhythm="yearly"), ("2028-01-01", "8400.00"), 3, "25200", id="yearly"
        ),
        pytest.param(
            terms(months=14, rhythm="quarterly"),
            ("2027-04-01", "2100.00"),
            5,
            "9800",
            id="the last quarter is short",
        ),
        pytest.param(
            terms("700", "1000", "1500"),
            ("2027-02-01", "700.00"),
            36,
            "38400",
            id="graduated",
        ),
        pytest.param(
            terms(total="20000"),
            ("2027-02-01", "700.00"),
            29,
            "20000",
            id="cut to the total",
        ),
        pytest.param(terms(months=1), ("2027-02-01", "700.00"), 1, "700", id="once"),
    ],
)
def test_terms_become_payments(root, first, count, whole):
    found = lines(root, starts_on=STARTS)

    assert told(found)[0] == first
    assert len(found) == count
    assert sum(line.amount for line in found) == Decimal(whole)


def test_a_month_that_begins_in_a_pause_is_made_up_later():
    pause = Span(day("2027-03-01"), day("2027-06-15"))

    found = lines(terms(months=6), starts_on=STARTS, pauses=[pause])

    assert [line.since.month for line in found] == [1, 2, 7, 8, 9, 10]


def test_a_pause_inside_a_month_costs_nothing():
    pause = Span(day("2027-03-02"), day("2027-03-31"))

    found = lines(terms(months=3), starts_on=STARTS, pauses=[pause])

    assert [line.since.month for line in found] == [1, 2, 3]


def test_nothing_is_owed_after_the_diploma():
    found = lines(terms(), starts_on=STARTS, ends_on=day("2027-11-15"))

    assert found[-1].since == day("2027-11-01")
    assert len(found) == 11


def test_an_endless_pause_ends_the_search():
    found = lines(terms(), starts_on=STARTS, pauses=[Span(STARTS)])

    assert found == []


def test_an_amendment_counts_from_its_day():
    more = Amendment(day("2027-07-01"), terms("900"))

    found = lines(terms(), starts_on=STARTS, amendments=[more])

    assert [line.amount for line in found[:7]] == [Decimal("700")] * 6 + [
        Decimal("900")
    ]


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        ("2027-06-30", "700"),
        ("2027-07-01", "900"),
        ("2028-12-31", "900"),
        ("2029-01-01", "500"),
    ],
)
def test_the_terms_of_a_day(on, amount):
    chain = [
        Amendment(day("2029-01-01"), terms("500")),
        Amendment(day("2027-07-01"), terms("900")),
    ]

    assert terms_on(terms(), chain, day(on)).amounts == (Decimal(amount),)


def test_two_amendments_the_same_day_are_refused():
    same = [Amendment(STARTS, terms("900")), Amendment(STARTS, terms("800"))]

    with pytest.raises(ValidationError, match="le même jour"):
        terms_on(terms(), same, STARTS)


def test_a_bursary_starts_with_a_month():
    with pytest.raises(ValidationError, match="avec un mois"):
        lines(terms(), starts_on=day("2027-01-02"))


def test_what_was_ordered_stays_when_a_fact_comes_late():
    first = lines(terms(months=6), starts_on=STARTS)
    late = Span(day("2027-02-01"), day("2027-04-01"))

    found = lines(terms(months=6), starts_on=STARTS, pauses=[late], settled=first[:3])

    assert found[:3] == first[:3]
    assert [line.since.month for line in found] == [1, 2, 3, 4, 5, 6]


def test_a_lower_total_never_touches_what_was_ordered():
    first = lines(terms(months=6), starts_on=STARTS)

    found = lines(terms(months=6, total="1000"), starts_on=STARTS, settled=first[:2])

    assert found == first[:2]


@pytest.mark.parametrize(
    ("on", "year"),
    [("2026-08-31", 2025), ("2026-09-01", 2026), ("2028-02-29", 2027)],
)
def test_an_academic_year_begins_in_september(on, year):
    assert academic_year(day(on)) == year


def test_a_payment_names_the_academic_years_it_is_for():
    found = lines(terms(rhythm="yearly", months=12), starts_on=STARTS)

    assert found[0].years == (2026, 2027)


spans = st.builds(
    lambda start, days: Span(start, start + dt.timedelta(days=days)),
    st.dates(dt.date(2026, 6, 1), dt.date(2031, 1, 1)),
    st.integers(0, 400),
)
some_terms = st.builds(
    Terms,
    st.lists(st.decimals(1, 3000, places=2), min_size=1, max_size=4).map(tuple),
    st.integers(1, 72),
    st.sampled_from(["monthly", "quarterly", "yearly"]),
    st.one_of(st.none(), st.decimals(1, 90000, places=2)),
)


@settings(max_examples=80, deadline=None)
@given(some_terms, st.lists(spans, max_size=4))
def test_never_more_than_the_scheme_allows(root, pauses):
    found = lines(root, starts_on=STARTS, pauses=pauses)

    assert sum(line.months for line in found) <= root.months
    whole = sum(line.amount for line in found)
    assert root.max_total is None or whole <= root.max_total
    assert all(line.amount > 0 and line.months > 0 for line in found)
    due = [line.due_on for line in found]
    assert due == sorted(set(due))


@settings(max_examples=60, deadline=None)
@given(some_terms, st.lists(spans, max_size=3), st.integers(0, 12))
def test_lines_made_again_with_no_news_are_the_same(root, pauses, ordered):
    found = lines(root, starts_on=STARTS, pauses=pauses)

    again = lines(root, starts_on=STARTS, pauses=pauses, settled=found[:ordered])

    assert sum(line.amount for line in again) == sum(line.amount for line in found)
    assert again[:ordered] == found[:ordered]
