"""What is done with an agreement: written, reviewed, signed, made binding, amended.

Each step locks the agreement first, then the deed, then its circuit.
"""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bursaries import agreement_letters, agreement_words, clauses
from bursaries.actions import applications
from bursaries.choices import Ending
from bursaries.models import (
    TERMS,
    AgendaItem,
    Agreement,
    ApplicationState,
    BursaryApplication,
    ClauseComment,
    ClauseText,
    Deed,
    DeedClause,
    DeedCopy,
    Scheme,
)
from bursaries.tasks import plan_payments, prepare_deed
from casework import references
from casework.journal import record
from casework.locking import locked
from documents import intake, page_codes, signing
from documents.keeping import Upload
from documents.models import Document, Signatory, SigningPower

SCAN_KIND = "agreement-scan"


# --- Writing -------------------------------------------------------------------------


@transaction.atomic
def draft(application: BursaryApplication, *, by: User) -> Agreement:
    """Begin the agreement of a granted application, from the library of clauses."""
    application = locked(application)
    if known := Agreement.objects.filter(application=application).first():
        return known
    if application.state != ApplicationState.GRANTED:
        raise ValidationError("Cette demande n'est pas accordée.")
    locked(application.person)
    item = application.agenda_items.get(vote=AgendaItem.Vote.APPROVED)
    version = application.version
    agreement = Agreement(
        reference=references.next_reference("agreements", timezone.localdate()),
        person=application.person,
        application=application,
        version=version,
        session=item.session,
        profession=application.profession,
        name=application.full_name,
        email=application.person.email or application.email,
        address=f"{application.address}\n{application.postal_code} {application.city}",
        diploma_due_on=application.diploma_on,
        created_by=by,
    )
    agreement.validate_constraints()
    agreement.save()
    ceiling = applications.ceiling_on(timezone.localdate())
    years = applications.cost(application, ceiling).years
    deed = Deed(
        agreement=agreement,
        legal_basis=version.legal_basis,
        starts_on=application.starts_on,
        months=item.months,
        amounts=[year.monthly for year in years],
        max_total=item.total,
        rhythm=version.rhythm,
        commitment_months=version.commitment_months,
        window_months=version.window_months,
        days_a_week=version.days_a_week,
        modes=version.modes,
        zones=version.zones,
        zone_reference=version.zone_reference,
        created_by=by,
    )
    _begin(deed)
    record("bursaries.agreement.drafted", subject=agreement, actor=by)
    return agreement


@transaction.atomic
def amend(
    agreement: Agreement,
    *,
    effective_on: dt.date,
    purpose: str,
    changes: Mapping,
    by: User,
) -> Deed:
    """Write an amendment: the terms in force that day, but for what changes."""
    agreement = locked(agreement)
    agreement.require_running()
    if not agreement.root.signed_on:
        raise ValidationError(
            "La convention n'est pas encore signée : corrigez-la plutôt."
        )
    if not purpose.strip():
        raise ValidationError("Dites l'objet de l'avenant.")
    current = agreement.terms_on(effective_on)
    said = {name: getattr(current, name) for name in TERMS}
    changed = {name: value for name, value in changes.items() if value != said[name]}
    if not changed:
        raise ValidationError("Rien ne change : modifiez au moins un des termes.")
    last = agreement.deeds.order_by("number").last()
    deed = Deed(
        agreement=agreement,
        number=last.number + 1,
        effective_on=effective_on,
        purpose=purpose.strip(),
        legal_basis=current.legal_basis,
        created_by=by,
        **{**said, **changed},
    )
    _begin(deed)
    record(
        "bursaries.agreement.amendment_drafted",
        subject=agreement,
        actor=by,
        data={"deed": deed.pk},
    )
    return deed


def _begin(deed: Deed) -> None:
    deed.validate_constraints()
    deed.save()
    found = agreement_words.library(
        deed.agreement.version.scheme, is_amendment=not deed.is_root
    )
    for clause in found:
        clause.deed = deed
    DeedClause.objects.bulk_create(found)


