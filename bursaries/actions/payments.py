"""Payments: planned from the facts, ordered by one, approved by another, confirmed.

The agreement is locked first, then its lines, in the order of their keys.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import DateField
from django.utils import timezone

from accounts.models import User
from bursaries import agreement_letters, paying
from bursaries.actions import bank_accounts
from bursaries.models import (
    Agreement,
    BudgetEnvelope,
    Deed,
    PaymentExport,
    PaymentLine,
)
from casework import spreadsheets
from casework.journal import record
from casework.locking import locked

# What the file says, in this order; docs/payments.md tells each column.
COLUMNS = (
    "cle",
    "convention",
    "deliberation",
    "date_deliberation",
    "beneficiaire",
    "iban",
    "bic",
    "montant",
    "pour_le_temps_depuis",
    "du_a_partir_du",
    "ligne_budgetaire",
)


@transaction.atomic
def plan(agreement: Agreement) -> int:
    """Write the lines again from today's facts, but for those ordered; how many moved.

    The same facts give the same rows: nothing is written when nothing moved.
    """
    locked(Agreement(pk=agreement.pk))
    agreement = Agreement.objects.with_facts().get(pk=agreement.pk)
    if agreement.root.state not in {Deed.State.SIGNED, Deed.State.EXECUTORY}:
        return 0
    kept = {row.since for row in PaymentLine.objects.of(agreement).settled()}
    wanted = {line.since: line for line in paying.lines(agreement)}
    wanted = {since: line for since, line in wanted.items() if since not in kept}
    planned = PaymentLine.objects.of(agreement).planned().select_for_update()
    stale = [row for row in planned if wanted.get(row.since) != row.line]
    known = {row.since for row in planned} - {row.since for row in stale}
    PaymentLine.objects.filter(pk__in=[row.pk for row in stale]).delete()
    fresh = [
        PaymentLine(
            agreement=agreement,
            since=line.since,
            due_on=line.due_on,
            amount=line.amount,
            months=line.months,
            years=list(line.years),
            highest=line.highest,
        )
        for since, line in wanted.items()
        if since not in known
    ]
    PaymentLine.objects.bulk_create(fresh)
    return len(stale) + len(fresh)


def plan_all() -> int:
    """Every running agreement, as facts and days pass; how many lines moved."""
    running = Agreement.objects.running().filter(deeds__in=Deed.objects.signed())
    return sum(plan(agreement) for agreement in running.distinct().iterator())


@transaction.atomic
def order(row: PaymentLine, *, by: User) -> PaymentLine:
    """Ask for one payment, once nothing stands in its way (R-16 to R-18)."""
    agreement, row = _held(row)
    if row.ordered_at:
        raise ValidationError("Ce versement est déjà ordonné.")
    # What is not ordered is planned after what is: its turn would be lost.
    if PaymentLine.objects.of(agreement).planned().filter(since__lt=row.since).exists():
        raise ValidationError(
            "Un versement plus ancien attend encore : il passe avant."
        )
    known = paying.facts(agreement, timezone.localdate())
    found = paying.reasons(row, known, timezone.now())
    if found:
        raise ValidationError([reason.text for reason in found])
    row.order(by=by)
    _record("ordered", row, by)
    return row


@transaction.atomic
def approve(row: PaymentLine, *, by: User) -> PaymentLine:
    """Another person agrees: what stood in the way since is looked at again."""
    agreement, row = _held(row)
    known = paying.facts(agreement, timezone.localdate())
    # Its own sum is in what is spent: what is left is not asked again.
    known = replace(known, left=None, months_left=None, cycle_left=None)
    found = paying.reasons(row, known, timezone.now())
    if found:
        raise ValidationError([reason.text for reason in found])
    row.approve(by=by)
    _record("approved", row, by)
    return row


@transaction.atomic
def cancel(row: PaymentLine, *, by: User) -> PaymentLine:
    """Give up an order; the time it was for is planned again."""
    agreement, row = _held(row)
    later = PaymentLine.objects.of(agreement).settled().filter(since__gt=row.since)
    if later.exists():
        raise ValidationError(
            "Un versement plus récent est ordonné : il s'annule avant."
        )
    row.cancel()
    _record("cancelled", row, by)
    plan(agreement)
    return row


@transaction.atomic
def send_again(row: PaymentLine, *, by: User) -> PaymentLine:
    """The bank sent it back and the account is sorted out: it joins the next file."""
    _agreement, row = _held(row)
    row.send_again()
    _record("sent_again", row, by)
    return row


# --- With the finance software -------------------------------------------------------


@transaction.atomic
def export(*, by: User) -> PaymentExport | None:
    """Put approved lines in one file, each with its account; none ready, no file.

    Whose account changed since, and is not checked or is still frozen, waits for the
    next file: nobody is paid where nobody looked.
    """
    rows = PaymentLine.objects.to_send().select_for_update(of=["self"], no_key=True)
    now, made, count = timezone.now(), None, 0
    for row in rows.select_related("agreement").order_by("pk"):
        account = bank_accounts.payable_account(row.agreement.person_id, now)
        if account is None:
            continue
        made = made or PaymentExport.objects.create(made_by=by)
        row.send(made, account)
        count += 1
    if made:
        record(
            "bursaries.payment.exported", subject=made, actor=by, data={"lines": count}
        )
    return made


def export_csv(made: PaymentExport, *, by: User) -> str:
    """The file, the same each time; each look at an account is journalled."""
    rows = made.lines.select_related("account", "agreement__session").order_by("pk")
    lines = dict(BudgetEnvelope.objects.values_list("year", "budget_line"))
    cells = (_cells(row, lines, by) for row in rows)
    return spreadsheets.as_csv(COLUMNS, cells)


def _cells(row: PaymentLine, budget_lines: dict[int, str], by: User) -> list:
    agreement, session = row.agreement, row.agreement.session
    iban, bic = bank_accounts.read(row.account, by=by)
    return [
        row.key,
        agreement.reference,
        session.number,
        session.held_on.isoformat(),
        agreement.name,
        "".join(iban.split()),
        bic,
        f"{row.amount:.2f}",
        row.since.isoformat(),
        row.due_on.isoformat(),
        budget_lines.get(row.due_on.year, ""),
    ]


@dataclass
class Import:
    """What a file of confirmations did, line by line."""

    paid: int = 0
    rejected: int = 0
    known: int = 0
    errors: list[str] = field(default_factory=list)


@transaction.atomic
def confirm(lines: Iterable[dict], *, by: User) -> Import:
    """What the bank did, from the file of finances; the same file twice does nothing.

    A line that is wrong is told with its number, and the others count.
    """
    done = Import()
    for number, line in enumerate(lines, 2):
        try:
            _confirm(line, done, by)
        except ValidationError as refusal:
            done.errors.append(f"Ligne {number} : {' '.join(refusal.messages)}")
    return done


def _confirm(line: dict, done: Import, by: User) -> None:
    reference, _, pk = (line.get("cle") or "").strip().rpartition("-")
    rows = PaymentLine.objects.filter(agreement__reference=reference)
    row = rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if row is None:
        raise ValidationError("cette clé ne correspond à aucun versement.")
    _agreement, row = _held(row)
    why, day = (line.get("rejet") or "").strip(), (line.get("date_paiement") or "")
    if row.paid_on:
        if why:
            raise ValidationError("ce versement est déjà noté comme payé.")
        done.known += 1
        return
    if row.state not in {PaymentLine.State.SENT, PaymentLine.State.REJECTED}:
        raise ValidationError("ce versement n'a pas été transmis.")
    if why:
        if row.rejection == why[:200]:
            done.known += 1
            return
        row.reject(why[:200])
        done.rejected += 1
        _record("rejected", row, by)
        return
    row.confirm(on=_day(day), warrant=(line.get("mandat") or "").strip()[:40])
    done.paid += 1
    agreement_letters.paid(row, _record("paid", row, by))


def _day(typed: str) -> dt.date:
    field = DateField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "la date de paiement manque.",
            "invalid": "la date de paiement ne se lit pas (AAAA-MM-JJ).",
        },
    )
    day = field.clean(typed.strip())
    if day > timezone.localdate():
        raise ValidationError("la date de paiement est à venir.")
    return day


def _held(row: PaymentLine) -> tuple[Agreement, PaymentLine]:
    """The agreement first, then its line, kept from everybody else."""
    locked(Agreement(pk=row.agreement_id))
    agreement = Agreement.objects.with_facts().get(pk=row.agreement_id)
    row = locked(row)
    row.agreement = agreement
    return agreement, row


def _record(name: str, row: PaymentLine, by: User):
    return record(
        f"bursaries.payment.{name}",
        subject=row.agreement,
        actor=by,
        data={"line": row.pk},
    )
