"""What is due at the desk: the shape of a line, and casework's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.formats import date_format

from accounts import roles
from casework.actions import covered_by
from casework.models import Absence, Message, Task

SHOWN = 100


class Section(StrEnum):
    """Where a line stands on the page."""

    # By its date: overdue, or due this week.
    DUE = "due"
    # A partner has not answered for too long.
    WAITING = "waiting"
    # Nobody has written to this person for too long.
    SILENT = "silent"
    # Somebody visits, arrives or leaves.
    COMING = "coming"
    # A message that did not go.
    FAILED = "failed"


@dataclass(frozen=True)
class Line:
    """One thing due: `state` is you, new, run, wait, paused or blocked."""

    due_on: date
    title: str
    url: str
    detail: str = ""
    who: str = ""
    state: str = "you"
    # What the line is counted under, if it is.
    counter: str = ""
    section: str = Section.DUE
    # For whom the reader stands in, when the line is not theirs.
    instead_of: str = ""
    # Whom to call about it.
    phone: str = ""


def lines(user, day: date) -> Iterator[Line]:
    if not roles.is_desk(user):
        return
    yield from _tasks(user, day)
    yield from _failures(day)
    yield from _absences(day)


def _tasks(user, day: date) -> Iterator[Line]:
    covered = covered_by(user, day)
    tasks = (
        Task.objects.open()
        .owned_by(user, *covered)
        .due_by(day + timedelta(days=7))
        .select_related("owner__person")
        .prefetch_related("subject")
    )
    for task in tasks[:SHOWN]:
        yield Line(
            due_on=task.due_on,
            title=task.title,
            url=reverse("admin:casework_task_change", args=[task.pk]),
            detail=str(task.subject or ""),
            who=task.owner.get_full_name() if task.owner else "",
            counter="tasks",
        )


def _failures(day: date) -> Iterator[Line]:
    if count := Message.objects.failed().count():
        title = "Un courriel n'est pas parti"
        if count > 1:
            title = f"{count} courriels ne sont pas partis"
        yield Line(
            due_on=day,
            title=title,
            url=reverse("admin:casework_message_changelist") + "?state__exact=failed",
            detail="Corrigez l'adresse ou appelez, puis renvoyez.",
            state="blocked",
            counter="failures",
        )


def _absences(day: date) -> Iterator[Line]:
    absences = Absence.objects.on(day).select_related(
        "user__person", "stand_in__person"
    )
    for absence in absences:
        back_on = date_format(absence.period.upper, "l j F")
        yield Line(
            due_on=day,
            title=f"Absence : {absence.user.get_full_name()}",
            url=reverse("admin:casework_absence_change", args=[absence.pk]),
            detail=f"Retour le {back_on}.",
            who=absence.stand_in.get_full_name(),
            state="wait",
        )
