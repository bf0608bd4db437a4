"""Circuits of signature: opened, signed one by one, then made into one file.

Every signature here is a simple electronic signature (eIDAS, article 3, 10), or a
handwritten one of which a scan is kept. Each action locks the circuit first, then
the signatory: two who sign at once complete it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from casework.journal import record
from casework.locking import locked
from casework.models import Message
from casework.outbox import post
from documents.actions import discard
from documents.filing import CONSENT
from documents.models import (
    Document,
    Signatory,
    SignatureRequest,
    SigningPower,
)
from documents.models.signatures import MAIL_CODE_LIVES, draw_code
from documents.tasks import file_signed_document

CODE_TEMPLATE = "documents.signature-code"
CODES_AN_HOUR = 5

TOO_MANY_CODES = (
    "Plusieurs codes sont déjà partis vers cette adresse. Réessayez dans une heure, "
    "ou appelez le guichet."
)
WRONG_CODE = (
    "Ce code n'est pas le bon, ou il a expiré. Demandez-en un nouveau s'il le faut."
)


@dataclass(frozen=True)
class Party:
    """Somebody who is to sign."""

    name: str
    capacity: str
    email: str = ""
    person: Person | None = None
    power: SigningPower | None = None


@transaction.atomic
def open_circuit(
    document: Document,
    *,
    nature: str,
    title: str,
    parties: Sequence[Party],
    is_ordered: bool = False,
    code: str = "",
    replaces: SignatureRequest | None = None,
    by=None,
) -> SignatureRequest:
    """Put a document to the signature; the circuit it replaces ends, and stays.

    `code` is drawn beforehand when the document already bears it.
    """
    if document.media_type != Document.MediaType.PDF or not document.is_servable:
        raise ValidationError("Seul un PDF disponible se met à la signature.")
    if not parties:
        raise ValidationError("Indiquez au moins une personne qui signe.")
    if any(not party.name.strip() for party in parties):
        raise ValidationError("Chaque personne qui signe doit avoir un nom.")
    if replaces is not None:
        replaces = locked(replaces)
        if replaces.state == SignatureRequest.State.OPEN:
            _abandon(replaces, by=by)
    request = SignatureRequest(
        document=document,
        nature=nature,
        title=title,
        is_ordered=is_ordered,
        code=code or draw_code(),
        replaces=replaces,
    )
    request.validate_constraints()
    request.save()
    Signatory.objects.bulk_create(
        Signatory(
            request=request,
            rank=rank,
            person=party.person,
            name=party.name.strip(),
            email=party.email,
            capacity=party.capacity,
            power=party.power,
        )
        for rank, party in enumerate(parties, 1)
    )
    record("documents.signature.opened", subject=request, actor=by)
    return request


@transaction.atomic
def send_code(signatory: Signatory) -> None:
    """Send a code to the signatory's address; a few an hour, the last one counts."""
    signatory = _held(signatory)
    now = timezone.now()
    if not signatory.email:
        raise ValidationError("Nous n'avons pas de courriel pour cette personne.")
    sent = Message.objects.about(signatory).filter(
        template_key=CODE_TEMPLATE, created_at__gt=now - timedelta(hours=1)
    )
    if sent.count() >= CODES_AN_HOUR:
        raise ValidationError(TOO_MANY_CODES)
    code = signatory.new_code(now)
    post(
        f"documents.signature-code:{signatory.pk}:{now.isoformat()}",
        to=signatory.email,
        template=CODE_TEMPLATE,
        context={
            "document": signatory.request.nature,
            "code": f"{code[:3]} {code[3:]}",
            "minutes": MAIL_CODE_LIVES.seconds // 60,
        },
        about=signatory,
        secret=True,
    )
    record(
        "documents.signature.code_sent",
        subject=signatory.request,
        data={"signatory": signatory.pk},
    )


