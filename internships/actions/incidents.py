"""Incidents: told by who lives there, answered and closed by who owns it."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Person, User
from casework.journal import record
from casework.locking import locked
from documents import intake
from internships import incident_letters, owners
from internships.models import Incident, IncidentMessage, IncidentPhoto, Occupation

PHOTO_KIND = "incident-photo"
# Whoever has just left may still say what they found broken.
DAYS_AFTER_LEAVING = 14

Side = IncidentMessage.Side


def homes(person: Person, day: dt.date):
    """The beds about which this person may report something, that day."""
    recent = day - dt.timedelta(days=DAYS_AFTER_LEAVING)
    stays = Occupation.objects.stays().filter(
        request__person=person,
        period__startswith__lte=day,
        period__endswith__gte=recent,
    )
    return stays.select_related("room__dwelling__commune").order_by("-period")


@transaction.atomic
def report(
    occupation: Occupation,
    *,
    by: User,
    title: str,
    description: str,
    urgency: str,
    in_room: bool,
    photos: Sequence = (),
) -> Incident:
    """Write it down with its photos, and tell the owner at once."""
    room = occupation.room
    incident = Incident.objects.create(
        dwelling=room.dwelling,
        room=room if in_room else None,
        reporter=by.person,
        title=title.strip(),
        description=description.strip(),
        urgency=urgency,
    )
    for photo in photos:
        document = intake.receive(photo, by=by, kind=PHOTO_KIND)
        IncidentPhoto.objects.create(incident=incident, document=document)
    record("internships.incident.reported", subject=incident, actor=by)
    incident_letters.reported(incident)
    return incident


@transaction.atomic
def answer(incident: Incident, body: str, *, side: str, by: User) -> IncidentMessage:
    """A word to the other side; a closed incident takes none."""
    incident = locked(incident)
    if not incident.is_open:
        raise ValidationError("Cet incident est clos.")
    message = _write(incident, body, side, by)
    record("internships.incident.answered", subject=incident, actor=by)
    incident_letters.answered(message)
    return message


@transaction.atomic
def assign(incident: Incident, person: Person, *, day: dt.date, by: User) -> Incident:
    """Somebody of the owner's takes it in hand."""
    incident = locked(incident)
    if not owners.acts_for(person, incident.dwelling.owner_id, day):
        raise ValidationError("Choisissez un membre de l'organisme propriétaire.")
    incident.assign(person)
    data = {"person": person.pk}
    record("internships.incident.assigned", subject=incident, actor=by, data=data)
    return incident


@transaction.atomic
def close(incident: Incident, body: str, *, side: str, by: User) -> Incident:
    """Done, with a word that the occupant reads."""
    incident = locked(incident)
    incident.close()
    message = _write(incident, body, side, by)
    record("internships.incident.closed", subject=incident, actor=by)
    incident_letters.closed(message)
    return incident


@transaction.atomic
def reopen(incident: Incident, body: str, *, day: dt.date, by: User) -> Incident:
    """It is not repaired after all."""
    incident = locked(incident)
    incident.reopen(day)
    message = _write(incident, body, Side.OCCUPANT, by)
    record("internships.incident.reopened", subject=incident, actor=by)
    incident_letters.reopened(message)
    return incident


def _write(incident: Incident, body: str, side: str, by: User) -> IncidentMessage:
    if not body.strip():
        raise ValidationError("Écrivez un mot : la personne le lira.")
    return IncidentMessage.objects.create(
        incident=incident, side=side, author=by, body=body.strip()
    )
