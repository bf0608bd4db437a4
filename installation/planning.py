"""Days and order of a plan of action; the clock is not read here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

# A little less than what a small integer holds: nobody plans ninety years ahead.
MOST_DAYS = 3650


class StepLike(Protocol):
    """What these rules read of a step."""

    pk: int
    title: str
    track: str
    rank: int
    due_on: dt.date
    offset_days: int
    is_blocking: bool
    is_done: bool
    is_dropped: bool


@dataclass(frozen=True)
class Progress:
    """How far a plan is: « 4 étapes sur 14 », and what comes next."""

    done: int
    total: int
    following: StepLike | None

    @property
    def sentence(self) -> str:
        if not self.total:
            return "Aucune étape pour l’instant"
        if self.done == self.total:
            return "Toutes les étapes sont faites"
        return f"{self.done} étape{'s' * (self.done > 1)} sur {self.total}"


def due_on(planned_on: dt.date, offset_days: int, *, today: dt.date) -> dt.date:
    """Never a day already gone: a plan opened late asks at once, and is not late."""
    return max(planned_on + dt.timedelta(days=offset_days), today)


def offset(planned_on: dt.date, day: dt.date) -> int:
    """How far a day chosen by hand stands from the planned one."""
    return (day - planned_on).days


def moved(
    steps: Iterable[StepLike], planned_on: dt.date, *, today: dt.date
) -> Mapping[int, dt.date]:
    """The day of each step once the planned one has moved: what is done, or dropped,
    stays where it was."""
    return {
        step.pk: (
            step.due_on
            if step.is_done or step.is_dropped
            else due_on(planned_on, step.offset_days, today=today)
        )
        for step in steps
    }


def blocker(steps: Iterable[StepLike], step: StepLike) -> StepLike | None:
    """The first step before this one that must be done first, on the same track."""
    before = [
        other
        for other in in_order(steps)
        if other.track == step.track and _place(other) < _place(step)
    ]
    return next(
        (
            other
            for other in before
            if other.is_blocking and not (other.is_done or other.is_dropped)
        ),
        None,
    )


def why_stopped(blocking: StepLike) -> str:
    return f"« {blocking.title} » doit être faite d’abord."


def progress(steps: Iterable[StepLike]) -> Progress:
    """What was dropped does not count; what comes next is not stopped."""
    kept = [step for step in in_order(steps) if not step.is_dropped]
    remaining = [step for step in kept if not step.is_done]
    free = [step for step in remaining if blocker(kept, step) is None]
    following = min(free, key=lambda step: (step.due_on, _place(step)), default=None)
    return Progress(len(kept) - len(remaining), len(kept), following)


def in_order(steps: Iterable[StepLike]) -> list[StepLike]:
    return sorted(steps, key=_place)


def _place(step: StepLike) -> tuple[int, int]:
    return step.rank, step.pk
