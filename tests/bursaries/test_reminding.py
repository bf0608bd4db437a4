"""When to remind of what: tables of cases, then the letters themselves."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bursaries.reminding import RUNGS, Event, Given, holding, moments
from bursaries.spans import Span
from tests.bursaries.test_standing import BASE, GRADUATED, MATERNITY, SERVING

D = dt.date
NOTHING = Given()
ENROLLED = Given(enrolments=frozenset({2021, 2022, 2023}))


def names(facts, gave, day) -> list[str]:
    """The rungs that hold that day."""
    found = [one for one in moments(facts, gave, day) if one.holds(day)]
    return [f"{one.rung.event}-{one.rung.name}" for one in found]


@pytest.mark.parametrize(
    ("facts", "gave", "day", "expected"),
    [
        (BASE, NOTHING, D(2022, 8, 31), []),
        (BASE, NOTHING, D(2022, 9, 1), ["enrolment-1"]),
        (BASE, NOTHING, D(2022, 9, 30), ["enrolment-1"]),
        (BASE, NOTHING, D(2022, 10, 1), ["enrolment-2"]),
        (BASE, NOTHING, D(2022, 11, 1), ["enrolment-3"]),
        (BASE, NOTHING, D(2022, 11, 14), ["enrolment-3"]),
        (BASE, NOTHING, D(2022, 11, 15), []),
        (BASE, ENROLLED, D(2022, 10, 1), []),
        # Its first year: signed and binding since 20 September 2021.
        (BASE, NOTHING, D(2021, 9, 19), []),
        (BASE, NOTHING, D(2021, 9, 20), ["enrolment-1"]),
        # The diploma is expected on 31 October 2024.
        (BASE, ENROLLED, D(2023, 10, 30), []),
        (BASE, ENROLLED, D(2023, 10, 31), ["study-end-12m"]),
        (BASE, ENROLLED, D(2024, 4, 29), ["study-end-12m"]),
        (BASE, ENROLLED, D(2024, 4, 30), ["study-end-6m"]),
        (BASE, ENROLLED, D(2024, 7, 31), ["study-end-3m"]),
        (BASE, ENROLLED, D(2024, 10, 1), ["study-end-3m", "enrolment-2"]),
        (BASE, ENROLLED, D(2024, 11, 20), []),
        # Graduated on 1 November 2024, twelve months to settle.
        (GRADUATED, NOTHING, D(2025, 4, 30), []),
        (GRADUATED, NOTHING, D(2025, 5, 1), ["settle-6m"]),
        (GRADUATED, NOTHING, D(2025, 8, 1), ["settle-3m"]),
        (GRADUATED, NOTHING, D(2025, 10, 1), ["settle-1m"]),
        (GRADUATED, NOTHING, D(2025, 10, 31), ["settle-1m"]),
        (GRADUATED, NOTHING, D(2025, 11, 1), ["settle-0"]),
        (GRADUATED, NOTHING, D(2025, 12, 1), []),
        # Settled on 4 November 2024, for five years.
        (SERVING, NOTHING, D(2025, 10, 4), []),
        (SERVING, NOTHING, D(2025, 10, 5), ["declaration-before"]),
        (SERVING, NOTHING, D(2025, 11, 4), ["declaration-due"]),
        (SERVING, NOTHING, D(2025, 12, 4), ["declaration-30d"]),
        (SERVING, NOTHING, D(2026, 1, 3), ["declaration-60d"]),
        (SERVING, NOTHING, D(2026, 2, 2), []),
        (SERVING, Given(declared=frozenset({D(2025, 11, 4)})), D(2025, 11, 5), []),
        (SERVING, NOTHING, D(2029, 8, 3), []),
        (SERVING, NOTHING, D(2029, 8, 4), ["service-end-3m"]),
        (SERVING, NOTHING, D(2029, 11, 4), []),
        # Nothing while suspended, but to come back.
        (
            replace(SERVING, suspensions=(MATERNITY,)),
            NOTHING,
            D(2026, 1, 10),
            [],
        ),
        (
            replace(SERVING, suspensions=(MATERNITY,)),
            NOTHING,
            D(2026, 3, 28),
            ["suspension-end-30d"],
        ),
        (
            replace(BASE, suspensions=(Span(D(2022, 8, 1), D(2022, 12, 1)),)),
            NOTHING,
            D(2022, 10, 1),
            [],
        ),
        (
            replace(BASE, suspensions=(Span(D(2022, 8, 1)),)),
            NOTHING,
            D(2022, 10, 1),
            [],
        ),
        (replace(BASE, ended_on=D(2022, 9, 1)), NOTHING, D(2022, 9, 2), []),
        (replace(BASE, signed_on=None), NOTHING, D(2022, 9, 2), []),
        (replace(BASE, executory_since=None), NOTHING, D(2022, 9, 2), []),
    ],
)
def test_what_is_reminded_that_day(facts, gave, day, expected):
    assert names(facts, gave, day) == expected


def test_a_suspension_moves_what_comes_after_it():
    moved = replace(GRADUATED, suspensions=(Span(D(2025, 1, 1), D(2025, 3, 2)),))

    assert names(moved, NOTHING, D(2025, 5, 1)) == []
    assert names(moved, NOTHING, D(2025, 6, 30)) == ["settle-6m"]


DAYS = st.dates(D(2021, 9, 1), D(2031, 1, 1))


@given(DAYS)
def test_each_event_has_one_rung_a_day_at_most(day):
    for facts in (BASE, GRADUATED, SERVING):
        held = [one for one in moments(facts, NOTHING, day) if one.holds(day)]
        assert len({one.rung.event for one in held}) == len(held)
        for one in held:
            assert holding(facts, NOTHING, one.rung, day) == one


@given(DAYS, st.sampled_from([BASE, GRADUATED, SERVING]))
def test_what_is_to_come_was_never_past(day, facts):
    assert all(day < one.until for one in moments(facts, NOTHING, day))


def test_the_rungs_of_an_event_follow_one_another():
    day = D(2030, 1, 1)
    for event in Event:
        own = [rung for rung in RUNGS if rung.event == event]
        ends = [day + rung.until for rung in own]
        starts = [day + rung.since for rung in own]
        assert starts[1:] == ends[:-1]
        assert starts == sorted(starts)
