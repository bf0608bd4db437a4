"""The e-mails about an agreement."""

from django.conf import settings
from django.urls import reverse

from bursaries.models import Agreement, Deed
from casework.audience import desk_addresses
from casework.outbox import post


def to_sign(deed: Deed) -> None:
    """The person reads it and signs it from their space."""
    _to_person(deed, "to-sign", deed.circuit_id, {"acte": deed.title})


def signed(deed: Deed, entry) -> None:
    _to_person(deed, "signed", entry.pk, {"acte": deed.title})
    for address in desk_addresses():
        post(
            f"bursaries.agreement-signed-desk:{entry.pk}:{address}"[:200],
            to=address,
            template="bursaries.agreement-signed-desk",
            context={
                "acte": deed.title,
                "reference": deed.agreement.reference,
                "nom": deed.agreement.name,
                "lien": f"{settings.SITE_URL}{deed.get_absolute_url()}",
            },
            about=deed.agreement,
        )


def _to_person(deed: Deed, name: str, once: int, context: dict) -> None:
    agreement: Agreement = deed.agreement
    address = agreement.person.email or agreement.email
    if not address:
        return
    template = f"bursaries.agreement-{name}"
    link = reverse("bursaries:agreement-detail", args=[agreement.reference])
    post(
        f"{template}:{once}",
        to=address,
        template=template,
        context={
            "personne": agreement.name,
            "reference": agreement.reference,
            "lien": f"{settings.SITE_URL}{link}",
            **context,
        },
        about=agreement,
    )
