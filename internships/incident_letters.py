"""The e-mails of incidents: the owner learns at once, the occupant what is done."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from casework.outbox import post
from internships import owners
from internships.models import Incident, IncidentMessage

Side = IncidentMessage.Side


def reported(incident: Incident) -> None:
    reporter = incident.reporter
    reached = ", ".join(filter(None, [str(reporter.phone or ""), reporter.email]))
    _to_owner(
        incident,
        "incident-reported",
        f"internships.incident-reported:{incident.pk}",
        {"texte": incident.description, "joindre": reached},
    )


def answered(message: IncidentMessage) -> None:
    """To whoever did not write it."""
    incident = message.incident
    key = f"internships.incident-answered:{message.pk}"
    more = {"texte": message.body}
    if message.side == Side.OCCUPANT:
        _to_owner(incident, "incident-answered", key, more)
    else:
        _to_occupant(incident, "incident-answered", key, more)


def closed(message: IncidentMessage) -> None:
    key = f"internships.incident-closed:{message.pk}"
    more = {"texte": message.body}
    _to_occupant(message.incident, "incident-closed", key, more)


def reopened(message: IncidentMessage) -> None:
    key = f"internships.incident-reopened:{message.pk}"
    _to_owner(message.incident, "incident-reopened", key, {"texte": message.body})


def _to_owner(incident: Incident, name: str, key: str, more: dict) -> None:
    """Whoever has it in hand; else everybody who acts for the owner."""
    day: dt.date = timezone.localdate()
    assigned = incident.assigned_to
    found = (
        [assigned.email]
        if assigned and assigned.email
        else owners.addresses(incident.dwelling.owner, day)
    )
    for address in found:
        _post(incident, address, name, f"{key}:{address}"[:200], more)


def _to_occupant(incident: Incident, name: str, key: str, more: dict) -> None:
    if incident.reporter.email:
        _post(incident, incident.reporter.email, name, key, more)


def _post(incident: Incident, to: str, name: str, key: str, more: dict) -> None:
    post(
        key,
        to=to,
        template=f"internships.{name}",
        context={
            "titre": incident.title,
            "ou": incident.where,
            "personne": incident.reporter.full_name,
            "urgence": incident.get_urgency_display(),
            "lien": settings.SITE_URL + incident.get_absolute_url(),
            **more,
        },
        about=incident,
    )
