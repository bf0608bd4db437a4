"""How long rents and incidents are kept, and what a tenant takes away of them."""

from collections.abc import Iterator
from datetime import date
from typing import IO

from django.db import models, transaction

from accounts.models import Person
from accounts.retention import Rule, years_before
from casework import forgetting
from casework.journal import record
from documents import serving
from documents.actions import discard
from internships.models import Incident, RentCall


def old_calls(day: date) -> models.QuerySet:
    """Five years after the month: what is owed can be claimed until then."""
    return RentCall.objects.filter(period__endswith__lte=years_before(day, 5))


def old_incidents(day: date) -> models.QuerySet:
    """Two years after they were closed."""
    return Incident.objects.filter(closed_at__date__lte=years_before(day, 2))


@transaction.atomic
def delete_call(call: RentCall) -> None:
    receipt = call.receipt
    forgetting.forget(call)
    call.payments.all().delete()
    call.delete()
    if receipt is not None:
        discard(receipt)


@transaction.atomic
def delete_incident(incident: Incident) -> None:
    record("internships.incident.forgotten", subject=incident)
    forgetting.forget(incident)
    photos = list(incident.photos.select_related("document"))
    incident.photos.all().delete()
    incident.messages.all().delete()
    incident.delete()
    for photo in photos:
        discard(photo.document)


def forget_person(person: Person) -> None:
    """They have left: what was repaired stays counted, their words and pictures go."""
    incidents = Incident.objects.of(person)
    for incident in incidents:
        forgetting.forget(incident)
        photos = list(incident.photos.select_related("document"))
        incident.photos.all().delete()
        for photo in photos:
            discard(photo.document)
        incident.messages.update(body="Texte effacé")
    incidents.update(title="Incident", description="Texte effacé")


RULES = [
    Rule(
        key="internships.rent-call",
        label="Loyers, cinq ans après le mois",
        queryset=old_calls,
        purge=delete_call,
        keep_aggregate=lambda call: f"{call.month:%Y-%m}",
    ),
    Rule(
        key="internships.incident",
        label="Incidents dans un logement, deux ans après leur clôture",
        queryset=old_incidents,
        purge=delete_incident,
        keep_aggregate=lambda incident: f"{incident.reported_at.year}",
    ),
]


def export(person: Person) -> list[dict]:
    calls = RentCall.objects.of(person).with_list_data()
    incidents = Incident.objects.of(person).with_list_data()
    return [
        *(
            {
                "loyer": call.month_name,
                "chambre": str(call.room),
                "à payer": call.amount,
                "reçu": call.paid_amount,
                "soldé le": call.settled_on,
                "paiements": [
                    {
                        "montant": payment.amount,
                        "le": payment.paid_on,
                        "par": payment.get_means_display(),
                        "annulé le": payment.cancelled_at,
                    }
                    for payment in call.payments.all()
                ],
            }
            for call in calls.prefetch_related("payments")
        ),
        *(
            {
                "incident": incident.title,
                "où": incident.where,
                "ce qui se passe": incident.description,
                "état": incident.get_state_display(),
                "signalé le": incident.reported_at,
                "clos le": incident.closed_at,
                "échanges": [
                    {
                        "de": one.get_side_display(),
                        "le": one.created_at,
                        "texte": one.body,
                    }
                    for one in incident.messages.all()
                ],
            }
            for incident in incidents.prefetch_related("messages")
        ),
    ]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    """The receipts of the rents they paid."""
    paid = RentCall.objects.of(person).exclude(receipt=None).select_related("receipt")
    for call in paid.order_by("month", "pk"):
        content = call.receipt.is_servable and serving.opened(call.receipt)
        if content:
            yield f"loyers/{call.receipt.name}", content
