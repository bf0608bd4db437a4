"""What is done with an application for a bursary, up to its vote.

Each step locks the application first, writes the journal and owes the messages.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person, User
from bursaries import application_rules
from bursaries.application_letters import LETTERS, new_application
from bursaries.application_rules import Facts
from bursaries.choices import LegalBasis, Moment
from bursaries.eligibility import Answers, Terms
from bursaries.models import (
    ApplicationPiece,
    ApplicationState,
    BursaryApplication,
    SchemeVersion,
)
from bursaries.projection import Ceiling, Projection, project
from bursaries.wording import attestation
from casework import receipts, references
from casework.findings import Finding, blocking
from casework.journal import record
from casework.locking import locked
from casework.models import IDENTITY, require_identity
from documents import examining
from internships.models import IndemnityRate

# What the journal calls all that happens to one.
AREA = "bursaries.application"


# --- The draft -----------------------------------------------------------------------


def draft_of(person: Person) -> BursaryApplication | None:
    drafts = BursaryApplication.objects.drafts().of(person)
    return drafts.select_related("version__scheme", "person").first()


def open_of(person: Person) -> BursaryApplication | None:
    """The one already filed and not answered."""
    return BursaryApplication.objects.open().of(person).first()


def blank(person: Person) -> BursaryApplication:
    """A draft not saved yet, with what we already know of the person."""
    draft = BursaryApplication(person=person)
    for name in (*IDENTITY, "phone"):
        setattr(draft, name, getattr(person, name))
    return draft


def save_draft(person: Person, answers: Mapping) -> BursaryApplication:
    return examining.save_draft(
        person,
        answers,
        blank=blank,
        pieces=lambda draft: draft.version.documents.filter(moment=Moment.APPLICATION),
    )


@transaction.atomic
def send_piece(
    application: BursaryApplication, piece: ApplicationPiece, file, *, by: User
) -> ApplicationPiece:
    """The person sends a document; the desk is told when the last one is there."""
    application, piece, entry = examining.send(
        application, piece, file, by=by, kind="bursary", area=AREA
    )
    if entry and not application.pieces.awaited().exists():
        LETTERS.pieces_received(application, entry)
    return piece


@transaction.atomic
def submit(
    draft: BursaryApplication, *, by: User, is_attested: bool
) -> BursaryApplication:
    """File it and give its receipt, with the day silence means no (R-02, R-04)."""
    application = locked(draft)
    if application.submitted_at:
        return application
    locked(application.person)
    require_identity(application)
    if not (application.level and application.starts_on and application.months):
        raise ValidationError("Complétez d'abord la page « Votre projet ».")
    if other := open_of(application.person):
        raise ValidationError(
            f"Vous avez déjà une demande en cours, {other.reference} : attendez sa "
            "réponse, ou retirez-la."
        )
    if is_attested:
        application.attestation = attestation(application)
        application.attested_at = timezone.now()
    day = timezone.localdate()
    refused = blocking(application_rules.on_filing(facts(application, day), day))
    if refused:
        raise ValidationError([finding.sentence for finding in refused])
    application.file(references.next_reference("bursaries", day))
    receipt = receipts.issue(
        application,
        to_person=application.person,
        title=application.scheme.name,
        financial=True,
        received_at=application.submitted_at,
    )
    record("bursaries.application.submitted", subject=application, actor=by)
    LETTERS.receipt(application, receipt)
    new_application(application)
    return application


@transaction.atomic
def withdraw(application: BursaryApplication, *, by: User) -> BursaryApplication:
    application = locked(application)
    if application.withdrawn_at:
        return application
    application.withdraw()
    _off_the_agenda(application)
    entry = record("bursaries.application.withdrawn", subject=application, actor=by)
    LETTERS.withdrawn(application, entry)
    return application


# --- The desk ------------------------------------------------------------------------


@transaction.atomic
def ask_pieces(
    application: BursaryApplication,
    *,
    by_day: dt.date,
    by: User,
    more: Iterable[str] = (),
) -> BursaryApplication:
    """Say what is missing and before which day; the clock waits for it (R-05)."""
    application, missing, entry = examining.ask(
        application, by_day=by_day, by=by, area=AREA, more=more
    )
    LETTERS.pieces_missing(application, missing, entry)
    return application


@transaction.atomic
def complete(application: BursaryApplication, *, by: User) -> BursaryApplication:
    """Nothing is missing: the two months run from the day the last piece came."""
    application, entry = examining.complete(application, by=by, area=AREA)
    LETTERS.complete(application, entry)
    return application


@transaction.atomic
def refuse(
    application: BursaryApplication, reason: str, *, by: User
) -> BursaryApplication:
    """Say no and why, with the remedies and the court."""
    application = locked(application)
    application.refuse(reason)
    _off_the_agenda(application)
    entry = record("bursaries.application.refused", subject=application, actor=by)
    LETTERS.refused(application, entry)
    return application


def _off_the_agenda(application: BursaryApplication) -> None:
    """Nobody votes on what was answered or withdrawn before."""
    application.agenda_items.filter(vote="").delete()


# --- What the rules read -------------------------------------------------------------


def ceiling_on(day: dt.date) -> Ceiling | None:
    """The yearly pay of a third-year intern in force that day (D. 1511-54)."""
    rates = IndemnityRate.objects.filter(kind=IndemnityRate.Kind.PAY)
    rate = rates.on(day).first()
    return rate and Ceiling(rate.amount, rate.since, rate.source)


def projection_of(
    version: SchemeVersion,
    *,
    starts_on: dt.date,
    months: int,
    others: Decimal,
    ceiling: Ceiling | None,
) -> Projection:
    """What a version would give from that month, as the ceiling of today limits it."""
    return project(
        version.monthly_amounts,
        starts_on=starts_on,
        months=min(months, version.max_months),
        max_total=version.max_total,
        pay=ceiling.pay if ceiling and needs_ceiling(version) else None,
        others=others,
    )


def cost(application: BursaryApplication, ceiling: Ceiling | None) -> Projection:
    """What the months asked for come to, or those that were granted."""
    return projection_of(
        application.version,
        starts_on=application.starts_on,
        months=application.months_granted or application.months,
        others=application.others_monthly,
        ceiling=ceiling,
    )


def needs_ceiling(version: SchemeVersion) -> bool:
    return version.legal_basis == LegalBasis.STUDIES


def facts(application: BursaryApplication, day: dt.date) -> Facts:
    """The application as the rules see it that day."""
    version = application.version
    ceiling = ceiling_on(day)
    projection = ends_on = None
    if application.starts_on and application.months:
        projection = cost(application, ceiling)
        ends_on = application.starts_on + relativedelta(months=application.months)
    return Facts(
        terms=terms_of(version),
        answers=Answers(
            profession=application.profession,
            level=application.level,
            is_enrolled=application.is_enrolled,
            is_in_eu=application.is_in_eu,
            may_practise=application.may_practise,
            cesp=application.cesp,
            has_other_commitment=application.has_other_commitment,
            is_ready=True,
        ),
        is_open=version.is_open_on(day),
        projection=projection,
        ceiling=ceiling,
        needs_ceiling=needs_ceiling(version),
        diploma_on=application.diploma_on,
        ends_on=ends_on,
        is_attested=bool(application.attested_at),
        other_bursary=_granted_to(application),
        awaited_pieces=tuple(
            piece.label
            for piece in (application.pieces.awaited() if application.pk else ())
        ),
        awaited_opinions=tuple(
            str(opinion.organisation)
            for opinion in (
                application.opinions.awaited().select_related("organisation")
                if application.pk
                else ()
            )
        ),
        implicit_refusal_on=application.implicit_refusal_on,
    )


def _granted_to(application: BursaryApplication) -> str:
    """One bursary a person (R-15), until its service is done."""
    granted = BursaryApplication.objects.of(application.person_id)
    granted = granted.filter(state=ApplicationState.GRANTED)
    other = granted.exclude(pk=application.pk).order_by("pk").first()
    return other.reference if other else ""


def terms_of(version: SchemeVersion) -> Terms:
    return Terms(
        legal_basis=version.legal_basis,
        professions=tuple(version.professions),
        levels=tuple(version.levels),
        asks_eu=version.asks_eu,
        commitment_months=version.commitment_months,
    )


def findings(application: BursaryApplication, day: dt.date) -> list[Finding]:
    """What the law says of one that is filed, before its decision."""
    return application_rules.on_decision(facts(application, day), day)
