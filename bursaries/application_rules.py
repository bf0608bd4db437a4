"""What the law says of an application, when it is filed and when it is voted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bursaries.eligibility import Answers, Terms
from bursaries.eligibility import findings as eligibility
from bursaries.projection import Ceiling, Projection
from casework import findings
from casework.days import said
from casework.findings import Finding, Severity
from casework.typography import euros

CEILING_ARTICLE = "article D. 1511-54 du CGCT"


@dataclass(frozen=True)
class Facts:
    """An application as the rules see it one day."""

    terms: Terms
    answers: Answers
    is_open: bool
    projection: Projection | None
    ceiling: Ceiling | None
    # The scheme falls under D. 1511-54: no ceiling known is a fault of ours.
    needs_ceiling: bool
    diploma_on: date | None
    ends_on: date | None
    is_attested: bool
    # The reference of a bursary that the person was granted already.
    other_bursary: str = ""
    awaited_pieces: tuple[str, ...] = ()
    awaited_opinions: tuple[str, ...] = ()
    implicit_refusal_on: date | None = None


def before_filing(facts: Facts, day: date) -> list[Finding]:
    """All but the tick of the attestation, which the page asks for last."""
    return [
        *_version(facts),
        *eligibility(facts.terms, facts.answers),
        *_ceiling(facts),
        *_dates(facts, day),
        *_running(facts),
    ]


def on_filing(facts: Facts, day: date) -> list[Finding]:
    return [*before_filing(facts, day), *_attested(facts)]


def on_decision(facts: Facts, day: date) -> list[Finding]:
    return [
        *eligibility(facts.terms, facts.answers),
        *_ceiling(facts),
        *_dates(facts, day),
        *_running(facts),
        *findings.awaited(facts.awaited_pieces),
        *_opinions(facts),
        *findings.silence(facts.implicit_refusal_on, day),
    ]


def _version(facts: Facts) -> Iterator[Finding]:
    if not facts.is_open:
        yield Finding(
            "",
            Severity.BLOCK,
            "Les règles de cette bourse ont changé depuis votre brouillon, ou elle "
            "n’est plus ouverte : relisez la première page et enregistrez-la.",
        )


def _ceiling(facts: Facts) -> Iterator[Finding]:
    """R-12: all bodies together, not above the pay of a third-year intern."""
    if facts.needs_ceiling and facts.ceiling is None:
        yield Finding(
            "R-12",
            Severity.BLOCK,
            "Le plafond légal de cette année n’est pas encore enregistré : le guichet "
            "s’en charge.",
            CEILING_ARTICLE,
        )
    if facts.projection is None or not facts.projection.is_limited:
        return
    least = min(year.monthly for year in facts.projection.years)
    if least == 0:
        yield Finding(
            "R-12",
            Severity.BLOCK,
            "Les autres aides déclarées atteignent déjà le plafond légal : rien ne "
            "peut s’y ajouter.",
            CEILING_ARTICLE,
        )
        return
    yield Finding(
        "R-12",
        Severity.WARN,
        "Le plafond légal, toutes collectivités réunies, limite cette bourse à "
        f"{euros(least)} par mois.",
        CEILING_ARTICLE,
    )


def _dates(facts: Facts, day: date) -> Iterator[Finding]:
    if not (facts.diploma_on and facts.ends_on):
        return
    if facts.diploma_on <= day:
        yield Finding(
            "R-17",
            Severity.BLOCK,
            "Une bourse se demande avant le diplôme : la date indiquée est passée.",
        )
    elif facts.ends_on > facts.diploma_on:
        yield Finding(
            "R-17",
            Severity.WARN,
            f"Les mois demandés dépassent le diplôme, prévu le "
            f"{said(facts.diploma_on)} : rien n’est versé après lui.",
        )


def _running(facts: Facts) -> Iterator[Finding]:
    if facts.other_bursary:
        yield Finding(
            "R-15",
            Severity.BLOCK,
            f"Une bourse est déjà accordée à cette personne : {facts.other_bursary}.",
        )


def _attested(facts: Facts) -> Iterator[Finding]:
    if not facts.is_attested:
        yield Finding(
            "R-14",
            Severity.BLOCK,
            "L’attestation sur l’honneur est nécessaire pour déposer.",
            "article R. 631-24 du code de l’éducation",
        )


def _opinions(facts: Facts) -> Iterator[Finding]:
    if facts.awaited_opinions:
        names = ", ".join(facts.awaited_opinions)
        yield Finding(
            "", Severity.WARN, f"Un avis demandé n’est pas encore rendu : {names}."
        )
