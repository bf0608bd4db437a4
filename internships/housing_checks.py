"""What the constraints cannot say of requests for a bed, and of the beds."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from internships.models import HousingBenefit, HousingRequest, Occupation

State, Kind = HousingRequest.State, Occupation.Kind
# What stands on a bed for a request in this state.
STANDS = {State.HELD: Kind.HOLD, State.HOUSED: Kind.STAY}


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    beds = Occupation.objects.standing().filter(request=OuterRef("pk"))
    requests = HousingRequest.objects.order_by("pk")
    for state, kind in STANDS.items():
        lost = requests.filter(state=state).exclude(Exists(beds.filter(kind=kind)))
        for request in lost:
            yield (
                f"Demande de chambre {request.pk} : {request.get_state_display()}, "
                "mais aucune chambre n'est retenue."
            )
    given_up = requests.filter(
        state__in=[State.WAITING, State.REFUSED, State.WITHDRAWN]
    )
    for request in given_up.filter(Exists(beds)):
        yield (
            f"Demande de chambre {request.pk} : {request.get_state_display()}, mais "
            "une chambre reste retenue."
        )
    yield from _beds()


def _beds() -> Iterator[str]:
    stays = Occupation.objects.stays()
    for bed in stays.filter(stay=None).order_by("pk"):
        yield f"Occupation {bed.pk} : un séjour sans conditions ni assurance."
    lent = HousingBenefit.objects.filter(
        occupation=OuterRef("pk"), period=OuterRef("period")
    )
    for bed in stays.exclude(Exists(lent)).order_by("pk"):
        yield f"Occupation {bed.pk} : un lit prêté qui n'est pas noté (R-30)."
    benefits = HousingBenefit.objects.exclude(occupation=None)
    for benefit in benefits.exclude(occupation__released_at=None).order_by("pk"):
        yield f"Avantage {benefit.pk} : noté pour un lit qui a été rendu."
    others = benefits.exclude(person=F("occupation__request__person"))
    for benefit in others.order_by("pk"):
        yield f"Avantage {benefit.pk} : noté pour une autre personne."
