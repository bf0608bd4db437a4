"""What is due at the desk: the shape of a line, and casework's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone
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
    # Who is away, and what is theirs meanwhile.
    COVERED = "covered"


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
    covered = covered_by(user, day)
    yield from _tasks(user, covered, day)
    yield from _failures(day)
    yield from _absences(covered, day)


def standing(owner, covered: list) -> dict:
    """How a line says that it is somebody else's, who is away."""
    if owner is None or owner not in covered:
        return {}
    return {"section": Section.COVERED, "instead_of": owner.get_full_name()}


def _tasks(user, covered: list, day: date) -> Iterator[Line]:
    tasks = (
        Task.objects.open()
        .owned_by(user, *covered)
        .due_by(day + timedelta(days=7))
        .select_related("owner__person")
        .prefetch_related("subject")
    )
    for task in tasks[:SHOWN]:
        subject = task.subject
        yield Line(
            due_on=task.due_on,
            title=task.title,
            url=reverse("admin:casework_task_change", args=[task.pk]),
            detail=_named(subject) if subject else "",
            who=task.owner.get_full_name() if task.owner else "",
            state="run" if task.kind == Task.Kind.PROMISE else "you",
            counter="tasks",
            **standing(task.owner, covered),
        )


def _named(subject) -> str:
    """The dossier by its number, and by whose it is when it says so."""
    name = getattr(subject, "full_name", "")
    return f"{name}, {subject}" if name and name != str(subject) else str(subject)


def _failures(day: date) -> Iterator[Line]:
    for message in Message.objects.failed().order_by("-pk")[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(message.created_at),
            title=message.subject,
            url=reverse("admin:casework_message_change", args=[message.pk]),
            detail=f"à {message.recipient} : "
            + (message.last_error.rstrip(".") or "refusé"),
            state="blocked",
            counter="failures",
            section=Section.FAILED,
        )


def _absences(covered: list, day: date) -> Iterator[Line]:
    absences = Absence.objects.on(day).select_related(
        "user__person", "stand_in__person"
    )
    for absence in absences:
        back_on = date_format(absence.period.upper, "l j F")
        stand_in = absence.stand_in.get_full_name()
        is_mine = absence.user in covered
        yield Line(
            due_on=absence.period.upper,
            title=f"Absence : {absence.user.get_full_name()}",
            url=reverse("gestion:handover", args=[absence.pk])
            if is_mine
            else reverse("admin:casework_absence_change", args=[absence.pk]),
            detail=f"Retour le {back_on}. "
            + ("Ouvrir le livret de relève" if is_mine else f"Relève : {stand_in}"),
            who=stand_in,
            state="wait",
            section=Section.COVERED,
        )