def sign_by_code(signatory: Signatory, code: str, *, address: str) -> Signatory:
    """The holder of the mailbox agrees, at a distance.

    A wrong code is counted, and the count outlives the refusal.
    """
    with transaction.atomic():
        signatory = _held(signatory)
        if signatory.has_signed:
            return signatory
        signatory.require_turn()
        now = timezone.now()
        sent_at = signatory.code_sent_at
        if signatory.try_code(code, now):
            known = {"code_sent_at": sent_at.isoformat(), "email": signatory.email}
            return _sign(
                signatory, Signatory.Means.LINK, now=now, address=address, more=known
            )
        record(
            "documents.signature.code_refused",
            subject=signatory.request,
            data={"signatory": signatory.pk, "tries": signatory.code_tries},
        )
    raise ValidationError(WRONG_CODE)


@transaction.atomic
def sign_on_spot(
    signatory: Signatory, *, typed_name: str, address: str, by
) -> Signatory:
    """The person types their name on the screen of whoever is beside them."""
    signatory = _held(signatory)
    if signatory.has_signed:
        return signatory
    if not signatory.is_named(typed_name):
        raise ValidationError(
            f"Écrivez le nom tel qu'il figure dans le document : {signatory.name}."
        )
    return _sign(
        signatory,
        Signatory.Means.ON_SPOT,
        now=timezone.now(),
        address=address,
        more={"typed_name": typed_name.strip()[:200]},
        by=by,
    )


@transaction.atomic
def sign_on_paper(signatory: Signatory, scan: Document, *, by) -> Signatory:
    """The handwritten signature is on a scan handed in; one may bear several."""
    signatory = _held(signatory)
    if signatory.has_signed:
        return signatory
    return _sign(
        signatory,
        Signatory.Means.PAPER,
        now=timezone.now(),
        more={"scan_sha256": scan.sha256},
        by=by,
        scan=scan,
    )


@transaction.atomic
def abandon(request: SignatureRequest, *, by=None) -> SignatureRequest:
    """Nobody signs it any more; what was signed of it is kept."""
    request = locked(request)
    _abandon(request, by=by)
    return request


@transaction.atomic
def forget(request: SignatureRequest, *, by=None) -> SignatureRequest:
    """Its time is over: the files go, with all that says who signed."""
    request = locked(request)
    if request.forgotten_at:
        return request
    if request.state == SignatureRequest.State.OPEN:
        request.abandon()
    request.forget()
    signatories = list(request.signatories.select_for_update(no_key=True))
    scans = {one.scan for one in signatories if one.scan}
    for signatory in signatories:
        signatory.forget()
    for document in [request.document, request.signed_document, *scans]:
        if document and document.discarded_at is None:
            discard(document, by=by)
    record("documents.signature.forgotten", subject=request, actor=by)
    return request


def _held(signatory: Signatory) -> Signatory:
    """The circuit first, then its signatory, kept from everybody else."""
    request = locked(SignatureRequest(pk=signatory.request_id))
    signatory = locked(signatory)
    signatory.request = request
    return signatory


def _sign(
    signatory, means, *, now, more: dict, address: str = "", by=None, scan=None
) -> Signatory:
    request = signatory.request
    if not request.document.is_intact():
        raise ValidationError(
            "Le fichier à signer est abîmé : prévenez le guichet, rien n'est signé."
        )
    evidence = {
        "name": signatory.name,
        "capacity": signatory.capacity,
        "at": now.isoformat(),
        "sha256": request.document.sha256,
        **more,
    }
    if signatory.power and signatory.power.decision:
        evidence["power"] = signatory.power.decision
    if means != Signatory.Means.PAPER:
        signatory.require_power(now)
        evidence |= {"address": address, "consent": CONSENT}
    signatory.sign(means=means, evidence=evidence, now=now, by=by, scan=scan)
    record(
        "documents.signature.given",
        subject=request,
        actor=by,
        data={"signatory": signatory.pk, "means": str(means)},
    )
    if not request.waiting():
        request.complete()
        record("documents.signature.completed", subject=request)
        file_signed_document.delay_on_commit(request.pk)
    return signatory


def _abandon(request: SignatureRequest, *, by) -> None:
    request.abandon()
    request.signatories.exclude(code_hash="").update(code_hash="")
    record("documents.signature.abandoned", subject=request, actor=by)
