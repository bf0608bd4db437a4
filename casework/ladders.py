"""Reminders: steps that staff set, climbed once for each fact."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts import discovery
from casework import workdays
from casework.models import LadderStep, ReminderSent
from casework.outbox import post


@dataclass(frozen=True)
class Due:
    """A fact that lasts: what it is about, since when, whom it may concern.

    `recipients` gives the addresses of each audience (LadderStep.Audience), and
    `context` the values of the message: a function when they are made for each
    address only once the message is owed, as a link is.
    """

    subject: models.Model
    since: date
    recipients: Mapping[str, Iterable[str]]
    context: Mapping | Callable[[str], Mapping] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A reminder as the portal proposes it, before staff change it."""

    offset_days: int
    audience: str
    template: str


@dataclass(frozen=True)
class Ladder:
    """What an app watches. `due(day)` names the facts that hold that day: what
    pauses or closes is no longer named, so its reminders stop."""

    key: str
    title: str
    due: Callable[[date], Iterable[Due]]
    steps: tuple[Step, ...] = ()


@cache
def ladders() -> dict[str, Ladder]:
    found: dict[str, Ladder] = {}
    for label, module in discovery.modules("reminders"):
        for ladder in getattr(module, "LADDERS", ()):
            if ladder.key in found:
                raise LookupError(f"{label}.reminders: {ladder.key} is taken.")
            found[ladder.key] = ladder
    return found


def run(day: date) -> int:
    """Send the reminders of the day; how many steps were climbed."""
    climbed = 0
    steps = LadderStep.objects.filter(is_active=True).order_by("offset_days", "pk")
    for ladder in ladders().values():
        own = [step for step in steps if step.ladder == ladder.key]
        if own:
            climbed += sum(_climb(due, own, day) for due in ladder.due(day))
    return climbed


def _climb(due: Due, steps: list[LadderStep], day: date) -> int:
    passed = workdays.between(due.since, day)
    reached: dict[str, list[LadderStep]] = {}
    for step in steps:
        if step.offset_days <= passed and list(due.recipients.get(step.audience, ())):
            reached.setdefault(step.audience, []).append(step)
    if not reached:
        return 0
    with transaction.atomic():
        if not _lock(due.subject):
            return 0
        return sum(_remind(due, own) for own in reached.values())


def _lock(subject: models.Model) -> bool:
    """Somebody deciding on it right now: its reminders wait for the next run."""
    rows = type(subject)._base_manager.select_for_update(
        of=["self"], skip_locked=True, no_key=True
    )
    return rows.filter(pk=subject.pk).first() is not None


def _remind(due: Due, steps: list[LadderStep]) -> int:
    """After a gap several steps are reached at once: the last one speaks for all."""
    kind = ContentType.objects.get_for_model(due.subject)
    *skipped, last = steps
    for step in skipped:
        _mark(step, kind, due, was_skipped=True)
    if not _mark(last, kind, due, was_skipped=False):
        return 0
    for address in dict.fromkeys(due.recipients[last.audience]):
        post(
            f"casework.reminder:{last.pk}:{kind.pk}:{due.subject.pk}:{due.since}:"
            f"{address}"[:200],
            to=address,
            template=last.template_key,
            context=due.context(address) if callable(due.context) else due.context,
            about=due.subject,
        )
    return 1


def _mark(step, kind: ContentType, due: Due, *, was_skipped: bool) -> bool:
    _row, created = ReminderSent.objects.get_or_create(
        step=step,
        content_type=kind,
        object_id=due.subject.pk,
        since=due.since,
        defaults={"was_skipped": was_skipped},
    )
    return created
