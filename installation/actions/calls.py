"""A call, a visit, a meeting: what the desk writes down while it lasts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import Person, User
from casework.journal import record
from casework.locking import locked
from installation.actions import needs
from installation.actions.filing import register
from installation.models import Exchange, InstallationRequest
from territory.models import Topic

# How the note of each channel begins, in the thread of the dossier.
HEADINGS = {
    Person.Origin.PHONE: "Appel",
    Person.Origin.EMAIL: "Courriel reçu",
    Person.Origin.STAND: "Rencontre lors d’un événement",
    Person.Origin.VISIT: "Visite au guichet",
}


@transaction.atomic
def take(
    person: Person,
    *,
    by: User,
    kind: str,
    channel: str = Person.Origin.PHONE,
    answers: Mapping | None = None,
    topics: Iterable[Topic] = (),
    note: str = "",
    take_charge: bool = True,
    next_action: str,
    next_action_on: dt.date,
    submission: UUID | None = None,
) -> InstallationRequest:
    """Open a dossier; what the desk notes stays at the desk."""
    known = InstallationRequest.objects.filter(submission=submission)
    if submission and (request := known.first()):
        return request
    request = register(
        person,
        by=by,
        kind=kind,
        channel=channel,
        answers={**(answers or {}), "submission": submission},
        take_charge=take_charge,
        next_action=next_action,
        next_action_on=next_action_on,
    )
    _add_topics(request, topics, by=by)
    if note.strip():
        _note(request, channel, note, by=by)
    return request


@transaction.atomic
def join(
    request: InstallationRequest,
    *,
    by: User,
    channel: str = Person.Origin.PHONE,
    topics: Iterable[Topic] = (),
    note: str = "",
    take_charge: bool = True,
    next_action: str,
    next_action_on: dt.date,
    submission: UUID | None = None,
) -> InstallationRequest:
    """Somebody we follow calls again: their dossier goes on, a pause ends."""
    request = locked(request)
    if submission and Exchange.objects.filter(submission=submission).exists():
        return request
    request.note_exchange(
        request.turn, expected=request.expected, expected_by=request.expected_by
    )
    if take_charge and request.allows("take_charge"):
        request.take_charge(by)
        record("installation.request.taken_charge", subject=request, actor=by)
    if request.state == request.State.PAUSED:
        request.resume(next_action, next_action_on)
    else:
        request.plan(next_action, next_action_on)
    _add_topics(request, topics, by=by)
    _note(request, channel, note, by=by, submission=submission)
    record("installation.request.called", subject=request, actor=by)
    return request


def _note(request, channel, note, *, by, submission=None) -> None:
    heading, note = HEADINGS[channel], note.strip()
    request.exchanges.create(
        body=f"{heading} : {note}" if note else f"{heading}.",
        author=by,
        audience=Exchange.Audience.INTERNAL,
        submission=submission,
    )


def _add_topics(request, topics, *, by) -> None:
    """What is ticked is asked for."""
    topics = list(topics)
    request.topics.add(*topics)
    needs.open_from_topics(request, topics, by=by)
