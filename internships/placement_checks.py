"""What the constraints cannot say of interests and placements."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from internships.models import Interest, Placement, PlacementOffer


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    confirmed = Count("interests", filter=Q(interests__state="confirmed"))
    crowded = PlacementOffer.objects.annotate(taken=confirmed)
    for offer in crowded.filter(taken__gt=F("seats")).order_by("pk"):
        yield f"Offre de stage « {offer} » : plus de stages confirmés que de places."
    for interest in Interest.objects.confirmed().filter(placement=None).order_by("pk"):
        yield f"Intérêt {interest.pk} : confirmé, sans stage."
    lost = Interest.objects.confirmed().exclude(placement__cancelled_at=None)
    for interest in lost.exclude(placement=None).order_by("pk"):
        yield f"Intérêt {interest.pk} : confirmé, mais son stage est annulé."
    kept = Placement.objects.kept().exclude(interest=None)
    for placement in kept.exclude(interest__state="confirmed").order_by("pk"):
        yield f"Stage {placement.pk} : son intérêt n'est pas confirmé."
