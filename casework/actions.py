"""What people do with tasks, absences and messages."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accounts.models import User
from casework import outbox
from casework.journal import record
from casework.locking import locked
from casework.models import Absence, Message, Task


@transaction.atomic
def add_task(
    title: str,
    *,
    due_on: date,
    owner: User | None = None,
    subject: models.Model | None = None,
    kind: str = Task.Kind.TODO,
    by: User | None = None,
    key: str | None = None,
) -> Task:
    """Note what somebody has to do; the same key never notes it twice."""
    if key and (known := Task.objects.filter(key=key).first()):
        return known
    task = Task(
        key=key,
        title=title,
        due_on=due_on,
        owner=owner,
        subject=subject,
        kind=kind,
        created_by=by,
    )
    task.full_clean(exclude=["content_type", "object_id", "key"])
    try:
        with transaction.atomic():
            task.save()
    except IntegrityError:
        # Two clicks at once: the second one finds what the first has noted.
        return Task.objects.get(key=key)
    record("casework.task.added", subject=subject or task, actor=by, data=_about(task))
    return task


@transaction.atomic
def finish_task(task: Task, *, by: User) -> Task:
    task = locked(task)
    task.finish(by)
    subject = task.subject or task
    record("casework.task.finished", subject=subject, actor=by, data=_about(task))
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: User) -> Task:
    """It was not done after all."""
    task = locked(task)
    task.reopen()
    subject = task.subject or task
    record("casework.task.reopened", subject=subject, actor=by, data=_about(task))
    return task


def _about(task: Task) -> dict:
    return {"task": task.pk, "due_on": task.due_on.isoformat()}


@transaction.atomic
def announce_absence(
    user: User, *, first_day: date, last_day: date, stand_in: User, by: User
) -> Absence:
    """Note the days somebody is away, the last one included; tell the stand-in."""
    absence = _settle(Absence(user=user), stand_in, first_day, last_day)
    entry = _record_absence("announced", absence, by)
    if stand_in != by:
        _tell_stand_in(absence, entry)
    return absence


@transaction.atomic
def change_absence(
    absence: Absence, *, first_day: date, last_day: date, stand_in: User, by: User
) -> Absence:
    """Other days, or another stand-in, who is told."""
    absence = locked(absence)
    former = absence.stand_in_id
    absence = _settle(absence, stand_in, first_day, last_day)
    entry = _record_absence("changed", absence, by)
    if stand_in.pk != former and stand_in != by:
        _tell_stand_in(absence, entry)
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, by: User) -> None:
    """Nobody is away after all: what is due stays where it is."""
    _record_absence("cancelled", absence, by)
    absence.delete()


def _settle(absence: Absence, stand_in: User, first_day: date, last_day: date):
    """Check it among all others; two announced at once wait for each other."""
    if last_day < first_day:
        raise ValidationError("Le dernier jour vient avant le premier.")
    desk = User.objects.desk().values("pk")
    list(
        User.objects.filter(pk__in=desk)
        .order_by("pk")
        .select_for_update(of=["self"], no_key=True)
    )
    absence.stand_in = stand_in
    absence.period = DateRange(first_day, last_day + timedelta(days=1))
    absence.full_clean()
    absence.save()
    return absence


def _record_absence(verb: str, absence: Absence, by: User):
    return record(
        f"casework.absence.{verb}",
        subject=absence,
        actor=by,
        data={
            "user": absence.user_id,
            "stand_in": absence.stand_in_id,
            "from": absence.period.lower.isoformat(),
            "to": absence.last_day.isoformat(),
        },
    )


def _tell_stand_in(absence: Absence, entry) -> None:
    outbox.post(
        f"casework.absence:{entry.pk}",
        to=absence.stand_in.email,
        template="casework.stand-in",
        context={
            "absent": absence.user.get_full_name(),
            "du": absence.period.lower,
            "au": absence.last_day,
            "lien": settings.SITE_URL + reverse("gestion:handover", args=[absence.pk]),
        },
        about=absence,
    )


def stand_in_for(user: User, day: date) -> User:
    """Who answers for them that day; when everyone is away, they do themselves."""
    absences = Absence.objects.on(day).select_related("stand_in")
    away = {absence.user_id: absence.stand_in for absence in absences}
    seen, found = {user.pk}, user
    while stand_in := away.get(found.pk):
        if stand_in.pk in seen or not stand_in.is_active:
            return user
        seen.add(stand_in.pk)
        found = stand_in
    return found


def covered_by(user: User, day: date) -> list[User]:
    """Those who are away that day and for whom this user answers."""
    absences = Absence.objects.on(day).exclude(user=user).select_related("user")
    absent = [absence.user for absence in absences]
    return [other for other in absent if stand_in_for(other, day) == user]


@transaction.atomic
def readdress(message: Message, recipient: str, *, by: User) -> Message:
    """The address was wrong: the next attempt goes to the right one."""
    message = locked(message)
    message.readdress(recipient)
    record("casework.message.readdressed", subject=message, actor=by)
    return message


@transaction.atomic
def resend(message: Message, *, by: User) -> Message:
    message = outbox.resend(message)
    record("casework.message.resent", subject=message, actor=by)
    return message


@transaction.atomic
def cancel(message: Message, *, by: User) -> Message:
    message = outbox.cancel(message)
    record("casework.message.cancelled", subject=message, actor=by)
    return message
