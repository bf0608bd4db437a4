"""The e-mails about a request for the Département's aid."""

from django.conf import settings
from django.urls import reverse

from casework import remedies, typography
from casework.audience import desk_addresses
from casework.days import said
from casework.outbox import post
from installation.models import AidPiece, AidRequest


def admin_url(request: AidRequest) -> str:
    path = reverse("admin:installation_aidrequest_change", args=[request.pk])
    return f"{settings.SITE_URL}{path}"


def receipt(request: AidRequest, receipt) -> None:
    _to_person(
        request,
        f"installation.aid-receipt:{request.pk}",
        "installation.aid-receipt",
        {"texte": receipt.text, "le": request.implicit_refusal_on},
    )


def pieces_missing(request: AidRequest, missing: list[AidPiece], entry) -> None:
    lines = [
        f"- {piece.label}{f' : {piece.note}' if piece.note else ''}"
        for piece in missing
    ]
    _to_person(
        request,
        f"installation.aid-pieces:{entry.pk}",
        "installation.aid-pieces-missing",
        {"pieces": "\n".join(lines), "avant_le": request.pieces_by},
    )


def complete(request: AidRequest, entry) -> None:
    _to_person(
        request,
        f"installation.aid-complete:{entry.pk}",
        "installation.aid-complete",
        {"depuis": request.complete_on, "le": request.implicit_refusal_on},
    )


def granted(request: AidRequest, entry) -> None:
    _to_person(
        request,
        f"installation.aid-granted:{entry.pk}",
        "installation.aid-granted",
        {
            "montant": f"{typography.figure(request.amount_granted)}{typography.NBSP}€",
            "conditions": request.decision_text or "Aucune condition particulière.",
            "mois": str(request.commitment_months),
        },
    )


def refused(request: AidRequest, entry) -> None:
    _to_person(
        request,
        f"installation.aid-refused:{entry.pk}",
        "installation.aid-refused",
        {"motif": request.decision_text, "recours": remedies.text()},
    )


def withdrawn(request: AidRequest, entry) -> None:
    _to_person(
        request,
        f"installation.aid-withdrawn:{entry.pk}",
        "installation.aid-withdrawn",
        {},
    )
    _to_desk(
        request,
        f"installation.aid-withdrawn-desk:{entry.pk}",
        "installation.aid-withdrawn-desk",
        {},
    )


def new_request(request: AidRequest) -> None:
    _to_desk(
        request,
        f"installation.aid-new:{request.pk}",
        "installation.aid-new",
        {"aide": request.get_kind_display(), "le": request.implicit_refusal_on},
    )


def pieces_received(request: AidRequest, entry) -> None:
    _to_desk(
        request,
        f"installation.aid-pieces-received:{entry.pk}",
        "installation.aid-pieces-received",
        {},
    )


def about(request: AidRequest) -> dict:
    """What a reminder to the desk says of it."""
    due = request.implicit_refusal_on
    return {
        "reference": request.reference,
        "nom": request.full_name,
        "le": said(due) if due else "",
        "lien": admin_url(request),
    }


def to_person_context(request: AidRequest) -> dict:
    return {
        "personne": request.full_name,
        "reference": request.reference,
        "lien": f"{settings.SITE_URL}{request.get_absolute_url()}",
    }


def _to_person(request: AidRequest, key: str, template: str, context: dict) -> None:
    address = request.person.email or request.email
    if not address:
        return
    post(
        key,
        to=address,
        template=template,
        context={**to_person_context(request), **context},
        about=request,
    )


def _to_desk(request: AidRequest, key: str, template: str, context: dict) -> None:
    for address in desk_addresses():
        post(
            f"{key}:{address}"[:200],
            to=address,
            template=template,
            context={**about(request), **context},
            about=request,
        )
