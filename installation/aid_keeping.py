"""How long a request for aid is kept, and what its owner may take away."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import IO

from django.db import models

from accounts.models import Person
from accounts.retention import Rule, years_before
from documents import examining
from installation import aid_following
from installation.actions.aid_requests import AREA
from installation.models import AidRequest, AidState

forget = partial(examining.forget, area=AREA)


def answered(day: date) -> models.QuerySet:
    """Two years after a refusal or a withdrawal."""
    return AidRequest.objects.answered_before(years_before(day, 2))


def agreed(day: date) -> models.QuerySet:
    """Ten years after the agreement: as long as the rule of ten years looks back."""
    ended = AidRequest.objects.filter(state=AidState.GRANTED, forgotten_at=None)
    return ended.filter(decided_at__date__lte=years_before(day, 10))


def forget_person(person: Person) -> None:
    examining.forget_of(AidRequest.objects.of(person), forget)


def _category(request: AidRequest) -> str:
    return f"aide/{request.kind}/{request.state}"


RULES = [
    Rule(
        key="installation.aid-draft",
        label="Brouillons de demande d'aide, trois mois après leur enregistrement",
        queryset=AidRequest.objects.old_drafts,
        purge=examining.discard_draft,
        needs_archives_visa=False,
    ),
    Rule(
        key="installation.aid-answered",
        label="Demandes d'aide refusées ou retirées, deux ans après la réponse",
        queryset=answered,
        purge=forget,
        keep_aggregate=_category,
    ),
    Rule(
        key="installation.aid-agreed",
        label="Demandes d'aide accordées, dix ans après l'accord",
        queryset=agreed,
        purge=forget,
        keep_aggregate=_category,
    ),
]


def export(person: Person) -> list[dict]:
    requests = AidRequest.objects.filed().of(person)
    known = [
        {"aide antérieure": aid.kind, "signée le": aid.signed_on.isoformat()}
        for aid in person.local_aids.all()
    ]
    told = [
        examining.exported(request, "demande d'aide", aid_following.facts(request))
        for request in requests.select_related("commune", "zoning").order_by("pk")
    ]
    return [*told, *known]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    yield from examining.files(AidRequest.objects.filed().of(person))
