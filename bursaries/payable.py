"""Why a payment may not be ordered on a day: every reason, not the first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import TextChoices

from bursaries.schedule import Line
from casework.days import said
from casework.typography import euros

# A new account is not paid before so many hours (an e-mail warned its holder).
FROZEN_HOURS = 48


class Block(TextChoices):
    """What holds a payment back, as lists filter it."""

    NOT_SIGNED = "not_signed", "convention à signer"
    NOT_EXECUTORY = "not_executory", "convention pas encore exécutoire"
    ENDED = "ended", "convention terminée"
    BREACH = "breach", "manquement en cours d'examen"
    NOT_DUE = "not_due", "pas encore échue"
    IBAN_MISSING = "iban_missing", "RIB manquant"
    IBAN_UNCHECKED = "iban_unchecked", "RIB à vérifier"
    IBAN_FROZEN = "iban_frozen", "RIB changé il y a moins de 48 heures"
    ENROLMENT = "enrolment", "certificat de scolarité manquant"
    SUSPENDED = "suspended", "convention suspendue"
    FAILURE = "failure", "année redoublée non payée"
    MONTHLY_CEILING = "monthly_ceiling", "plafond du mois"
    CYCLE_CEILING = "cycle_ceiling", "plafond du troisième cycle"
    BEYOND = "beyond", "au-delà de ce que prévoit le règlement"


@dataclass(frozen=True)
class Reason:
    """One obstacle: in words, by which rule, and what lifts it."""

    code: Block
    text: str
    rule: str = ""
    article: str = ""
    then: str = ""


@dataclass(frozen=True)
class Account:
    """The bank account on file; `usable_at` ends the freeze of a new one."""

    is_checked: bool
    usable_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """Where the agreement stands on the day of the order.

    `executory_since` is None until it is sent to the prefecture and notified.
    `left` is what the scheme still allows in euros, `months_left` in months,
    `monthly_most` what the ceiling leaves a month, `cycle_left` what it leaves for the
    whole third cycle; None where no such limit exists.
    """

    missing_signatures: tuple[str, ...] = ()
    executory_since: date | None = None
    ended_on: date | None = None
    is_in_breach: bool = False
    account: Account | None = None
    enrolled: frozenset[int] = frozenset()
    enrolment_by: date | None = None
    is_suspended: bool = False
    unpaid_years: frozenset[int] = field(default_factory=frozenset)
    left: Decimal | None = None
    months_left: int | None = None
    monthly_most: Decimal | None = None
    cycle_left: Decimal | None = None


def reasons(payment: Line, facts: Facts, now: datetime, day: date) -> list[Reason]:
    """All that stands in the way that day; nothing found, it may be ordered."""
    return [
        *_agreement(facts, day),
        *_due(payment, day),
        *_account(facts, now),
        *_studies(payment, facts),
        *_limits(payment, facts),
    ]


def _agreement(facts: Facts, day: date) -> Iterator[Reason]:
    """R-16: signed by both and binding; nothing once it has ended."""
    if facts.missing_signatures:
        names = ", ".join(facts.missing_signatures)
        yield Reason(
            Block.NOT_SIGNED,
            f"Il manque une signature : {names}.",
            "R-16",
            then="Relancer la signature.",
        )
    if facts.executory_since is None or facts.executory_since > day:
        yield Reason(
            Block.NOT_EXECUTORY,
            "La convention n’est pas encore exécutoire.",
            "R-16",
            "article L. 3131-1 du CGCT",
            "Noter la transmission à la préfecture et la notification.",
        )
    if facts.ended_on and facts.ended_on <= day:
        yield Reason(
            Block.ENDED, f"La convention a pris fin le {said(facts.ended_on)}.", "R-17"
        )
    if facts.is_in_breach:
        yield Reason(
            Block.BREACH,
            "Un manquement est en cours d’examen : rien n’est versé avant sa fin.",
            "R-60",
            then="Clore l’examen, ou mettre en demeure.",
        )
    if facts.is_suspended:
        yield Reason(
            Block.SUSPENDED,
            "La convention est suspendue : les versements reprennent avec elle.",
            "R-18",
        )


def _due(payment: Line, day: date) -> Iterator[Reason]:
    if payment.due_on > day:
        yield Reason(
            Block.NOT_DUE, f"Elle est due à partir du {said(payment.due_on)}.", "R-17"
        )


def _account(facts: Facts, now: datetime) -> Iterator[Reason]:
    if facts.account is None:
        yield Reason(
            Block.IBAN_MISSING,
            "Aucun relevé d’identité bancaire n’est enregistré.",
            "R-16",
            then="Demander le RIB à la personne.",
        )
        return
    if not facts.account.is_checked:
        yield Reason(
            Block.IBAN_UNCHECKED,
            "Le relevé d’identité bancaire n’est pas encore vérifié.",
            "R-16",
            then="Comparer le nom et l’IBAN avec le RIB envoyé.",
        )
    if facts.account.usable_at and facts.account.usable_at > now:
        yield Reason(
            Block.IBAN_FROZEN,
            f"Le compte vient de changer : il est gelé {FROZEN_HOURS} heures, le temps "
            "que la personne puisse nous alerter.",
            then="Attendre la fin du gel.",
        )


def _studies(payment: Line, facts: Facts) -> Iterator[Reason]:
    """R-16: enrolled in each academic year that the payment is for."""
    for year in payment.years:
        if year in facts.unpaid_years:
            yield Reason(
                Block.FAILURE,
                f"L’année {_said(year)} est redoublée : le règlement ne la paie pas.",
                "R-17",
            )
        if year not in facts.enrolled:
            by = f" avant le {said(facts.enrolment_by)}" if facts.enrolment_by else ""
            yield Reason(
                Block.ENROLMENT,
                f"Il manque le certificat de scolarité {_said(year)}. Le versement "
                "attend, il n’est pas perdu.",
                "R-16",
                then=f"Demander le certificat à la personne{by}.",
            )


def _limits(payment: Line, facts: Facts) -> Iterator[Reason]:
    """R-12, R-13, R-17: what the law and the scheme still allow."""
    if facts.monthly_most is not None and payment.highest > facts.monthly_most:
        yield Reason(
            Block.MONTHLY_CEILING,
            f"Avec les aides des autres collectivités, {euros(facts.monthly_most)} par "
            "mois au plus peuvent être versés.",
            "R-12",
            "article D. 1511-54 du CGCT",
            "Baisser le montant par un avenant.",
        )
    if facts.cycle_left is not None and payment.amount > facts.cycle_left:
        yield Reason(
            Block.CYCLE_CEILING,
            f"Il reste {euros(facts.cycle_left)} sous le plafond du troisième cycle.",
            "R-13",
            "article D. 1511-54 du CGCT",
            "Baisser le montant par un avenant.",
        )
    is_over = facts.left is not None and payment.amount > facts.left
    is_late = facts.months_left is not None and payment.months > facts.months_left
    if is_over or is_late:
        yield Reason(
            Block.BEYOND,
            "Le règlement ne prévoit pas ce versement : son total ou ses mois sont "
            "atteints.",
            "R-17",
        )


def _said(year: int) -> str:
    """« 2026-2027 »."""
    return f"{year}-{year + 1}"
