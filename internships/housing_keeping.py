"""How long requests for a bed and stays are kept, and what a tenant takes of them."""

from collections.abc import Iterator
from datetime import date
from typing import IO

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Person
from accounts.retention import Rule, years_before
from casework import forgetting
from casework.journal import record
from casework.models import Receipt
from documents import serving
from documents.actions import discard
from internships.models import (
    HousingBenefit,
    HousingRequest,
    Inventory,
    Occupation,
    RentCall,
    Stay,
)

State = HousingRequest.State
_STAY = Stay.objects.filter(occupation__request=OuterRef("pk"))
_RENTS = RentCall.objects.filter(stay__occupation__request=OuterRef("pk"))
_INVENTORIES = Inventory.objects.filter(
    stay__occupation__request=OuterRef("pk"), forgotten_at=None
)


def old_requests(day: date) -> models.QuerySet:
    """Closed for two years, and nobody ever lived there because of them."""
    closed = HousingRequest.objects.filter(closed_at__date__lte=years_before(day, 2))
    return closed.exclude(Exists(_STAY))


def old_stays(day: date) -> models.QuerySet:
    """Five years after they left, once their rents and inventories are gone."""
    left = HousingRequest.objects.filter(period__endswith__lte=years_before(day, 5))
    left = left.filter(Exists(_STAY))
    return left.exclude(Exists(_RENTS)).exclude(Exists(_INVENTORIES))


@transaction.atomic
def delete_request(request: HousingRequest) -> None:
    """The request, the beds it had and all that was agreed for them."""
    record("internships.housing.forgotten", subject=request)
    forgetting.forget(request)
    Receipt.objects.about(request).delete()
    beds = Occupation.objects.filter(request=request)
    stays = list(Stay.objects.filter(occupation__in=beds).select_related("insurance"))
    for stay in stays:
        stay.inventories.all().delete()
        stay.delete()
        _discard_proof(stay)
    HousingBenefit.objects.filter(occupation__in=beds).delete()
    beds.delete()
    request.delete()


def category(request: HousingRequest) -> str:
    """What stays in the counts: how it ended and the year it was for, nobody."""
    return f"logement/{request.state}/{request.period.lower.year}"


def reasons_to_stay(person: Person) -> Iterator[str]:
    """Why an account may not be closed now: a bed, or money, is still at stake."""
    day = timezone.localdate()
    open_ones = HousingRequest.objects.of(person).filter(
        state__in=[State.WAITING, State.HELD, State.HOUSED], period__endswith__gt=day
    )
    for request in open_ones.order_by("pk"):
        yield (
            f"Votre demande de chambre {request.reference} est en cours : retirez-la "
            "ou annoncez votre départ d'abord, depuis votre espace."
        )
    for call in RentCall.objects.of(person).unpaid().order_by("month", "pk"):
        yield f"Votre loyer de {call.month_name} reste à payer."


def forget_person(person: Person) -> None:
    """They have left: nights and rents stay counted, what was said of them goes."""
    requests = HousingRequest.objects.of(person)
    for request in requests:
        forgetting.forget(request)
    requests.update(word="", purpose="")
    requests.filter(state=State.REFUSED).update(refusal="Motif effacé")
    stays = Stay.objects.of(person)
    for stay in stays.exclude(insurance=None).select_related("insurance"):
        _discard_proof(stay)
    stays.update(insurance_refusal="")
    stays.exclude(deposit_kept_because="").update(deposit_kept_because="Motif effacé")


def _discard_proof(stay: Stay) -> None:
    if stay.insurance and stay.insurance.discarded_at is None:
        discard(stay.insurance)


RULES = [
    Rule(
        key="internships.housing-request",
        label="Demandes de chambre sans séjour, deux ans après leur clôture",
        queryset=old_requests,
        purge=delete_request,
        keep_aggregate=category,
    ),
    Rule(
        key="internships.stay",
        label="Séjours, cinq ans après le départ",
        queryset=old_stays,
        purge=delete_request,
        keep_aggregate=category,
    ),
]


def export(person: Person) -> list[dict]:
    """What they asked for, the beds they had, and what was handed over."""
    requests = HousingRequest.objects.of(person).order_by("created_at", "pk")
    return [
        _request(request)
        for request in requests.prefetch_related(
            "dwellings", "occupations__room__dwelling", "occupations__stay"
        )
    ]


def _request(request: HousingRequest) -> dict:
    return {
        "demande de chambre": request.reference,
        "état": request.get_state_display(),
        "demandée le": request.created_at,
        "arrivée": request.period.lower,
        "départ": request.period.upper,
        "logements souhaités": [home.name for home in request.dwellings.all()],
        "en couple": request.for_two,
        "enfants": request.children,
        "voiture": request.has_car,
        "animal": request.has_animal,
        "logement accessible": request.needs_accessible,
        "sans stage, pourquoi": request.purpose,
        "précisions": request.word,
        "non-cumul accepté": request.wording,
        "motif": request.refusal,
        "chambres": [_bed(bed) for bed in request.occupations.all()],
    }


def _bed(bed: Occupation) -> dict:
    told = {
        "chambre": str(bed.room),
        "nature": bed.get_kind_display(),
        "du": bed.period.lower,
        "au": bed.period.upper,
        "libérée": bed.get_released_because_display(),
    }
    stay = getattr(bed, "stay", None)
    if stay:
        told |= {
            "loyer": stay.rent,
            "assurance vérifiée le": stay.insurance_checked_at,
            "assurance à refaire parce que": stay.insurance_refusal,
            "clés remises le": stay.keys_given_at,
            "clés rendues le": stay.keys_returned_at,
            "dépôt": stay.deposit,
            "dépôt rendu le": stay.deposit_returned_on,
            "retenu": stay.deposit_kept,
            "retenu parce que": stay.deposit_kept_because,
        }
    return told


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    """The proofs of insurance they sent."""
    proofs = Stay.objects.of(person).exclude(insurance=None)
    for stay in proofs.select_related("insurance", "occupation__request"):
        content = stay.insurance.is_servable and serving.opened(stay.insurance)
        if content:
            name = stay.occupation.request.reference
            yield f"{name}/{stay.insurance.name}", content
