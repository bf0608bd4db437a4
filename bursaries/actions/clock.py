"""What happens to a signed agreement: papers, suspensions, places, declarations.

Each step locks the agreement first: its facts are read together.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from bursaries import agreement_clock, agreement_letters, breach_letters
from bursaries.agreement_papers import ZONING_OF
from bursaries.choices import Ending, ProofKind, ZoneReference
from bursaries.models import (
    Agreement,
    Declaration,
    Deed,
    PlaceOfPractice,
    Proof,
    Suspension,
)
from bursaries.standing import Standing, declarations_due, standing
from bursaries.tasks import plan_payments
from casework.days import said
from casework.journal import record
from casework.locking import locked
from documents import intake, keeping
from documents.actions import discard
from documents.models import Document
from territory import zones
from territory.models import Commune
from territory.zones import Zone, category

PROOF_KIND = "agreement-proof"
# A person sends one again after a refusal, never without end.
WAITING_PROOFS = 10


# --- Papers --------------------------------------------------------------------------


@transaction.atomic
def send_proof(
    agreement: Agreement, kind: str, upload, *, year: int | None = None, by: User
) -> Proof:
    """The person sends a paper; the one it replaces, not looked at yet, goes."""
    agreement = _running(agreement)
    if kind == ProofKind.ENROLMENT and year is None:
        raise ValidationError("Dites de quelle année universitaire il s'agit.")
    year = year if kind == ProofKind.ENROLMENT else None
    waiting = agreement.proofs.to_check()
    replaced = list(waiting.filter(kind=kind, year=year).select_related("document"))
    if waiting.count() - len(replaced) >= WAITING_PROOFS:
        raise ValidationError(
            "Plusieurs documents attendent déjà d'être vérifiés : nous y répondons "
            "d'abord."
        )
    if agreement.proofs.accepted().filter(kind=kind, year=year).exists() and year:
        raise ValidationError("Le certificat de cette année est déjà accepté.")
    document = intake.receive(upload, by=by, kind=PROOF_KIND)
    proof = agreement.proofs.create(kind=kind, year=year, document=document)
    for old in replaced:
        old.delete()
        discard(old.document, by=by)
    record(
        "bursaries.agreement.proof_received",
        subject=agreement,
        actor=by,
        data={"kind": kind, "year": year},
    )
    return proof


@transaction.atomic
def accept_proof(
    proof: Proof,
    *,
    by: User,
    is_repeated: bool = False,
    diploma_on: dt.date | None = None,
) -> Proof:
    """It proves what it should; a diploma says the day the time to settle begins."""
    agreement = _running(proof.agreement)
    proof = locked(proof)
    if proof.kind == ProofKind.DIPLOMA:
        if diploma_on is None:
            raise ValidationError("Dites le jour du diplôme.")
        if diploma_on > timezone.localdate():
            raise ValidationError("Le jour du diplôme est à venir : vérifiez-le.")
        agreement.diploma_on = diploma_on
        agreement.save(update_fields=["diploma_on"])
    proof.check_by(by, is_accepted=True, is_repeated=is_repeated)
    record(
        "bursaries.agreement.proof_accepted",
        subject=agreement,
        actor=by,
        data={"kind": proof.kind, "year": proof.year},
    )
    plan_payments.delay_on_commit(agreement.pk)
    return proof


@transaction.atomic
def reject_proof(proof: Proof, *, note: str, by: User) -> Proof:
    """To do again, and why: the person is told at once."""
    agreement = _running(proof.agreement)
    proof = locked(proof)
    proof.check_by(by, is_accepted=False, note=note)
    entry = record(
        "bursaries.agreement.proof_rejected",
        subject=agreement,
        actor=by,
        data={"kind": proof.kind, "year": proof.year},
    )
    agreement_letters.proof_rejected(agreement, proof, entry)
    return proof


# --- Suspensions ---------------------------------------------------------------------


@transaction.atomic
def suspend(
    agreement: Agreement,
    *,
    since: dt.date,
    until: dt.date | None,
    reason: str,
    by: User,
) -> Suspension:
    """Note days that were seen to be justified; the ends they move are told."""
    agreement = _running(agreement)
    signed_on = agreement.root.signed_on
    if signed_on is None or since < signed_on:
        raise ValidationError("Une convention se suspend une fois signée.")
    if until and until <= since:
        raise ValidationError("La reprise vient après le premier jour.")
    suspension = Suspension(
        agreement=agreement,
        period=DateRange(since, until),
        reason=reason,
        noted_by=by,
    )
    suspension.validate_constraints()
    suspension.save()
    record(
        "bursaries.agreement.suspended",
        subject=agreement,
        actor=by,
        data={"since": since.isoformat(), "until": until and until.isoformat()},
    )
    plan_payments.delay_on_commit(agreement.pk)
    return suspension


@transaction.atomic
def resume(suspension: Suspension, *, on: dt.date, by: User) -> Suspension:
    agreement = _running(suspension.agreement)
    suspension = locked(suspension)
    suspension.finish(on)
    record(
        "bursaries.agreement.resumed",
        subject=agreement,
        actor=by,
        data={"on": on.isoformat()},
    )
    plan_payments.delay_on_commit(agreement.pk)
    return suspension


# --- Practice ------------------------------------------------------------------------


@transaction.atomic
def settle(
    agreement: Agreement,
    *,
    commune: Commune,
    name: str,
    mode: str,
    days_a_week,
    since: dt.date,
    by: User,
    in_spite_because: str = "",
) -> PlaceOfPractice:
    """A place where they practise, accepted against the zoning that counts."""
    agreement = _running(agreement)
    if agreement.diploma_on is None or since < agreement.diploma_on:
        raise ValidationError(
            "L'exercice commence après le diplôme : acceptez-le d'abord."
        )
    terms = agreement.terms_on(since)
    if mode not in terms.modes:
        raise ValidationError("La convention ne prévoit pas ce mode d'exercice.")
    if agreement.places.count() == 0:
        _require_proofs(agreement)
    zone, refusal = zone_that_counts(agreement, commune, since)
    if refusal and not in_spite_because.strip():
        raise ValidationError([refusal, "Pour passer outre, écrivez pourquoi."])
    place = PlaceOfPractice(
        agreement=agreement,
        period=DateRange(since, None),
        commune=commune,
        name=name.strip(),
        mode=mode,
        days_a_week=days_a_week,
        zone=zone.code,
        zoning_id=zone.zoning_id,
        in_spite_because=in_spite_because.strip() if refusal else "",
        accepted_by=by,
    )
    place.validate_constraints()
    place.save()
    record(
        "bursaries.agreement.settled",
        subject=agreement,
        actor=by,
        data={"place": place.pk, "in_spite_of": bool(refusal)},
    )
    return place


@transaction.atomic
def leave(place: PlaceOfPractice, *, on: dt.date, by: User) -> PlaceOfPractice:
    agreement = _running(place.agreement)
    place = locked(place)
    place.leave(on)
    record(
        "bursaries.agreement.left",
        subject=agreement,
        actor=by,
        data={"place": place.pk, "on": on.isoformat()},
    )
    return place


def _require_proofs(agreement: Agreement) -> None:
    """The Ordre, and one of the others (what proves that somebody settled)."""
    known = set(agreement.proofs.accepted().values_list("kind", flat=True))
    if ProofKind.ORDER not in known:
        raise ValidationError(
            "Acceptez d'abord l'attestation d'inscription au tableau de l'Ordre."
        )
    if not known & {ProofKind.PRACTICE, ProofKind.ACTIVITY}:
        raise ValidationError(
            "Il faut aussi un contrat, un conventionnement, une immatriculation ou "
            "un justificatif d'activité."
        )


def zone_that_counts(
    agreement: Agreement, commune: Commune, since: dt.date
) -> tuple[Zone, str]:
    """The zone of reference of a place, and why it would not do, in words."""
    terms = agreement.terms_on(since)
    kind = ZONING_OF[agreement.profession]
    signed_on = agreement.root.signed_on
    days = {
        ZoneReference.SIGNATURE: [signed_on],
        ZoneReference.SETTLING: [since],
        ZoneReference.FAVOURABLE: [signed_on, since],
    }[terms.zone_reference]
    found = [zones.of(commune, day).get(kind, Zone(kind)) for day in days]
    if not terms.zones:
        return found[0], ""
    wanted = {category(code) for code in terms.zones}
    for zone in found:
        if zone.is_loaded and not zone.is_unclear and category(zone.code) in wanted:
            return zone, ""
    zone = found[0]
    if not zone.is_loaded:
        return zone, f"Le {zone.name} du {said(days[0])} n'est pas chargé."
    if zone.is_unclear:
        return zone, f"{commune} est classée de plusieurs façons : vérifiez l'adresse."
    return zone, (
        f"{commune} n'est pas classée {' ou '.join(terms.zones)} dans le zonage qui "
        f"compte, au {said(days[0])} (R-24)."
    )


@transaction.atomic
def fulfil(agreement: Agreement, *, by: User) -> Agreement:
    """The service is done: the agreement ends, with a certificate."""
    agreement = _running(agreement)
    day = timezone.localdate()
    known = agreement_clock.facts(agreement, day)
    if standing(known, day) != Standing.FULFILLED:
        raise ValidationError("L'engagement n'est pas encore tenu jusqu'au bout.")
    if agreement.open_breach:
        raise ValidationError("Un manquement est ouvert : il se clôt d'abord.")
    document = keeping.keep(
        breach_letters.certificate_pdf(agreement, known.fulfilled_on, day),
        name=f"attestation-{agreement.reference}.pdf",
        media_type=Document.MediaType.PDF,
        kind="agreement-certificate",
    )
    agreement.certify(document)
    agreement.end(Ending.FULFILLED, "", on=known.fulfilled_on)
    entry = record("bursaries.agreement.fulfilled", subject=agreement, actor=by)
    agreement_letters.fulfilled(agreement, entry)
    return agreement


# --- The yearly declaration ----------------------------------------------------------


@transaction.atomic
def declare(
    agreement: Agreement, *, is_unchanged: bool, text: str = "", by: User
) -> Declaration:
    """What the person says of their practice, for the oldest anniversary due."""
    agreement = _running(agreement)
    due_on = declaration_due(agreement, timezone.localdate())
    if due_on is None:
        raise ValidationError("Aucune déclaration n'est attendue aujourd'hui.")
    if not is_unchanged and not text.strip():
        raise ValidationError("Dites ce qui a changé.")
    declaration = agreement.declarations.create(
        due_on=due_on,
        is_unchanged=is_unchanged,
        text="" if is_unchanged else text.strip(),
    )
    entry = record(
        "bursaries.agreement.declared",
        subject=agreement,
        actor=by,
        data={"due_on": due_on.isoformat(), "is_unchanged": is_unchanged},
    )
    if not is_unchanged:
        agreement_letters.practice_changed(agreement, declaration, entry)
    return declaration


def declaration_due(agreement: Agreement, day: dt.date) -> dt.date | None:
    """The oldest anniversary for which nothing was declared."""
    made = {one.due_on for one in agreement.declarations.all()}
    due = declarations_due(agreement_clock.facts(agreement, day), day)
    return next((on for on in due if on not in made), None)


def _running(agreement: Agreement) -> Agreement:
    """Kept from everybody else, signed, and not ended."""
    locked(Agreement(pk=agreement.pk))
    agreement = Agreement.objects.with_facts().get(pk=agreement.pk)
    agreement.require_running()
    if agreement.root.state not in {Deed.State.SIGNED, Deed.State.EXECUTORY}:
        raise ValidationError("La convention n'est pas encore signée.")
    return agreement
