"""What the law asks of the Département's own installation aid: pure rules.

Each `Finding` names its rule of the catalogue, how firm it is and the article. Filing
refuses only what makes the request itself impossible:
whoever writes to an administration gets a receipt, not a closed door.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework import findings
from casework.days import said
from casework.findings import Finding, Severity
from installation.aid_choices import Mode, TenYears
from installation.eligibility import (
    Earlier,
    Zone,
    eligible_from,
    ten_years_bar,
)
from installation.eligibility import Standing as Bar
from territory.zones import category

LEAST_MONTHS = 36
# R. 1511-44: what each kind is, in the order of the article.
KINDS_FOR_CENTRES = ("investment", "premises")
AIDED_BY_DOCTORS_ZONING = ("ZIP", "ZAC", "QPV_ZIP", "QPV_ZAC", "GQ_ZIP", "GQ_ZAC")
AIDED_BY_DENTISTS_ZONING = ("très sous-dotée", "sous-dotée")


@dataclass(frozen=True)
class Facts:
    """What the rules read of a request; nothing is looked up."""

    kind: str
    is_centre: bool
    mode: str
    months: int
    # The zone under the version kept with the request, and under today's.
    zone: Zone
    zone_today: Zone | None = None
    earlier: tuple[Earlier, ...] = ()
    is_attested: bool = False
    awaited_pieces: tuple[str, ...] = ()
    opinion_asked: bool = False
    opinion_received: bool = False
    implicit_refusal_on: date | None = None


def is_aided(zone: Zone) -> bool:
    """Is this one of the zones of L. 1434-4, 1° of the profession (R-24, R-25)?"""
    if not zone.is_loaded or zone.is_unclear:
        return False
    aided = (
        AIDED_BY_DENTISTS_ZONING
        if zone.kind == "ars_dentists"
        else AIDED_BY_DOCTORS_ZONING
    )
    known = {category(zone.code), category(zone.label)}
    return any(category(code) in known for code in aided)


def on_filing(facts: Facts, day: date) -> list[Finding]:
    """What is said to whoever files; only a BLOCK keeps the request from leaving."""
    return [
        *_kind(facts),
        *_months(facts),
        *_attestation(facts),
        *_zone(facts, Severity.WARN),
        *_ten_years(facts, day, Severity.WARN),
    ]


def on_decision(facts: Facts, day: date) -> list[Finding]:
    """What stands before the grant in principle, which is then put to the vote."""
    return [
        *_kind(facts),
        *_months(facts),
        *_attestation(facts),
        *_zone(facts, Severity.BLOCK),
        *_ten_years(facts, day, Severity.BLOCK),
        *findings.awaited(facts.awaited_pieces),
        *_opinion(facts),
        *findings.silence(facts.implicit_refusal_on, day),
    ]


def _kind(facts: Facts) -> Iterator[Finding]:
    if facts.is_centre and facts.kind not in KINDS_FOR_CENTRES:
        yield Finding(
            "R-26",
            Severity.BLOCK,
            "Un centre de santé peut recevoir une aide à l’investissement ou au "
            "fonctionnement, ou des locaux : pas les autres aides.",
            "article R. 1511-44 du CGCT",
        )
    if facts.kind == "flat_bonus" and facts.mode == Mode.SALARIED:
        yield Finding(
            "R. 1511-44",
            Severity.BLOCK,
            "La prime d’exercice forfaitaire est réservée aux professionnels libéraux.",
            "article R. 1511-44, 5° du CGCT",
        )


def _months(facts: Facts) -> Iterator[Finding]:
    if facts.months < LEAST_MONTHS:
        yield Finding(
            "R-20",
            Severity.BLOCK,
            "En contrepartie de l’aide, l’exercice dans la zone dure au moins trois "
            f"ans : {LEAST_MONTHS} mois, vous en proposez {facts.months}.",
            "article R. 1511-45 du CGCT",
        )


def _attestation(facts: Facts) -> Iterator[Finding]:
    if not facts.is_attested and not facts.is_centre:
        yield Finding(
            "R-22",
            Severity.BLOCK,
            "Il manque l’attestation sur l’honneur : elle est annexée à la convention.",
            "article D. 1511-47 du CGCT",
        )


def _zone(facts: Facts, firmness: Severity) -> Iterator[Finding]:
    zone, rule = facts.zone, "R-25" if facts.zone.kind == "ars_dentists" else "R-24"
    article = "article L. 1511-8, I du CGCT"
    if not zone.is_loaded:
        yield Finding(
            rule,
            Severity.WARN,
            f"Le {zone.name} n’est pas chargé : l’ARS dit la zone.",
            article,
        )
    elif zone.is_unclear:
        yield Finding(
            rule,
            Severity.WARN,
            "La commune n’est classée qu’en partie : l’adresse du lieu d’exercice "
            "décide.",
            article,
        )
    elif not is_aided(zone):
        found = f"« {zone.label or zone.code} »" if zone.code else "hors zone"
        yield Finding(
            rule,
            firmness,
            f"Le lieu d’exercice est {found} dans le {zone.name}, {zone.version}, en "
            "vigueur à la date de référence : l’aide demande une zone où l’offre de "
            "soins est insuffisante.",
            article,
        )
    elif (today := facts.zone_today) and today.is_loaded and not is_aided(today):
        yield Finding(
            rule,
            Severity.WARN,
            f"Le {today.name} a changé depuis ({today.version}) et ne classe plus ce "
            "lieu. La version de la demande reste la référence : l’aide demeure "
            "possible.",
            article,
        )


def _ten_years(facts: Facts, day: date, firmness: Severity) -> Iterator[Finding]:
    for earlier in facts.earlier:
        if earlier.kind != TenYears.LOCAL:
            continue
        bar = ten_years_bar(earlier, day)
        if bar is None:
            continue
        origin = "notre registre" if earlier.is_registered else "la déclaration"
        yield Finding(
            "R-21",
            firmness if bar == Bar.FAILED else Severity.WARN,
            f"Une convention d’aide à l’installation a été signée le "
            f"{said(earlier.on)} (d’après {origin}) : nouvelle aide possible à partir "
            f"du {said(eligible_from(earlier.on))}.",
            "article D. 1511-47 du CGCT",
        )


def _opinion(facts: Facts) -> Iterator[Finding]:
    if not facts.opinion_received:
        asked = "demandé mais pas reçu" if facts.opinion_asked else "pas demandé"
        yield Finding(
            "R-23",
            Severity.BLOCK,
            f"L’avis de l’ARS sur le projet de convention est {asked} : il précède le "
            "vote.",
            "article R. 1511-46 du CGCT",
        )
