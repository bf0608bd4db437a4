"""From the rows of an agreement to what the rules of payment read."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from bursaries import agreement_clock, agreement_words, bank, payable, schedule
from bursaries.actions.applications import ceiling_on
from bursaries.ceilings import StudyYear, monthly, total
from bursaries.choices import THIRD_CYCLE, LegalBasis, RepeatedYear, StudyLevel
from bursaries.models import Agreement, PaymentLine
from bursaries.payable import Facts, Reason
from bursaries.schedule import Line, academic_year
from bursaries.spans import Span

NONE = Decimal("0.00")
# The first day and the last of an academic year, half-open.
FIRST_MONTH = 9


def unpaid_years(agreement: Agreement) -> frozenset[int]:
    """Academic years that the scheme does not pay: repeated ones, or too many."""
    repeated = sorted(
        proof.year for proof in agreement.proofs.all() if proof.is_repeated
    )
    version = agreement.version
    if version.repeated_year == RepeatedYear.UNPAID:
        return frozenset(repeated)
    return frozenset(repeated[version.max_repeated_years :])


def pauses(agreement: Agreement) -> list[Span]:
    """Months that give nothing: suspensions, and academic years that are not paid."""
    found = [
        Span(date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1))
        for year in unpaid_years(agreement)
    ]
    if agreement.version.pauses_payments:
        found += [one.span for one in agreement.suspensions.all()]
    return found


def lines(agreement: Agreement) -> list[Line]:
    """All the payments of an agreement: what was ordered as it was, then the rest."""
    root = agreement.root
    amendments = [
        schedule.Amendment(deed.effective_on, agreement_words.terms(deed))
        for deed in agreement.signed_deeds
        if not deed.is_root
    ]
    ends = [day for day in (agreement.diploma_on, agreement.ended_on) if day]
    settled = PaymentLine.objects.of(agreement).settled().order_by("since")
    return schedule.lines(
        agreement_words.terms(root),
        starts_on=root.starts_on,
        ends_on=min(ends, default=date.max),
        amendments=amendments,
        pauses=pauses(agreement),
        settled=[row.line for row in settled],
    )


def facts(agreement: Agreement, day: date) -> Facts:
    """Where the agreement stands for a payment, that day."""
    root, terms = agreement.root, agreement.terms_on(day)
    version, application = agreement.version, agreement.application
    settled = list(PaymentLine.objects.of(agreement).settled())
    spent = sum((row.amount for row in settled), NONE)
    known = agreement_clock.facts(agreement, day)
    monthly_most = cycle_left = None
    if terms.legal_basis == LegalBasis.STUDIES and (ceiling := ceiling_on(day)):
        monthly_most = monthly(ceiling.pay, application.others_monthly)
        if StudyLevel(application.level) in THIRD_CYCLE:
            cycle_left = total(_cycle(agreement, day)) - spent
    return Facts(
        missing_signatures=tuple(
            str(one)
            for one in (root.circuit.signatories.all() if root.circuit else ())
            if not one.has_signed
        )
        or (() if root.signed_on else ("toutes",)),
        executory_since=agreement_clock.executory_since(agreement),
        ended_on=agreement.ended_on,
        is_in_breach=agreement.open_breach is not None,
        account=bank.account_of(agreement.person),
        enrolled=agreement_clock.enrolled_years(agreement),
        enrolment_by=_enrolment_by(agreement, day),
        is_suspended=version.pauses_payments and known.is_suspended(day),
        unpaid_years=unpaid_years(agreement),
        left=terms.max_total - spent,
        months_left=terms.months - sum(row.months for row in settled),
        monthly_most=monthly_most,
        cycle_left=cycle_left,
    )


def _cycle(agreement: Agreement, day: date) -> list[StudyYear]:
    """The years of the third cycle since the agreement, the current one included."""
    repeated = {proof.year for proof in agreement.proofs.all() if proof.is_repeated}
    first = academic_year(agreement.root.starts_on)
    found = []
    for year in range(first, max(academic_year(day), first) + 1):
        ceiling = ceiling_on(date(year, FIRST_MONTH, 1)) or ceiling_on(day)
        if ceiling:
            found.append(StudyYear(ceiling.pay, is_repeated=year in repeated))
    return found


def _enrolment_by(agreement: Agreement, day: date) -> date:
    version = agreement.version
    year = academic_year(day)
    later = version.enrolment_month < FIRST_MONTH
    return date(year + later, version.enrolment_month, version.enrolment_day)


def reasons(row: PaymentLine, known: Facts, now: datetime) -> list[Reason]:
    """Every reason why a line may not be ordered now."""
    return payable.reasons(row.line, known, now, timezone.localdate(now))
