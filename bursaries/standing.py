"""Where an agreement stands on a day, what comes next, and its road: pure rules.

Nothing here is typed by anybody: signatures, diploma, practice, suspensions and
breach are facts with their days, and the rest follows. A day belongs to what has
begun by its morning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from dateutil.relativedelta import relativedelta
from django.db.models import TextChoices

from bursaries import service
from bursaries.service import Commitment, Practice
from bursaries.spans import Span
from casework.days import said


class Standing(TextChoices):
    """The state of an agreement on a day."""

    TO_SIGN = "to_sign", "à signer"
    SIGNED = "signed", "signée, pas encore exécutoire"
    STUDYING = "studying", "études en cours"
    STUDY_SUSPENDED = "study_suspended", "études suspendues"
    AWAITING = "awaiting", "installation attendue"
    AWAITING_SUSPENDED = "awaiting_suspended", "installation suspendue"
    LATE = "late", "délai d'installation dépassé"
    SERVING = "serving", "en exercice"
    SERVICE_SUSPENDED = "service_suspended", "exercice suspendu"
    STOPPED = "stopped", "exercice interrompu"
    FULFILLED = "fulfilled", "engagement tenu"
    ENDED = "ended", "terminée"


# What the desk looks into: nobody is sanctioned by a date alone.
SUSPECTED = frozenset({Standing.LATE, Standing.STOPPED})


@dataclass(frozen=True)
class Facts:
    """What happened, with its days.

    `starts_on` is the first month paid, `diploma_on` the day of the diploma once it
    is known, `diploma_due_on` when it was expected. Suspended days move the time to
    settle and the service where `pauses_service`.
    """

    starts_on: date
    diploma_due_on: date
    window_months: int
    commitment: Commitment
    signed_on: date | None = None
    executory_since: date | None = None
    diploma_on: date | None = None
    practices: tuple[Practice, ...] = ()
    suspensions: tuple[Span, ...] = ()
    pauses_service: bool = True
    ended_on: date | None = None

    @property
    def pauses(self) -> tuple[Span, ...]:
        """The days that count neither for settling nor for the service."""
        return self.suspensions if self.pauses_service else ()

    @property
    def settled_on(self) -> date | None:
        return service.started_on(self.practices)

    @property
    def settle_by(self) -> date:
        """The first day on which it is too late to settle, as things are known."""
        diploma = self.diploma_on or self.diploma_due_on
        return service.settle_by(diploma, self.window_months, self.pauses)

    @property
    def fulfilled_on(self) -> date | None:
        return service.fulfilled_on(self.commitment, self.practices, self.pauses)

    def served(self, day: date) -> Fraction:
        """Days of service done before a day."""
        return service.served(self.commitment, self.practices, self.pauses, day)

    def is_suspended(self, day: date) -> bool:
        return any(span.holds(day) for span in self.suspensions)

    def known_on(self, day: date) -> "Facts":
        """The same, had everything stopped that day: for « if I left on »."""
        practices = tuple(
            replace(one, span=one.span.until(day))
            for one in self.practices
            if one.span.start < day
        )
        return replace(self, practices=practices)


def standing(facts: Facts, day: date) -> Standing:
    """The state that day."""
    if facts.ended_on and facts.ended_on <= day:
        return Standing.ENDED
    if facts.signed_on is None or facts.signed_on > day:
        return Standing.TO_SIGN
    if facts.executory_since is None or facts.executory_since > day:
        return Standing.SIGNED
    settled_on = facts.settled_on
    if settled_on and settled_on <= day:
        return _serving(facts, day)
    is_suspended = facts.is_suspended(day)
    if facts.diploma_on is None or facts.diploma_on > day:
        return Standing.STUDY_SUSPENDED if is_suspended else Standing.STUDYING
    if day >= facts.settle_by:
        return Standing.LATE
    return Standing.AWAITING_SUSPENDED if is_suspended else Standing.AWAITING


def _serving(facts: Facts, day: date) -> Standing:
    done_on = facts.fulfilled_on
    if done_on and done_on <= day:
        return Standing.FULFILLED
    if facts.is_suspended(day):
        return Standing.SERVICE_SUSPENDED
    if not any(one.span.holds(day) for one in facts.practices):
        return Standing.STOPPED
    return Standing.SERVING


# --- What comes next -----------------------------------------------------------------


@dataclass(frozen=True)
class Next:
    """What comes next, in words, and by when if a day is known."""

    text: str
    on: date | None = None


def next_step(facts: Facts, day: date) -> Next:
    """One sentence, told to the person."""
    state = standing(facts, day)
    told = {
        Standing.TO_SIGN: Next("La convention attend ses signatures."),
        Standing.SIGNED: Next(
            "Le Département la transmet à la préfecture et vous la notifie."
        ),
        Standing.AWAITING: Next(
            f"Votre convention prévoit une installation avant le "
            f"{said(facts.settle_by)}.",
            facts.settle_by,
        ),
        Standing.LATE: Next(
            f"L’installation était prévue avant le {said(facts.settle_by)} : "
            "appelez-nous, nous cherchons une solution avec vous.",
            facts.settle_by,
        ),
        Standing.STOPPED: Next(
            "Aucun lieu d’exercice n’est connu aujourd’hui : dites-nous où vous en "
            "êtes."
        ),
        Standing.FULFILLED: Next(
            "Vous avez tenu votre engagement. Une attestation de fin d’engagement "
            "vous est remise. Merci."
        ),
        Standing.ENDED: Next("Cette convention a pris fin."),
    }
    if state in told:
        return told[state]
    if state in {
        Standing.STUDY_SUSPENDED,
        Standing.AWAITING_SUSPENDED,
        Standing.SERVICE_SUSPENDED,
    }:
        return _until_resumed(facts, day)
    if state == Standing.STUDYING:
        due = facts.diploma_due_on
        return Next(
            f"Votre diplôme, prévu vers {said(due)} : vous aurez ensuite "
            f"{facts.window_months} mois pour vous installer.",
            due,
        )
    done_on = facts.fulfilled_on
    if done_on:
        return Next(f"Votre engagement sera tenu le {said(done_on)}.", done_on)
    return Next("Votre engagement court : le lieu d’exercice connu s’arrête avant.")


def _until_resumed(facts: Facts, day: date) -> Next:
    end = next(span.end for span in facts.suspensions if span.holds(day))
    if end == date.max:
        return Next("Votre convention est suspendue : dites-nous quand vous reprenez.")
    return Next(f"Votre convention est suspendue jusqu’au {said(end)}.", end)


# --- The road ------------------------------------------------------------------------


@dataclass(frozen=True)
class Milestone:
    """One stage of the road: done, now or still to come."""

    title: str
    state: str
    on: date | None = None
    # Whether the day is only expected, and may move.
    is_expected: bool = field(default=False)


def milestones(facts: Facts, day: date) -> list[Milestone]:
    """From the signature to the last day of service, in order."""
    found, is_now_taken = [], False
    for title, on, is_known in _stages(facts):
        is_done = is_known and on is not None and on <= day
        state = "done" if is_done else "todo"
        if not is_done and not is_now_taken:
            state, is_now_taken = "now", True
        found.append(Milestone(title, state, on, not is_known))
    return found


def _stages(facts: Facts) -> Iterator[tuple[str, date | None, bool]]:
    """Title, day, and whether the day is a fact or an expectation."""
    yield "Signature", facts.signed_on, facts.signed_on is not None
    yield "Exécutoire", facts.executory_since, facts.executory_since is not None
    diploma = facts.diploma_on or facts.diploma_due_on
    yield "Diplôme", diploma, facts.diploma_on is not None
    settled_on = facts.settled_on
    yield "Installation", settled_on or facts.settle_by, settled_on is not None
    months = facts.commitment.months
    start = settled_on or facts.settle_by
    yield from _years(facts, start, months, is_known=settled_on is not None)
    done_on = facts.fulfilled_on
    yield (
        "Engagement tenu",
        done_on or start + relativedelta(months=months),
        done_on is not None,
    )


def _years(
    facts: Facts, start: date, months: int, *, is_known: bool
) -> Iterator[tuple[str, date, bool]]:
    """Each whole year of service but the last, which ends the agreement."""
    for year in range(1, -(-months // 12)):
        owed = (start + relativedelta(years=year) - start).days
        on = _reached(facts, owed) if is_known else None
        known = on is not None
        yield _title(year), on or start + relativedelta(years=year), known


def _title(year: int) -> str:
    return f"{year} an{'s' if year > 1 else ''} d’exercice"


def _reached(facts: Facts, owed: int) -> date | None:
    """The day on which so many days of service are done, if things go on."""
    stretches = service.stretches(
        facts.practices, facts.commitment.days_a_week, facts.pauses
    )
    return service.reached_on(facts.commitment, stretches, owed)


def declarations_due(facts: Facts, day: date) -> Sequence[date]:
    """The anniversaries of the first day of practice, up to a day or the end."""
    start = facts.settled_on
    if start is None:
        return []
    last = min(facts.fulfilled_on or date.max, facts.ended_on or date.max)
    found, year = [], 1
    while (on := start + relativedelta(years=year)) <= day and on <= last:
        found.append(on)
        year += 1
    return found
