"""What is done with a request for the Département's own installation aid.

Each decision locks the request first, writes the journal and owes the messages.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person, PractitionerProfile, User
from casework import receipts, references
from casework.findings import Finding, blocking, warnings
from casework.journal import record
from casework.locking import locked
from casework.models import IDENTITY, require_identity
from documents import examining
from installation import aid_letters, aid_pieces, aid_rules
from installation.aid_choices import TenYears, practice_of
from installation.aid_letters import LETTERS
from installation.aid_rules import Facts
from installation.eligibility import ZONING_OF, Earlier
from installation.models import (
    AidPiece,
    AidRequest,
    InstallationRequest,
    LocalAidRecord,
)
from installation.wording import ten_years_attestation
from territory import zones
from territory.models import Commune, Zoning
from territory.zones import Zone

# What the journal calls all that happens to one.
AREA = "installation.aid"


# --- The draft -------------------------------------------------------------------


def draft_of(person: Person) -> AidRequest | None:
    drafts = AidRequest.objects.drafts().of(person)
    return drafts.select_related("commune__departement", "person").first()


def blank(person: Person) -> AidRequest:
    """A draft not saved yet, with what we already know of the person."""
    draft = AidRequest(person=person)
    for name in (*IDENTITY, "phone"):
        setattr(draft, name, getattr(person, name))
    profile = PractitionerProfile.objects.filter(person=person).first()
    if profile:
        draft.profession = practice_of(profile.profession, profile.specialty)
        draft.rpps = profile.rpps
    return draft


def save_draft(person: Person, answers: Mapping) -> AidRequest:
    return examining.save_draft(
        person,
        answers,
        blank=blank,
        pieces=lambda draft: aid_pieces.expected(draft.kind, draft.beneficiary),
    )


@transaction.atomic
def send_piece(request: AidRequest, piece: AidPiece, file, *, by: User) -> AidPiece:
    """The person sends a piece; the desk is told when the last one is there."""
    request, piece, entry = examining.send(
        request, piece, file, by=by, kind="aid", area=AREA
    )
    if entry and not request.pieces.awaited().exists():
        LETTERS.pieces_received(request, entry)
    return piece


@transaction.atomic
def submit(draft: AidRequest, *, by: User, is_attested: bool) -> AidRequest:
    """File the request and give its receipt, with the day silence means no (R-02)."""
    request = locked(draft)
    if request.submitted_at:
        return request
    require_identity(request)
    if not (request.kind and request.profession and request.commune):
        raise ValidationError("Complétez d'abord la page « Votre projet ».")
    if is_attested and not request.is_for_centre:
        request.attestation = ten_years_attestation(request.full_name, request.rpps)
        request.attested_at = timezone.now()
    day = timezone.localdate()
    zone = _zone_for(request.commune, request.profession, day)
    refused = blocking(aid_rules.on_filing(facts(request, day, zone=zone), day))
    if refused:
        raise ValidationError([finding.sentence for finding in refused])
    request.dossier = _open_dossier(request.person)
    request.submit(reference=references.next_reference("aids", day), zone=zone)
    request.save(update_fields=["dossier"])
    receipt = receipts.issue(
        request,
        to_person=request.person,
        title="aide à l’installation du Département",
        financial=True,
        received_at=request.submitted_at,
    )
    record("installation.aid.submitted", subject=request, actor=by)
    LETTERS.receipt(request, receipt)
    aid_letters.new_request(request)
    return request


def _open_dossier(person: Person) -> InstallationRequest | None:
    dossiers = InstallationRequest.objects.open().of(person)
    return dossiers.order_by("-submitted_at", "-pk").first()


@transaction.atomic
def withdraw(request: AidRequest, *, by: User) -> AidRequest:
    request = locked(request)
    if request.withdrawn_at:
        return request
    request.withdraw()
    entry = record("installation.aid.withdrawn", subject=request, actor=by)
    LETTERS.withdrawn(request, entry)
    return request


# --- The desk ---------------------------------------------------------------------


@transaction.atomic
def ask_pieces(
    request: AidRequest, *, by_day: dt.date, by: User, more: Iterable[str] = ()
) -> AidRequest:
    """Say what is missing and before which day; the clock waits for it (R-05)."""
    request, missing, entry = examining.ask(
        request, by_day=by_day, by=by, area=AREA, more=more
    )
    LETTERS.pieces_missing(request, missing, entry)
    return request


@transaction.atomic
def complete(request: AidRequest, *, by: User) -> AidRequest:
    """Nothing is missing: the two months run from the day the last piece came."""
    request, entry = examining.complete(request, by=by, area=AREA)
    LETTERS.complete(request, entry)
    return request


@transaction.atomic
def request_opinion(request: AidRequest, *, by: User) -> AidRequest:
    request = locked(request)
    request.request_opinion()
    record("installation.aid.opinion_requested", subject=request, actor=by)
    return request


@transaction.atomic
def receive_opinion(
    request: AidRequest, opinion: str, text: str, *, by: User
) -> AidRequest:
    request = locked(request)
    request.receive_opinion(opinion, text)
    record(
        "installation.aid.opinion_received",
        subject=request,
        actor=by,
        data={"opinion": opinion},
    )
    return request


@transaction.atomic
def grant(
    request: AidRequest,
    amount: Decimal,
    text: str,
    *,
    by: User,
    in_spite_because: str = "",
) -> AidRequest:
    """Agree in principle, once nothing bars it; the vote and the convention follow."""
    request = locked(request)
    request.require("grant")
    day = timezone.localdate()
    findings = aid_rules.on_decision(facts(request, day), day)
    if refused := blocking(findings):
        raise ValidationError([finding.sentence for finding in refused])
    warned = warnings(findings)
    if warned and not in_spite_because.strip():
        raise ValidationError(
            [
                *(finding.sentence for finding in warned),
                "Pour passer outre, écrivez pourquoi.",
            ]
        )
    request.grant(amount, text, went_on_because=in_spite_because if warned else "")
    entry = record(
        "installation.aid.granted",
        subject=request,
        actor=by,
        data={"in_spite_of": [finding.rule for finding in warned if finding.rule]},
    )
    aid_letters.granted(request, entry)
    return request


@transaction.atomic
def refuse(request: AidRequest, reason: str, *, by: User) -> AidRequest:
    """Say no and why, with the remedies and the court."""
    request = locked(request)
    request.refuse(reason)
    entry = record("installation.aid.refused", subject=request, actor=by)
    LETTERS.refused(request, entry)
    return request


# --- What the rules read ----------------------------------------------------------


def facts(request: AidRequest, day: dt.date, *, zone: Zone | None = None) -> Facts:
    """The request as the rules see it that day."""
    today = None
    if request.commune:
        today = _zone_for(request.commune, request.profession, day)
    if zone is None:
        zone = today if request.is_draft else zone_of_reference(request)
    return Facts(
        kind=request.kind,
        is_centre=request.is_for_centre,
        mode=request.mode,
        months=request.commitment_months,
        zone=zone or Zone(""),
        zone_today=None if request.is_draft else today,
        earlier=tuple(_earlier(request)),
        is_attested=bool(request.attested_at),
        awaited_pieces=tuple(
            piece.label for piece in (request.pieces.awaited() if request.pk else ())
        ),
        opinion_asked=request.opinion_requested_at is not None,
        opinion_received=request.opinion_received_at is not None,
        implicit_refusal_on=request.implicit_refusal_on,
    )


def findings(request: AidRequest, day: dt.date) -> list[Finding]:
    """What the law says of it now: on the way in, then before the decision."""
    rules = aid_rules.on_filing if request.is_draft else aid_rules.on_decision
    return rules(facts(request, day), day)


def zone_of_reference(request: AidRequest) -> Zone:
    """The zone under the version kept with the request, whatever came since."""
    zoning: Zoning | None = request.zoning
    if zoning is None:
        # None was loaded when it was filed: today's says more than nothing.
        day = timezone.localdate()
        return _zone_for(request.commune, request.profession, day)
    return Zone(
        kind=zoning.kind,
        code=request.zone_code,
        label=request.zone_label,
        version=zoning.version,
        legal_reference=zoning.legal_reference,
        since=zoning.valid.lower,
        zoning_id=zoning.pk,
        is_loaded=True,
        is_unclear=False,
    )


def _zone_for(commune: Commune, profession: str, day: dt.date) -> Zone:
    """The one zoning that counts for a profession (R-24, R-25)."""
    kind = ZONING_OF.get(profession, "")
    return zones.of(commune, day).get(kind, Zone(kind))


def _earlier(request: AidRequest) -> Iterable[Earlier]:
    for known in LocalAidRecord.objects.of(request.person_id):
        yield Earlier(TenYears.LOCAL, known.signed_on, is_registered=True)
    if request.previous_on:
        yield Earlier(TenYears.LOCAL, request.previous_on)
