"""Reminders: steps that staff set, climbed once for each fact."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from casework import workdays
from casework.declared import Due, Ladder, Step, ladders
from casework.models import LadderStep, ReminderSent
from casework.outbox import post

__all__ = ["Due", "Ladder", "Step", "ladders", "run"]


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