@transaction.atomic
def reword(clause: DeedClause, *, title: str, body: str, by: User) -> DeedClause:
    """Other words for one article, in this deed alone."""
    deed = _draft(clause.deed)
    clauses.check(body)
    clause = locked(clause)
    if (clause.title, clause.body) == (title.strip(), body.strip()):
        return clause
    clause.title, clause.body, clause.is_reworded = title.strip(), body.strip(), True
    clause.save(update_fields=["title", "body", "is_reworded"])
    record(
        "bursaries.agreement.clause_reworded",
        subject=deed.agreement,
        actor=by,
        data={"clause": clause.key, "deed": deed.pk},
    )
    return clause


@transaction.atomic
def comment(clause: DeedClause, text: str, *, by: User) -> ClauseComment:
    _draft(clause.deed)
    if not text.strip():
        raise ValidationError("Écrivez la remarque.")
    return clause.comments.create(text=text.strip(), made_by=by)


@transaction.atomic
def resolve(comment: ClauseComment, *, by: User) -> ClauseComment:
    _draft(comment.clause.deed)
    comment = locked(comment)
    comment.resolve(by=by)
    return comment


@transaction.atomic
def approve(deed: Deed, *, power: SigningPower, by: User) -> Deed:
    """The words are final: a worker makes the PDF and puts it to the signature."""
    deed = _draft(deed)
    deed.agreement.require_running()
    waiting = ClauseComment.objects.open().filter(clause__deed=deed).count()
    if waiting:
        raise ValidationError(
            "Une remarque n'est pas traitée."
            if waiting == 1
            else f"{waiting} remarques ne sont pas traitées."
        )
    deed.approve(power=power, by=by)
    record(
        "bursaries.agreement.approved",
        subject=deed.agreement,
        actor=by,
        data={"deed": deed.pk},
    )
    prepare_deed.delay_on_commit(deed.pk)
    return deed


@transaction.atomic
def reopen(deed: Deed, *, by: User) -> Deed:
    """Back to writing: the circuit stops, what was signed of it is kept."""
    deed = _held(deed)
    deed.reopen()
    circuit = deed.circuit
    if circuit and circuit.state == circuit.State.OPEN:
        signing.abandon(circuit, by=by)
    record(
        "bursaries.agreement.reopened",
        subject=deed.agreement,
        actor=by,
        data={"deed": deed.pk},
    )
    return deed


@transaction.atomic
def abandon(deed: Deed, *, because: str, by: User) -> Deed:
    """Nobody signs it; without its first deed, the agreement ends."""
    deed = _held(deed)
    deed.abandon(because)
    circuit = deed.circuit
    if circuit and circuit.state == circuit.State.OPEN:
        signing.abandon(circuit, by=by)
    if deed.is_root:
        deed.agreement.end(Ending.WITHDRAWN, because, on=timezone.localdate())
    record(
        "bursaries.agreement.abandoned",
        subject=deed.agreement,
        actor=by,
        data={"deed": deed.pk},
    )
    return deed


# --- Signing -------------------------------------------------------------------------


def sign_by_code(deed: Deed, signatory: Signatory, code: str, *, address: str) -> None:
    """One of them signs at a distance; the count of wrong codes outlives a refusal."""
    with transaction.atomic():
        _to_sign(deed, signatory)
        try:
            signing.sign_by_code(signatory, code, address=address)
        except ValidationError as error:
            refusal = error
        else:
            return
    raise refusal


def attach_scan(upload: Upload, *, by: User) -> Deed:
    """Find, by the code of its pages, whose signed copy this is, and sign it on paper.

    Every page must be there, once, and none of another document.
    """
    if upload.media_type != Document.MediaType.PDF:
        raise ValidationError("Déposez la copie en PDF, toutes les pages ensemble.")
    reading = page_codes.read(upload.content)
    if not reading.code:
        raise ValidationError(
            "Aucune page ne porte un code lisible : numérisez de nouveau, à 150 points "
            "par pouce au moins, ou ouvrez la convention et déposez-y la copie."
        )
    deeds = Deed.objects.select_related("agreement", "circuit__document")
    deed = deeds.filter(circuit__code=reading.code).first()
    if deed is None:
        raise ValidationError(
            "Le code de ces pages n'est celui d'aucune convention à signer : le texte "
            "a peut-être été repris depuis."
        )
    with deed.circuit.document.file.open("rb") as file:
        reading.require_whole(page_codes.count_pages(file.read()))
    sign_on_paper(deed, upload, by=by)
    return deed


