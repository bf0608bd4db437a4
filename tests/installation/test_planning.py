"""Days and order of a plan of action, as pure rules."""

import datetime as dt
from types import SimpleNamespace

import pytest

from installation import planning

FIRST_DAY = dt.date(2027, 5, 3)
TODAY = dt.date(2026, 11, 23)


def step(pk, rank, *, track="professional", offset=0, blocking=False, **state):
    return SimpleNamespace(
        pk=pk,
        title=f"Étape {pk}",
        track=track,
        rank=rank,
        offset_days=offset,
        due_on=FIRST_DAY + dt.timedelta(days=offset),
        is_blocking=blocking,
        is_done=state.get("done", False),
        is_dropped=state.get("dropped", False),
    )


@pytest.mark.parametrize(
    ("offset", "state", "moves_to", "expected"),
    [
        (-90, {}, dt.date(2027, 6, 3), dt.date(2027, 3, 5)),
        (-90, {}, dt.date(2027, 4, 3), dt.date(2027, 1, 3)),
        (0, {}, dt.date(2027, 9, 1), dt.date(2027, 9, 1)),
        (30, {}, dt.date(2027, 12, 15), dt.date(2028, 1, 14)),
        # A leap year counts its day.
        (30, {}, dt.date(2028, 2, 1), dt.date(2028, 3, 2)),
        # What is done or dropped stays where it was.
        (-90, {"done": True}, dt.date(2027, 6, 3), dt.date(2027, 2, 2)),
        (-90, {"dropped": True}, dt.date(2027, 6, 3), dt.date(2027, 2, 2)),
        # Nothing is moved into the past: it is to be done now.
        (-90, {}, dt.date(2026, 12, 1), TODAY),
        (0, {}, dt.date(2026, 11, 1), TODAY),
        # The same day changes nothing.
        (-30, {}, FIRST_DAY, dt.date(2027, 4, 3)),
    ],
)
def test_moving_the_day_moves_what_is_not_done(offset, state, moves_to, expected):
    moving = step(1, 10, offset=offset, **state)

    assert planning.moved([moving], moves_to, today=TODAY) == {1: expected}


def test_a_day_moved_there_and_back_is_the_same():
    moving = step(1, 10, offset=-90)
    there = planning.moved([moving], dt.date(2027, 2, 28), today=TODAY)[1]
    moving.due_on = there

    back = planning.moved([moving], FIRST_DAY, today=TODAY)

    assert back == {1: FIRST_DAY - dt.timedelta(90)}


@pytest.mark.parametrize(
    ("gate", "stopped"),
    [
        (step(1, 10, blocking=True), True),
        (step(1, 10, blocking=True, done=True), False),
        (step(1, 10, blocking=True, dropped=True), False),
        (step(1, 10), False),
        (step(1, 10, blocking=True, track="family"), False),
        (step(1, 30, blocking=True), False),
        (step(3, 20, blocking=True), False),  # same rank, added later
    ],
)
def test_a_blocking_step_stops_those_after_it(gate, stopped):
    later = step(2, 20)

    found = planning.blocker([later, gate], later)

    assert (found is gate) == stopped


def test_the_sentence_names_what_must_come_first():
    assert planning.why_stopped(step(1, 10)) == "« Étape 1 » doit être faite d’abord."


@pytest.mark.parametrize(
    ("steps", "sentence", "following"),
    [
        ([], "Aucune étape pour l’instant", None),
        ([step(1, 10, done=True)], "Toutes les étapes sont faites", None),
        ([step(1, 10, done=True), step(2, 20)], "1 étape sur 2", 2),
        ([step(1, 10), step(2, 20, dropped=True)], "0 étape sur 1", 1),
        # What comes next is the first due among those that nothing stops.
        (
            [
                step(1, 10, blocking=True, offset=-10),
                step(2, 20, offset=-30),
                step(3, 30, track="family", offset=-5),
            ],
            "0 étape sur 3",
            1,
        ),
    ],
)
def test_progress_counts_and_names_what_comes_next(steps, sentence, following):
    progress = planning.progress(steps)

    assert progress.sentence == sentence
    assert (progress.following and progress.following.pk) == following
