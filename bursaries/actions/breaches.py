"""When an agreement is not kept: clarified, claimed, computed, repaid or released.

Each step locks the agreement first, then the case.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bursaries import agreement_clock, breach_letters, instalments, repayment
from bursaries.choices import Ending, Outcome
from bursaries.models import (
    Agreement,
    BreachCase,
    BreachStep,
    Deed,
    PaymentLine,
    RepaymentInstalment,
    RepaymentReceipt,
    RepaymentSheet,
)
from casework.days import said
from casework.journal import record
from casework.locking import locked
from documents import keeping
from documents.models import Document

NONE = Decimal("0.00")


@transaction.atomic
def open_case(
    agreement: Agreement, *, ground: str, since: dt.date, by: User
) -> BreachCase:
    """Look into it: no payment leaves while it is open."""
    agreement = _agreement(agreement)
    agreement.require_running()
    if agreement.root.state not in {Deed.State.SIGNED, Deed.State.EXECUTORY}:
        raise ValidationError("La convention n'est pas encore signée.")
    day = timezone.localdate()
    if since > day:
        raise ValidationError("Ce jour est à venir.")
    case = BreachCase(
        agreement=agreement, ground=ground, since=since, opened_on=day, opened_by=by
    )
    case.validate_constraints()
    case.save()
    _record("opened", case, by)
    return case


@transaction.atomic
def log_step(
    case: BreachCase,
    *,
    on: dt.date,
    kind: str,
    text: str,
    until: dt.date | None = None,
    by: User,
) -> BreachStep:
    """A contact, a delay granted, a step of the person: kept as it was told."""
    case = _held(case)
    case.require_open()
    if on > timezone.localdate():
        raise ValidationError("Cette date est à venir.")
    is_delay = kind == BreachStep.Kind.DELAY
    if is_delay and (until is None or until <= on):
        raise ValidationError("Dites jusqu'à quand le délai est accordé.")
    step = case.steps.create(
        on=on,
        kind=kind,
        text=text.strip(),
        until=until if is_delay else None,
        noted_by=by,
    )
    _record("step_logged", case, by)
    return step


@transaction.atomic
def give_notice(case: BreachCase, *, text: str, by: User) -> BreachCase:
    """The letter of formal notice, with its deadline and its legal basis (R-60)."""
    case = _held(case)
    case.require_open()
    if case.notice_on:
        raise ValidationError("La mise en demeure est déjà partie.")
    if not case.steps.exists():
        raise ValidationError(
            "Notez d'abord au moins un échange : la mise en demeure vient après la "
            "recherche d'un accord."
        )
    day = timezone.localdate()
    until = day + dt.timedelta(days=case.agreement.version.notice_days)
    document = keeping.keep(
        breach_letters.notice_pdf(case, text.strip(), day, until),
        name=f"mise-en-demeure-{case.agreement.reference}.pdf",
        media_type=Document.MediaType.PDF,
        kind="breach-notice",
    )
    case.give_notice(document, on=day, until=until)
    entry = _record("notice_given", case, by)
    breach_letters.notice_given(case, entry)
    return case


@transaction.atomic
def compute(case: BreachCase, *, by: User) -> RepaymentSheet:
    """What is due today by the clause of the agreement, its inputs kept beside."""
    case = _held(case)
    case.require_open()
    if case.notice_on is None:
        raise ValidationError("Le calcul vient après la mise en demeure.")
    day = timezone.localdate()
    if day < case.notice_until:
        raise ValidationError(
            f"La mise en demeure laisse jusqu'au {said(case.notice_until)}."
        )
    if case.sheet and case.sheet.instalments.exists():
        raise ValidationError("Un échéancier est déjà accepté sur le dernier calcul.")
    agreement = case.agreement
    known = agreement_clock.facts(agreement, case.since).known_on(case.since)
    settled_on = known.settled_on
    # Interest runs at a rate the accountant knows: it is theirs to add.
    terms = replace(agreement_clock.repayment_terms(agreement), bears_interest=False)
    facts = repayment.Facts(
        paid=_paid(agreement),
        committed=known.commitment.days(settled_on) if settled_on else 0,
        served=known.served(case.since),
        started_on=settled_on,
    )
    sheet = repayment.sheet(
        terms,
        facts,
        signed_on=agreement.root.signed_on,
        day=day,
    )
    made = RepaymentSheet.objects.create(
        case=case,
        number=case.sheets.count() + 1,
        on=day,
        inputs={
            "formule": str(terms.formula.label),
            "versé": f"{facts.paid:.2f}",
            "jours promis": facts.committed,
            "jours servis": str(facts.served),
            "premier jour d'exercice": settled_on and settled_on.isoformat(),
            "compté au": case.since.isoformat(),
            "signée le": agreement.root.signed_on.isoformat(),
            "mise en demeure": case.notice_on.isoformat(),
            "intérêts": "au taux légal depuis la mise en demeure, ajoutés par le payeur"
            if agreement.version.bears_interest
            else "aucun",
        },
        lines=[[line.label, f"{line.amount:.2f}"] for line in sheet.lines],
        due=sheet.due,
        made_by=by,
    )
    _record("computed", case, by, sheet=made.pk)
    return made


@transaction.atomic
def check(sheet: RepaymentSheet, *, by: User) -> RepaymentSheet:
    """Another agent made the calculation again and agrees: it is due."""
    case = _held(sheet.case)
    case.require_open()
    sheet = locked(sheet)
    if sheet.number != case.sheets.count():
        raise ValidationError("Un calcul plus récent existe : vérifiez celui-là.")
    if f"{_paid(case.agreement):.2f}" != sheet.inputs["versé"]:
        raise ValidationError(
            "Les sommes versées ont changé depuis : refaites le calcul."
        )
    sheet.check_by(by)
    entry = _record("checked", case, by, sheet=sheet.pk)
    breach_letters.due(case, sheet, entry)
    return sheet


@transaction.atomic
def spread(
    sheet: RepaymentSheet, *, count: int, first_on: dt.date, by: User
) -> list[RepaymentInstalment]:
    """So many monthly sums, at most as many as the scheme allows."""
    case = _held(sheet.case)
    case.require_open()
    sheet = locked(sheet)
    if not sheet.is_checked or case.sheet != sheet:
        raise ValidationError("L'échéancier vient après un calcul vérifié.")
    if sheet.instalments.exists():
        raise ValidationError("L'échéancier est déjà fixé.")
    most = case.agreement.version.max_instalments
    if count > most:
        raise ValidationError(f"Le règlement prévoit {most} mensualités au plus.")
    if first_on < timezone.localdate():
        raise ValidationError("La première mensualité est à venir.")
    plan = instalments.plan(sheet.due, count, first_on)
    made = RepaymentInstalment.objects.bulk_create(
        RepaymentInstalment(sheet=sheet, due_on=one.due_on, amount=one.amount)
        for one in plan
    )
    entry = _record("spread", case, by, sheet=sheet.pk)
    breach_letters.spread(case, plan, entry)
    return made


@transaction.atomic
def note_title(
    sheet: RepaymentSheet, *, number: str, on: dt.date, by: User
) -> RepaymentSheet:
    case = _held(sheet.case)
    sheet = locked(sheet)
    sheet.note_title(number, on)
    _record("title_noted", case, by, sheet=sheet.pk)
    return sheet


@transaction.atomic
def receive(
    sheet: RepaymentSheet, *, on: dt.date, amount: Decimal, note: str, by: User
) -> RepaymentReceipt:
    """A sum came in; the last one closes the case and ends the agreement."""
    case = _held(sheet.case)
    case.require_open()
    sheet = locked(sheet)
    if not sheet.instalments.exists():
        raise ValidationError("Fixez d'abord l'échéancier.")
    if on > timezone.localdate():
        raise ValidationError("Cette date est à venir.")
    receipt = RepaymentReceipt(
        sheet=sheet, on=on, amount=amount, note=note.strip(), noted_by=by
    )
    receipt.validate_constraints()
    receipt.save()
    _record("received", case, by, sheet=sheet.pk)
    plan = [one.value for one in sheet.instalments.all()]
    came = [one.value for one in sheet.receipts.all()]
    if instalments.balance(plan, came, timezone.localdate()) <= 0:
        settled_on = instalments.settled_on(plan, came)
        case.close(Outcome.REPAID, "Tout est remboursé.", on=settled_on)
        case.agreement.end(Ending.REPAID, "Tout est remboursé.", on=settled_on)
        _record("closed", case, by)
    return receipt


@transaction.atomic
def close(case: BreachCase, *, outcome: str, text: str, by: User) -> BreachCase:
    """Cleared up, or released by deliberation: nothing is asked any more."""
    case = _held(case)
    if outcome == Outcome.REPAID:
        raise ValidationError("Il se clôt avec la dernière somme reçue.")
    day = timezone.localdate()
    case.close(outcome, text, on=day)
    if outcome == Outcome.RELEASED:
        case.agreement.end(Ending.RELEASED, text, on=day)
    _record("closed", case, by)
    return case


def _paid(agreement: Agreement) -> Decimal:
    """What the person really received, in euros."""
    rows = PaymentLine.objects.of(agreement).paid()
    return sum((row.amount for row in rows), NONE)


def _agreement(agreement: Agreement) -> Agreement:
    locked(Agreement(pk=agreement.pk))
    return Agreement.objects.with_facts().get(pk=agreement.pk)


def _held(case: BreachCase) -> BreachCase:
    agreement = _agreement(Agreement(pk=case.agreement_id))
    case = locked(case)
    case.agreement = agreement
    return case


def _record(name: str, case: BreachCase, by: User, **more):
    return record(
        f"bursaries.breach.{name}",
        subject=case.agreement,
        actor=by,
        data={"case": case.pk, **more},
    )
