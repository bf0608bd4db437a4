"""What the personal space lists for those who receive trainees."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework.space import Badge, SpaceLine
from internships.models import PlacementOffer, PlacementSite

SHOWN = 50
State = PlacementOffer.State


def lines(person: Person) -> Iterator[SpaceLine]:
    """One line for all the offers of a host, and a task for each to correct."""
    day = timezone.localdate()
    url = reverse("internships:my-offers")
    current = PlacementOffer.objects.of(person, day).filter(
        semester__period__endswith__gt=day
    )
    offers = list(current.select_related("semester")[:SHOWN])
    for offer in offers:
        if offer.state == State.REFUSED:
            yield SpaceLine(
                title=offer.title,
                url=url,
                detail=f"Offre de stage, {offer.semester}",
                badge=Badge("À corriger", "you"),
                task="Corriger votre offre de stage",
                task_detail=offer.refusal,
                task_action="Corriger",
                is_listed=False,
            )
    if offers or PlacementSite.objects.hosted_by(person, day).exists():
        online = sum(offer.is_published for offer in offers)
        yield SpaceLine(
            title="Mes offres de stage",
            url=url,
            detail="Écrire, renouveler, corriger la présentation du terrain",
            badge=Badge(
                f"{online} en ligne" if online else "Aucune en ligne",
                "success" if online else "neutral",
                "eye",
            ),
        )
