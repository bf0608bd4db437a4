"""Where an agreement stands on a day: tables of cases, and what always holds."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bursaries import standing
from bursaries.service import Commitment, Practice
from bursaries.spans import Span
from bursaries.standing import Facts, Standing

D = dt.date
BASE = Facts(
    starts_on=D(2021, 10, 1),
    diploma_due_on=D(2024, 10, 31),
    window_months=12,
    commitment=Commitment(months=60, days_a_week=Fraction(4)),
    signed_on=D(2021, 9, 10),
    executory_since=D(2021, 9, 20),
)
GRADUATED = replace(BASE, diploma_on=D(2024, 11, 1))
SERVING = replace(GRADUATED, practices=(Practice(Span(D(2024, 11, 4)), Fraction(4)),))
MATERNITY = Span(D(2026, 1, 5), D(2026, 4, 27))


def left(on: dt.date) -> Facts:
    return replace(
        GRADUATED, practices=(Practice(Span(D(2024, 11, 4), on), Fraction(4)),)
    )


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        pytest.param(BASE, D(2021, 9, 9), Standing.TO_SIGN, id="before-signature"),
        pytest.param(BASE, D(2021, 9, 10), Standing.SIGNED, id="signed"),
        pytest.param(BASE, D(2021, 9, 19), Standing.SIGNED, id="eve-of-executory"),
        pytest.param(BASE, D(2021, 9, 20), Standing.STUDYING, id="executory"),
        pytest.param(
            replace(BASE, signed_on=None),
            D(2030, 1, 1),
            Standing.TO_SIGN,
            id="unsigned",
        ),
        pytest.param(
            replace(BASE, executory_since=None),
            D(2030, 1, 1),
            Standing.SIGNED,
            id="never-notified",
        ),
        pytest.param(BASE, D(2026, 1, 1), Standing.STUDYING, id="diploma-not-known"),
        pytest.param(
            replace(BASE, suspensions=(Span(D(2023, 1, 1), D(2023, 6, 1)),)),
            D(2023, 5, 31),
            Standing.STUDY_SUSPENDED,
            id="last-suspended-day",
        ),
        pytest.param(
            replace(BASE, suspensions=(Span(D(2023, 1, 1), D(2023, 6, 1)),)),
            D(2023, 6, 1),
            Standing.STUDYING,
            id="back",
        ),
        pytest.param(GRADUATED, D(2024, 10, 31), Standing.STUDYING, id="eve"),
        pytest.param(GRADUATED, D(2024, 11, 1), Standing.AWAITING, id="diploma"),
        pytest.param(GRADUATED, D(2025, 10, 31), Standing.AWAITING, id="last-day"),
        pytest.param(GRADUATED, D(2025, 11, 1), Standing.LATE, id="too-late"),
        pytest.param(
            replace(GRADUATED, suspensions=(Span(D(2025, 1, 1), D(2025, 1, 11)),)),
            D(2025, 11, 10),
            Standing.AWAITING,
            id="ten-days-more",
        ),
        pytest.param(
            replace(GRADUATED, suspensions=(Span(D(2025, 1, 1), D(2025, 1, 11)),)),
            D(2025, 11, 11),
            Standing.LATE,
            id="and-no-more",
        ),
        pytest.param(
            replace(
                GRADUATED,
                suspensions=(Span(D(2025, 1, 1), D(2025, 1, 11)),),
                pauses_service=False,
            ),
            D(2025, 11, 1),
            Standing.LATE,
            id="a-scheme-that-does-not-wait",
        ),
        pytest.param(
            replace(GRADUATED, suspensions=(Span(D(2025, 1, 1)),)),
            D(2040, 1, 1),
            Standing.AWAITING_SUSPENDED,
            id="suspended-without-end",
        ),
        pytest.param(SERVING, D(2024, 11, 3), Standing.AWAITING, id="eve-of-service"),
        pytest.param(SERVING, D(2024, 11, 4), Standing.SERVING, id="first-day"),
        pytest.param(SERVING, D(2029, 11, 3), Standing.SERVING, id="day-owed"),
        pytest.param(SERVING, D(2029, 11, 4), Standing.FULFILLED, id="fulfilled"),
        pytest.param(
            replace(SERVING, suspensions=(MATERNITY,)),
            D(2026, 2, 1),
            Standing.SERVICE_SUSPENDED,
            id="maternity",
        ),
        pytest.param(
            replace(SERVING, suspensions=(MATERNITY,)),
            D(2030, 2, 23),
            Standing.SERVING,
            id="T-2-eve-of-the-moved-end",
        ),
        pytest.param(
            replace(SERVING, suspensions=(MATERNITY,)),
            D(2030, 2, 24),
            Standing.FULFILLED,
            id="T-2-moved-end",
        ),
        pytest.param(left(D(2027, 3, 1)), D(2027, 2, 28), Standing.SERVING, id="there"),
        pytest.param(left(D(2027, 3, 1)), D(2027, 3, 1), Standing.STOPPED, id="left"),
        pytest.param(
            replace(
                left(D(2027, 3, 1)),
                practices=(
                    Practice(Span(D(2024, 11, 4), D(2027, 3, 1)), Fraction(4)),
                    Practice(Span(D(2027, 3, 1)), Fraction(4)),
                ),
            ),
            D(2027, 3, 1),
            Standing.SERVING,
            id="another-place-at-once",
        ),
        pytest.param(
            left(D(2029, 11, 4)), D(2035, 1, 1), Standing.FULFILLED, id="left-after"
        ),
        pytest.param(
            replace(SERVING, ended_on=D(2028, 1, 1)),
            D(2028, 1, 1),
            Standing.ENDED,
            id="ended",
        ),
        pytest.param(
            replace(SERVING, ended_on=D(2028, 1, 1)),
            D(2027, 12, 31),
            Standing.SERVING,
            id="eve-of-the-end",
        ),
        pytest.param(
            replace(
                GRADUATED,
                diploma_on=D(2024, 2, 29),
            ),
            D(2025, 2, 28),
            Standing.LATE,
            id="leap-day-window-ends-on-28-february",
        ),
    ],
)
def test_the_state_follows_from_the_facts(facts, day, expected):
    assert standing.standing(facts, day) == expected


@pytest.mark.parametrize(
    ("facts", "day", "said"),
    [
        pytest.param(BASE, D(2021, 9, 1), "attend ses signatures", id="to-sign"),
        pytest.param(BASE, D(2021, 9, 12), "vous la notifie", id="signed"),
        pytest.param(BASE, D(2022, 1, 1), "12 mois pour vous installer", id="studying"),
        pytest.param(
            GRADUATED, D(2025, 1, 1), "avant le 1er\u00a0novembre 2025", id="awaiting"
        ),
        pytest.param(GRADUATED, D(2026, 1, 1), "appelez-nous", id="late"),
        pytest.param(
            SERVING, D(2026, 1, 1), "tenu le 4\u00a0novembre 2029", id="serving"
        ),
        pytest.param(
            left(D(2027, 3, 1)), D(2026, 1, 1), "s’arrête avant", id="stops-before"
        ),
        pytest.param(
            replace(SERVING, suspensions=(MATERNITY,)),
            D(2026, 2, 1),
            "jusqu’au 27\u00a0avril 2026",
            id="suspended",
        ),
        pytest.param(
            replace(BASE, suspensions=(Span(D(2023, 1, 1)),)),
            D(2023, 2, 1),
            "quand vous reprenez",
            id="open-end",
        ),
        pytest.param(SERVING, D(2030, 1, 1), "Merci", id="fulfilled"),
        pytest.param(left(D(2027, 3, 1)), D(2028, 1, 1), "où vous en", id="stopped"),
        pytest.param(
            replace(SERVING, ended_on=D(2028, 1, 1)), D(2029, 1, 1), "fin", id="ended"
        ),
    ],
)
def test_what_comes_next_is_one_sentence(facts, day, said):
    assert said in standing.next_step(facts, day).text


def test_the_road_of_a_student_is_expected_and_told_so():
    found = standing.milestones(BASE, D(2022, 1, 1))

    assert [one.title for one in found] == [
        "Signature",
        "Exécutoire",
        "Diplôme",
        "Installation",
        "1 an d’exercice",
        "2 ans d’exercice",
        "3 ans d’exercice",
        "4 ans d’exercice",
        "Engagement tenu",
    ]
    assert [one.state for one in found[:4]] == ["done", "done", "now", "todo"]
    assert found[3].on == D(2025, 10, 31)
    assert [one.is_expected for one in found] == [False] * 2 + [True] * 7


def test_the_road_of_a_doctor_is_moved_by_suspended_days():
    found = standing.milestones(
        replace(SERVING, suspensions=(MATERNITY,)), D(2027, 1, 1)
    )

    assert [one.on for one in found[3:]] == [
        D(2024, 11, 4),
        D(2025, 11, 4),
        D(2027, 2, 24),
        D(2028, 2, 24),
        D(2029, 2, 24),
        D(2030, 2, 24),
    ]
    assert [one.state for one in found[4:7]] == ["done", "now", "todo"]


def test_declarations_are_due_on_anniversaries_until_the_end():
    assert list(standing.declarations_due(SERVING, D(2027, 1, 1))) == [
        D(2025, 11, 4),
        D(2026, 11, 4),
    ]
    assert len(standing.declarations_due(SERVING, D(2040, 1, 1))) == 5
    assert standing.declarations_due(GRADUATED, D(2040, 1, 1)) == []


DAYS = st.dates(D(2024, 11, 5), D(2034, 1, 1))


@st.composite
def suspensions(draw):
    edges = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    return tuple(
        Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)
    )


@given(suspensions(), DAYS, st.integers(1, 400))
def test_one_more_suspension_only_moves_the_ends_later(some, start, days):
    more = (*some, Span(start, start + dt.timedelta(days)))
    before = replace(SERVING, suspensions=some)
    after = replace(SERVING, suspensions=more)

    assert after.fulfilled_on >= before.fulfilled_on
    assert after.settle_by >= before.settle_by
    assert after.served(D(2050, 1, 1)) <= before.served(D(2050, 1, 1))


@given(suspensions(), DAYS)
def test_stopping_on_a_day_serves_what_was_served_before_it(some, day):
    facts = replace(SERVING, suspensions=some)

    assert facts.known_on(day).served(D(2060, 1, 1)) == facts.served(day)


@given(suspensions(), DAYS)
def test_a_day_has_one_state_and_one_sentence(some, day):
    facts = replace(SERVING, suspensions=some)

    state = standing.standing(facts, day)

    assert standing.next_step(facts, day).text
    assert (state == Standing.SERVICE_SUSPENDED) == (
        facts.is_suspended(day) and not facts.fulfilled_on <= day
    )
