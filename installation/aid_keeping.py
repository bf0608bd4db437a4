"""How long a request for aid is kept, and what its owner may take away."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO

from django.db import models, transaction

from accounts.models import Person
from accounts.retention import Rule, years_before
from casework import forgetting
from casework.journal import record
from casework.locking import locked
from documents import examining, serving
from documents.actions import discard
from installation import aid_following
from installation.models import AidRequest, AidState

DRAFT_DAYS = 90


def old_drafts(day: date) -> models.QuerySet:
    limit = day - timedelta(days=DRAFT_DAYS)
    return AidRequest.objects.drafts().filter(saved_at__date__lte=limit)


def answered(day: date) -> models.QuerySet:
    """Two years after a refusal or a withdrawal."""
    limit = years_before(day, 2)
    ended = AidRequest.objects.filter(forgotten_at=None)
    refused = ended.filter(state=AidState.REFUSED, decided_at__date__lte=limit)
    withdrawn = ended.filter(state=AidState.WITHDRAWN, withdrawn_at__date__lte=limit)
    return refused | withdrawn


def agreed(day: date) -> models.QuerySet:
    """Ten years after the agreement: as long as the rule of ten years looks back."""
    ended = AidRequest.objects.filter(state=AidState.GRANTED, forgotten_at=None)
    return ended.filter(decided_at__date__lte=years_before(day, 10))


@transaction.atomic
def forget(request: AidRequest) -> None:
    """Empty who asked and what was sent; keep what is counted."""
    request = locked(request)
    pieces = request.pieces.exclude(document=None).select_related("document")
    for piece in pieces.filter(document__discarded_at=None):
        discard(piece.document, by=None)
    request.pieces.exclude(note="").exclude(state="rejected").update(note="")
    forgetting.forget(request)
    request.forget()
    record("installation.aid.forgotten", subject=request)


def forget_person(person: Person) -> None:
    for draft in AidRequest.objects.drafts().of(person):
        examining.discard_draft(draft)
    for request in AidRequest.objects.filed().of(person).filter(forgotten_at=None):
        forget(request)


def _category(request: AidRequest) -> str:
    return f"aide/{request.kind}/{request.state}"


RULES = [
    Rule(
        key="installation.aid-draft",
        label="Brouillons de demande d'aide, trois mois après leur enregistrement",
        queryset=old_drafts,
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
    told = [
        {
            "demande d'aide": request.reference,
            "état": request.get_state_display(),
            "déposée le": request.submitted_at,
            "réponses": {
                title: dict(rows) for title, rows in aid_following.facts(request)
            },
            "pièces": [
                {"pièce": piece.label, "état": piece.get_state_display()}
                for piece in request.pieces.in_order()
            ],
            "attestation": request.attestation,
            "réponse": request.decision_text,
        }
        for request in requests.select_related("commune", "zoning").order_by("pk")
    ]
    known = [
        {"aide antérieure": aid.kind, "signée le": aid.signed_on.isoformat()}
        for aid in person.local_aids.all()
    ]
    return [*told, *known]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    for request in AidRequest.objects.filed().of(person):
        for piece in request.pieces.exclude(document=None).select_related("document"):
            content = piece.document.is_servable and serving.opened(piece.document)
            if content:
                yield f"{request.reference}/{piece.document.name}", content
