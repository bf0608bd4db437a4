"""When to remind of what, from the facts of an agreement alone: pure rules.

Each rung stands before or after one event, and holds until the next rung does: who
enters late, or whose event moved, gets one letter and not all those that passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import TextChoices

from bursaries import standing
from bursaries.standing import Facts, Standing


class Event(TextChoices):
    """What a reminder is about."""

    ENROLMENT = "enrolment", "certificat de scolarité"
    STUDY_END = "study-end", "fin des études"
    SETTLE = "settle", "installation"
    DECLARATION = "declaration", "déclaration annuelle"
    SERVICE_END = "service-end", "fin de l'engagement"
    SUSPENSION_END = "suspension-end", "fin de la suspension"


@dataclass(frozen=True)
class Rung:
    """One reminder: from so long after the event (or before) until the next one."""

    event: Event
    name: str
    title: str
    since: relativedelta
    until: relativedelta
    template: str = ""

    @property
    def key(self) -> str:
        return f"bursaries.{self.event}-{self.name}"


def _months(count: int) -> relativedelta:
    return relativedelta(months=count)


def _days(count: int) -> relativedelta:
    return relativedelta(days=count)


RUNGS = (
    Rung(
        Event.ENROLMENT,
        "1",
        "Certificat de scolarité : au 1er septembre",
        _months(0),
        _months(1),
    ),
    Rung(
        Event.ENROLMENT,
        "2",
        "Certificat de scolarité : au 1er octobre",
        _months(1),
        _months(2),
    ),
    Rung(
        Event.ENROLMENT,
        "3",
        "Certificat de scolarité : au 1er novembre",
        _months(2),
        relativedelta(months=2, days=14),
    ),
    Rung(
        Event.STUDY_END,
        "12m",
        "Fin des études dans un an",
        _months(-12),
        _months(-6),
    ),
    Rung(
        Event.STUDY_END,
        "6m",
        "Fin des études dans six mois",
        _months(-6),
        _months(-3),
    ),
    Rung(
        Event.STUDY_END,
        "3m",
        "Fin des études dans trois mois",
        _months(-3),
        _months(0),
    ),
    Rung(
        Event.SETTLE,
        "6m",
        "Installation attendue dans six mois",
        _months(-6),
        _months(-3),
    ),
    Rung(
        Event.SETTLE,
        "3m",
        "Installation attendue dans trois mois",
        _months(-3),
        _months(-1),
    ),
    Rung(
        Event.SETTLE,
        "1m",
        "Installation attendue dans un mois",
        _months(-1),
        _months(0),
    ),
    Rung(
        Event.SETTLE,
        "0",
        "Délai d’installation dépassé",
        _months(0),
        _months(1),
        "settle-late",
    ),
    Rung(
        Event.DECLARATION,
        "before",
        "Déclaration annuelle dans un mois",
        _days(-30),
        _days(0),
    ),
    Rung(
        Event.DECLARATION,
        "due",
        "Déclaration annuelle attendue",
        _days(0),
        _days(30),
    ),
    Rung(
        Event.DECLARATION,
        "30d",
        "Déclaration annuelle en retard d’un mois",
        _days(30),
        _days(60),
        "declaration-late",
    ),
    Rung(
        Event.DECLARATION,
        "60d",
        "Déclaration annuelle en retard de deux mois",
        _days(60),
        _days(90),
        "declaration-late",
    ),
    Rung(
        Event.SERVICE_END,
        "3m",
        "Engagement tenu dans trois mois",
        _months(-3),
        _months(0),
    ),
    Rung(
        Event.SUSPENSION_END,
        "30d",
        "Fin d’une suspension dans un mois",
        _days(-30),
        _days(0),
    ),
)


@dataclass(frozen=True)
class Moment:
    """A rung of one agreement: it holds from a day until another, not included."""

    rung: Rung
    event_on: date

    @property
    def since(self) -> date:
        return self.event_on + self.rung.since

    @property
    def until(self) -> date:
        return self.event_on + self.rung.until

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True)
class Given:
    """What the person already gave: academic years, and anniversaries declared."""

    enrolments: frozenset[int] = frozenset()
    declared: frozenset[date] = frozenset()


def moments(facts: Facts, given: Given, day: date) -> Iterator[Moment]:
    """Those that hold that day and those to come, as things are known that day.

    Nothing is asked of somebody whose agreement is suspended, but to come back.
    """
    is_suspended = facts.is_suspended(day)
    for event, on in _events(facts, given, day):
        if is_suspended and event != Event.SUSPENSION_END:
            continue
        for rung in RUNGS:
            moment = Moment(rung, on)
            if rung.event == event and day < moment.until:
                yield moment


def holding(facts: Facts, given: Given, rung: Rung, day: date) -> Moment | None:
    """The moment of this rung that holds that day, if one does."""
    found = moments(facts, given, day)
    return next((one for one in found if one.rung == rung and one.holds(day)), None)


_STUDIES = {Standing.STUDYING, Standing.STUDY_SUSPENDED}
_OVER = {Standing.TO_SIGN, Standing.SIGNED, Standing.FULFILLED, Standing.ENDED}


def _events(facts: Facts, given: Given, day: date) -> Iterator[tuple[Event, date]]:
    state = standing.standing(facts, day)
    if state in _OVER:
        return
    for span in facts.suspensions:
        if span.holds(day) and span.end != date.max:
            yield Event.SUSPENSION_END, span.end
    if state in _STUDIES:
        yield Event.STUDY_END, facts.diploma_due_on
        yield from _enrolments(facts, given, day)
    elif facts.settled_on is None or facts.settled_on > day:
        yield Event.SETTLE, facts.settle_by
    else:
        yield from _declarations(facts, given, day)
        if facts.fulfilled_on:
            yield Event.SERVICE_END, facts.fulfilled_on


def _enrolments(facts: Facts, given: Given, day: date) -> Iterator[tuple[Event, date]]:
    """Each academic year begun or to begin, for whoever is paid and studies in it."""
    for year in (day.year - 1, day.year, day.year + 1):
        begins = date(year, 9, 1)
        is_paid = facts.starts_on < begins + _months(2)
        if is_paid and begins < facts.diploma_due_on and year not in given.enrolments:
            yield Event.ENROLMENT, begins


def _declarations(
    facts: Facts, given: Given, day: date
) -> Iterator[tuple[Event, date]]:
    """The last anniversary that was not declared, and the next one."""
    due = standing.declarations_due(facts, day + relativedelta(years=1))
    for on in due:
        if on not in given.declared:
            yield Event.DECLARATION, on
