"""From the rows of an agreement to the facts that the rules read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from bursaries import repayment, standing
from bursaries.choices import ProofKind, RepeatedYear
from bursaries.models import Agreement, Deed
from bursaries.reminding import Given
from bursaries.repayment import Formula
from bursaries.service import Commitment, Practice
from bursaries.spans import Span
from bursaries.standing import Facts

YEAR_MONTHS = 12


def facts(agreement: Agreement, day: date) -> Facts:
    """What is known of an agreement, under the terms in force that day."""
    root, terms = agreement.root, agreement.terms_on(day)
    commitment = commitment_of(agreement, terms)
    return Facts(
        starts_on=root.starts_on,
        diploma_due_on=agreement.diploma_due_on,
        window_months=terms.window_months,
        commitment=commitment,
        signed_on=root.signed_on,
        executory_since=executory_since(agreement),
        diploma_on=agreement.diploma_on,
        practices=tuple(_practices(agreement, commitment)),
        suspensions=tuple(one.span for one in agreement.suspensions.all()),
        pauses_service=agreement.version.pauses_service,
        ended_on=agreement.ended_on,
    )


def executory_since(agreement: Agreement) -> date | None:
    """The agreement and the deliberation that allows it both bind (R-16)."""
    days = [agreement.root.binds_since, agreement.session.binds_since]
    return max(days) if all(days) else None


def commitment_of(agreement: Agreement, terms: Deed) -> Commitment:
    """What is owed; a repeated year lengthens it where the scheme says so."""
    version = agreement.version
    more = 0
    if version.repeated_year == RepeatedYear.LENGTHENS:
        repeated = sum(proof.is_repeated for proof in agreement.proofs.all())
        more = YEAR_MONTHS * min(repeated, version.max_repeated_years)
    return Commitment(
        months=terms.commitment_months + more,
        days_a_week=Fraction(terms.days_a_week),
        counts_intensity=version.formula == Formula.PRORATA_INTENSITY,
    )


def _practices(agreement: Agreement, commitment: Commitment) -> Iterator[Practice]:
    """Each place, cut where an amendment changes the days promised a week.

    The rules count against one number of days: what was worked while another was
    promised is told in proportion.
    """
    cuts = sorted(
        deed.effective_on for deed in agreement.signed_deeds if not deed.is_root
    )
    for place in agreement.places.all():
        span = place.span
        edges = [span.start, *(day for day in cuts if span.holds(day)), span.end]
        for start, end in pairwise(sorted(set(edges))):
            promised = Fraction(agreement.terms_on(start).days_a_week)
            days = Fraction(place.days_a_week) * commitment.days_a_week / promised
            yield Practice(Span(start, end), days)


def enrolled_years(agreement: Agreement) -> frozenset[int]:
    """The academic years whose enrolment was accepted."""
    return frozenset(
        proof.year
        for proof in agreement.proofs.all()
        if proof.kind == ProofKind.ENROLMENT and proof.is_accepted
    )


def given(agreement: Agreement) -> Given:
    """What needs no reminder: a paper sent and not looked at yet is one."""
    return Given(
        frozenset(
            proof.year
            for proof in agreement.proofs.all()
            if proof.kind == ProofKind.ENROLMENT and proof.is_accepted is not False
        ),
        frozenset(one.due_on for one in agreement.declarations.all()),
    )


def repayment_terms(agreement: Agreement) -> repayment.Terms:
    version = agreement.version
    penalty = repayment.Penalty(
        version.penalty_fixed, version.penalty_monthly, version.penalty_least
    )
    return repayment.Terms(
        formula=Formula(version.formula),
        steps=tuple(
            repayment.Step(step.below_months, Fraction(step.percent) / 100)
            for step in version.steps.all()
        ),
        penalty=penalty if penalty != repayment.Penalty() else None,
        bears_interest=version.bears_interest,
    )


def if_left_on(agreement: Agreement, day: date, paid: Decimal) -> repayment.Sheet:
    """What would be paid back had everything stopped that day; nothing is kept."""
    known = facts(agreement, day).known_on(day)
    settled_on = known.settled_on
    owed = known.commitment.days(settled_on) if settled_on else 0
    terms = replace(repayment_terms(agreement), bears_interest=False)
    return repayment.sheet(
        terms,
        repayment.Facts(
            paid=paid,
            committed=owed,
            served=known.served(day),
            started_on=settled_on,
        ),
        signed_on=agreement.root.signed_on or day,
        day=day,
    )


def standing_on(agreement: Agreement, day: date) -> standing.Standing:
    return standing.standing(facts(agreement, day), day)
