"""Welcome days: prepared by the desk, sent to calendars, confirmed by the person.

Whoever is met learns the person's name once the person has confirmed, and not
before (R-50): the page where they confirm says so.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import workdays
from casework.actions import add_task
from casework.journal import record
from casework.locking import locked
from installation import visit_letters
from installation.models import InstallationRequest, Visit, VisitState, VisitStop

# Working days after the visit: time to think, not to forget.
CALL_BACK_AFTER = 3


@transaction.atomic
def prepare(
    request: InstallationRequest,
    *,
    day: dt.date,
    by: User,
    family_invited: bool = False,
    notes: str = "",
) -> Visit:
    request = locked(request)
    request.require("exchange")
    visit = Visit.objects.create(
        request=request,
        day=day,
        family_invited=family_invited,
        notes=notes,
        created_by=by,
    )
    _record("prepared", visit, by)
    return visit


@transaction.atomic
def change(
    visit: Visit, *, day: dt.date, family_invited: bool, notes: str, by: User
) -> Visit:
    visit = locked(visit)
    visit.change(day=day, family_invited=family_invited, notes=notes)
    _record("changed", visit, by)
    return visit


@transaction.atomic
def add_stop(visit: Visit, said: Mapping, *, by: User) -> VisitStop:
    visit = locked(visit)
    visit.touch()
    stop = VisitStop(visit=visit, **said)
    stop.full_clean(exclude=["visit"])
    stop.save()
    _record("changed", visit, by)
    return stop


@transaction.atomic
def change_stop(stop: VisitStop, said: Mapping, *, by: User) -> VisitStop:
    visit = locked(stop.visit)
    visit.touch()
    for name, value in said.items():
        setattr(stop, name, value)
    stop.full_clean(exclude=["visit"])
    stop.save(update_fields=list(said))
    _record("changed", visit, by)
    return stop


@transaction.atomic
def remove_stop(stop: VisitStop, *, by: User) -> None:
    """Off the programme, and off the calendar of whoever was to be met."""
    visit = locked(stop.visit)
    visit.touch()
    if stop.sent_to:
        visit_letters.stop_cancelled(visit, stop, timezone.now())
    stop.delete()
    _record("changed", visit, by)


@transaction.atomic
def send(visit: Visit, *, by: User) -> Visit:
    """The invitation, or its new version, to each calendar."""
    visit = locked(visit)
    visit.request.require("exchange")
    visit.send()
    _record("sent", visit, by)
    visit_letters.invitation(visit)
    _tell_hosts(visit)
    return visit


@transaction.atomic
def confirm(visit: Visit, *, by: User | None) -> Visit:
    """The person comes: whoever is met may know who, and when."""
    visit = locked(visit)
    visit.confirm()
    entry = _record("confirmed", visit, by)
    _tell_hosts(visit)
    if by is None or not by.is_staff:
        visit_letters.confirmed(visit, entry)
    return visit


@transaction.atomic
def ask_other(visit: Visit, wanted: str, *, by: User | None) -> Visit:
    """The person cannot come that day; the desk proposes another."""
    visit = locked(visit)
    visit.ask_other(wanted)
    entry = _record("other_asked", visit, by)
    visit_letters.other_day_asked(visit, entry)
    return visit


@transaction.atomic
def finish(visit: Visit, *, by: User) -> Visit:
    """It took place: thanks to all, and a call a few days later."""
    visit = locked(visit)
    today = timezone.localdate()
    visit.finish(today=today)
    entry = _record("done", visit, by)
    visit_letters.thanks(visit, entry)
    request = visit.request
    add_task(
        f"Appeler {request.full_name} après la visite du {visit.day:%d/%m/%Y}",
        due_on=workdays.add(today, CALL_BACK_AFTER),
        owner=request.case_worker or by,
        subject=request,
        by=by,
        key=f"installation.visit:{visit.pk}",
    )
    return visit


@transaction.atomic
def cancel(visit: Visit, why: str, *, by: User) -> Visit:
    visit = locked(visit)
    was_sent = visit.sent_at is not None
    visit.cancel(why)
    _record("cancelled", visit, by)
    if was_sent:
        now = timezone.now()
        visit_letters.cancelled(visit)
        for stop in visit.stops.exclude(sent_to=""):
            visit_letters.stop_cancelled(visit, stop, now)
    return visit


def _tell_hosts(visit: Visit) -> None:
    """Those who may know, and those who know already and must learn the change."""
    now = timezone.now()
    for stop in visit.stops.select_related("commune"):
        if stop.sent_to and stop.sent_to != stop.email:
            visit_letters.stop_cancelled(visit, stop, now)
        may_know = visit.state == VisitState.CONFIRMED or stop.sent_to
        told = stop.email if stop.email and may_know else ""
        if told:
            visit_letters.stop_invitation(visit, stop)
        if told != stop.sent_to:
            stop.sent_to = told
            stop.save(update_fields=["sent_to"])


def _record(what: str, visit: Visit, by: User | None):
    return record(
        f"installation.visit.{what}",
        subject=visit.request,
        actor=by,
        data={"visit": visit.pk},
    )