@transaction.atomic
def sign_on_paper(deed: Deed, upload, *, by: User) -> None:
    """One scan bears the signatures that are missing."""
    deed = _to_sign(deed)
    scan = intake.receive(upload, by=by, kind=SCAN_KIND)
    while waiting := deed.circuit.waiting():
        for signatory in waiting:
            signing.sign_on_paper(signatory, scan, by=by)
        deed.circuit.refresh_from_db()
        deed.circuit._prefetched_objects_cache = {}


@transaction.atomic
def note_days(
    deed: Deed,
    *,
    transmitted_on: dt.date | None,
    notified_on: dt.date | None,
    by: User,
) -> Deed:
    """Sent to the prefecture, handed to the person: it binds from both."""
    deed = _held(deed)
    deed.note_days(transmitted_on=transmitted_on, notified_on=notified_on)
    record(
        "bursaries.agreement.days_noted",
        subject=deed.agreement,
        actor=by,
        data={
            "deed": deed.pk,
            "transmitted_on": transmitted_on and transmitted_on.isoformat(),
            "notified_on": notified_on and notified_on.isoformat(),
        },
    )
    return deed


@transaction.atomic
def send_copy(deed: Deed, *, to: str, sent_on: dt.date, by: User) -> DeedCopy:
    """Note that a copy of the signed deed left for a body."""
    deed = _held(deed)
    if not deed.signed_on or sent_on < deed.signed_on:
        raise ValidationError("La copie part une fois l'acte signé de tous.")
    if sent_on > timezone.localdate():
        raise ValidationError("Cette date est à venir : vérifiez-la.")
    copy = DeedCopy(deed=deed, to=to, sent_on=sent_on, sent_by=by)
    copy.validate_constraints()
    copy.save()
    record(
        "bursaries.agreement.copy_sent",
        subject=deed.agreement,
        actor=by,
        data={"deed": deed.pk, "to": to},
    )
    return copy


def signed(deed: Deed) -> None:
    """Its final file is made: tell the person and the desk. In that transaction."""
    entry = record(
        "bursaries.agreement.signed", subject=deed.agreement, data={"deed": deed.pk}
    )
    plan_payments.delay_on_commit(deed.agreement_id)
    agreement_letters.signed(deed, entry)


# --- The library ---------------------------------------------------------------------


@transaction.atomic
def write_clause(
    key: str,
    *,
    scheme: Scheme | None,
    title: str,
    body: str,
    is_used: bool,
    by: User,
) -> ClauseText:
    """A new wording of a clause: agreements written from now on begin with it."""
    clauses.check(body)
    last = ClauseText.objects.filter(key=key, scheme=scheme).order_by("number").last()
    text = ClauseText(
        key=key,
        scheme=scheme,
        number=last.number + 1 if last else 1,
        title=title.strip(),
        body=body.strip(),
        is_used=is_used,
        written_by=by,
    )
    text.validate_constraints()
    text.save()
    record("bursaries.clause.written", subject=text, actor=by)
    return text


# --- How -----------------------------------------------------------------------------


def _held(deed: Deed) -> Deed:
    """The agreement first, then its deed, kept from everybody else."""
    agreement = locked(Agreement(pk=deed.agreement_id))
    deed = locked(deed)
    deed.agreement = agreement
    return deed


def _draft(deed: Deed) -> Deed:
    deed = _held(deed)
    deed.require_draft()
    return deed


def _to_sign(deed: Deed, signatory: Signatory | None = None) -> Deed:
    deed = _held(deed)
    if deed.state != Deed.State.TO_SIGN:
        raise ValidationError("Cet acte n'est pas à signer.")
    if signatory and signatory.request_id != deed.circuit_id:
        raise ValidationError("Ce document a changé depuis : relisez le nouveau.")
    return deed
