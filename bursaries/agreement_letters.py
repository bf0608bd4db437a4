"""The e-mails about an agreement."""

from django.conf import settings
from django.urls import reverse

from bursaries.models import Agreement, Declaration, Deed, PaymentLine, Proof
from casework.audience import desk_addresses
from casework.outbox import post
from casework.typography import euros


def to_sign(deed: Deed) -> None:
    """The person reads it and signs it from their space."""
    to_person(deed.agreement, "to-sign", deed.circuit_id, {"acte": deed.title})


def signed(deed: Deed, entry) -> None:
    to_person(deed.agreement, "signed", entry.pk, {"acte": deed.title})
    about = {
        "acte": deed.title,
        "lien": f"{settings.SITE_URL}{deed.get_absolute_url()}",
    }
    _to_desk(deed.agreement, "signed-desk", entry.pk, about)


def proof_rejected(agreement: Agreement, proof: Proof, entry) -> None:
    why = {"document": str(proof), "motif": proof.note}
    to_person(agreement, "proof-rejected", entry.pk, why)


def paid(row: PaymentLine, entry) -> None:
    said = {"montant": euros(row.amount), "le": row.paid_on}
    to_person(row.agreement, "paid", entry.pk, said)


def fulfilled(agreement: Agreement, entry) -> None:
    to_person(agreement, "fulfilled", entry.pk, {})


def practice_changed(agreement: Agreement, declaration: Declaration, entry) -> None:
    page = reverse("admin:bursaries_agreement_change", args=[agreement.pk])
    told = {"changement": declaration.text, "lien": f"{settings.SITE_URL}{page}"}
    _to_desk(agreement, "practice-changed", entry.pk, told)


def _to_desk(agreement: Agreement, name: str, once: int, context: dict) -> None:
    template = f"bursaries.agreement-{name}"
    for address in desk_addresses():
        post(
            f"{template}:{once}:{address}"[:200],
            to=address,
            template=template,
            context={
                "reference": agreement.reference,
                "nom": agreement.name,
                **context,
            },
            about=agreement,
        )


def to_person(agreement: Agreement, name: str, once: int, context: dict) -> None:
    """Owe one message to the person, once for the row `once`."""
    address = agreement.person.email or agreement.email
    if not address:
        return
    template = f"bursaries.agreement-{name}"
    post(
        f"{template}:{once}",
        to=address,
        template=template,
        context={**to_person_context(agreement), **context},
        about=agreement,
    )


def to_person_context(agreement: Agreement) -> dict:
    link = reverse("bursaries:agreement-detail", args=[agreement.reference])
    return {
        "personne": agreement.name,
        "reference": agreement.reference,
        "lien": f"{settings.SITE_URL}{link}",
    }
