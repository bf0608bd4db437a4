"""The e-mails of a dwelling that its owner proposes: to the desk, then back."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casework.audience import desk_addresses
from casework.outbox import post
from internships import owners
from internships.models import Dwelling


def submitted(dwelling: Dwelling) -> None:
    page = reverse("admin:internships_dwelling_change", args=[dwelling.pk])
    for address in desk_addresses():
        _post(dwelling, address, "dwelling-submitted", page)


def published(dwelling: Dwelling) -> None:
    page = reverse("internships:my-dwelling", args=[dwelling.pk])
    for address in owners.addresses(dwelling.owner, timezone.localdate()):
        _post(dwelling, address, "dwelling-published", page)


def _post(dwelling: Dwelling, address: str, name: str, page: str) -> None:
    post(
        f"internships.{name}:{dwelling.pk}:{address}"[:200],
        to=address,
        template=f"internships.{name}",
        context={
            "logement": dwelling.name,
            "commune": dwelling.commune.name,
            "organisme": dwelling.owner.name,
            "lien": f"{settings.SITE_URL}{page}",
        },
        about=dwelling,
    )
