"""The electronic receipt every submission gets at once (R-02, R-04)."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from casework import remedies
from casework.clock import implicit_refusal_on
from casework.models import Receipt
from casework.writing import said
from territory.models import Desk


def issue(
    subject: models.Model,
    *,
    to_person,
    title: str,
    financial: bool,
    received_at: datetime,
) -> Receipt:
    """Give a submission its receipt; asked again, the same one is given back."""
    desk = Desk.objects.current()
    received_on = timezone.localdate(received_at)
    refusal_on = implicit_refusal_on(received_on) if financial else None
    given = {
        "person": to_person,
        "reference": subject.reference,
        "title": title,
        "received_at": received_at,
        "is_financial": financial,
        "implicit_refusal_on": refusal_on,
        "service": f"{desk.service_name}, Département {desk.departement.with_de}",
        "address": desk.address,
        "phone": desk.phone,
        "email": desk.email,
        "text": wording(desk, title, subject.reference, received_on, refusal_on),
    }
    existing = Receipt.objects.about(subject).first()
    return existing or Receipt.objects.create(subject=subject, **given)


def wording(
    desk: Desk, title: str, reference: str, received_on: date, refusal_on: date | None
) -> str:
    """What R. 112-11-1 asks for: the date, the service, the remedies."""
    contact = ", ".join(
        " ".join(part.split())
        for part in (
            f"{desk.service_name}, Département {desk.departement.with_de}",
            desk.address,
            desk.phone,
            desk.email,
        )
        if part
    )
    sentences = [
        f"Votre demande « {title} » a été reçue le {said(received_on)} "
        f"sous le n° {reference}.",
        f"Service chargé du dossier : {contact}.",
    ]
    if refusal_on:
        sentences += [
            f"En l'absence de réponse avant le {said(refusal_on)}, et sous réserve "
            "que votre dossier soit complet, votre demande sera réputée rejetée.",
            "Vous pourrez alors, dans les deux mois, former un recours gracieux auprès "
            f"du président du conseil départemental ou saisir le {remedies.court()}.",
        ]
    return "\n".join(sentences)
