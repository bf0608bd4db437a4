"""Who may have an aid: pure rules, which explain themselves.

Given the conditions of an aid, what somebody answered, the zones of the commune and
a day, each condition says whether it holds, fails, waits for an answer or has to be
checked by whoever grants. The verdict is the worst of them; it decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from casework.days import said
from installation.aid_choices import (
    Mode,
    Place,
    Plan,
    Practice,
    Sector,
    TenYears,
)
from territory.models import Zoning
from territory.zones import Zone, category

# Article D. 1511-47 CGCT (and D. 162-1-11-1 CSS): ten years from the last signature.
TEN_YEARS = relativedelta(years=10)
# D. 1511-47 is in force since then. Whether it counts conventions signed before is
# not settled: they are counted, and an officer may go on with a written reason.
TEN_YEARS_IN_FORCE = date(2025, 3, 15)

# Each profession is zoned by an act of its own (R-25: never the doctors' for dentists).
ZONING_OF = {
    Practice.GP: "ars_doctors",
    Practice.SPECIALIST: "ars_doctors",
    Practice.STUDENT: "ars_doctors",
    Practice.DENTIST: "ars_dentists",
    Practice.MIDWIFE: "ars_midwives",
}
LIBERAL = (Mode.LIBERAL, Mode.MIXED)


class Verdict(StrEnum):
    ELIGIBLE = "eligible"
    LIKELY = "likely"
    TO_CHECK = "to_check"
    NO = "no"


class Standing(StrEnum):
    """What becomes of one condition."""

    MET = "met"
    ASK = "ask"  # only whoever grants can tell
    MISSING = "missing"  # an answer is wanted
    CHECK = "check"  # the portal does not know enough
    FAILED = "failed"


@dataclass(frozen=True)
class Reason:
    standing: Standing
    text: str


@dataclass(frozen=True)
class ZoneRule:
    """Categories of one zoning in which an aid is paid."""

    kind: str
    codes: tuple[str, ...]
    amount: Decimal | None = None
    amount_text: str = ""

    def accepts(self, zone: Zone) -> bool:
        known = {category(zone.code), category(zone.label)} - {""}
        return any(category(code) in known for code in self.codes)


@dataclass(frozen=True)
class Conditions:
    """What an aid asks; an empty field asks nothing."""

    professions: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    first_settlement_only: bool = False
    min_days_a_week: int | None = None
    employees_below: int | None = None
    zones: tuple[ZoneRule, ...] = ()
    ten_years: str = ""
    excludes: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    closed_on: date | None = None
    is_unsure: bool = False
    intake_note: str = ""
    is_verified: bool = True
    review_on: date | None = None
    contact: str = ""
    amount: Decimal | None = None
    amount_text: str = ""


@dataclass(frozen=True)
class Earlier:
    """An aid already had: signed or granted that day, known to us or declared."""

    kind: str
    on: date
    is_registered: bool = False


@dataclass(frozen=True)
class Profile:
    """What somebody answered; an empty answer is an answer still wanted."""

    commune: str = ""
    profession: str = ""
    mode: str = ""
    plan: str = ""
    structure: str = ""
    sector: str = ""
    first_settlement: bool | None = None
    days_a_week: int | None = None
    employees: int | None = None
    planned_on: date | None = None
    earlier: tuple[Earlier, ...] = ()
    current: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Assessment:
    """The answer for one aid, with all that led to it."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    amount: Decimal | None = None
    amount_text: str = ""

    def _texts(self, *standings: Standing) -> list[str]:
        return [one.text for one in self.reasons if one.standing in standings]

    @property
    def why(self) -> list[str]:
        """What holds; for a no, what does not."""
        if self.verdict == Verdict.NO:
            return self._texts(Standing.FAILED)
        return self._texts(Standing.MET)

    @property
    def missing(self) -> list[str]:
        if self.verdict == Verdict.NO:
            return []
        return self._texts(Standing.MISSING)

    @property
    def to_check(self) -> list[str]:
        if self.verdict == Verdict.NO:
            return []
        return self._texts(Standing.CHECK, Standing.ASK)


def eligible_from(last_on: date) -> date:
    """The first day a new aid may be had: ten years after the last signature."""
    return last_on + TEN_YEARS


def ten_years_bar(earlier: Earlier, day: date) -> Standing | None:
    """Does an earlier aid stand in the way that day, and how firmly (R-21)?"""
    if eligible_from(earlier.on) <= day:
        return None
    if earlier.kind == TenYears.LOCAL:
        is_sure = earlier.is_registered and earlier.on >= TEN_YEARS_IN_FORCE
        return Standing.FAILED if is_sure else Standing.CHECK
    return Standing.FAILED


def assess(
    conditions: Conditions, profile: Profile, zones: Mapping[str, Zone], day: date
) -> Assessment:
    """The verdict for one aid: the worst of its conditions."""
    # Somebody who plans for later asks for an aid then, not today.
    then = max(day, profile.planned_on or day)
    rule = _paid_in(conditions, profile, zones)
    warnings: list[str] = []
    reasons = [
        *_who(conditions, profile),
        *_zone(conditions, profile, zones, rule),
        *_practice(conditions, profile),
        *_ten_years(conditions, profile, then, warnings),
        *_exclusivities(conditions, profile, warnings),
        *_state(conditions, then, day),
        *(Reason(Standing.ASK, text) for text in conditions.others),
    ]
    return Assessment(
        _verdict(reasons),
        tuple(reasons),
        tuple(warnings),
        rule.amount if rule and rule.amount is not None else conditions.amount,
        (rule.amount_text if rule else "") or conditions.amount_text,
    )


def _verdict(reasons: Iterable[Reason]) -> Verdict:
    found = {reason.standing for reason in reasons}
    if Standing.FAILED in found:
        return Verdict.NO
    if Standing.CHECK in found:
        return Verdict.TO_CHECK
    if found & {Standing.MISSING, Standing.ASK}:
        return Verdict.LIKELY
    return Verdict.ELIGIBLE


def _who(conditions: Conditions, profile: Profile):
    """What one is and wants: what suits is told in one line."""
    is_doctor = profile.profession in (Practice.GP, Practice.SPECIALIST)
    asked = [
        (conditions.professions, profile.profession, Practice, "votre profession"),
        (conditions.plans, profile.plan, Plan, "votre projet"),
        (conditions.modes, profile.mode, Mode, "votre mode d’exercice"),
        (conditions.structures, profile.structure, Place, "votre lieu d’exercice"),
    ]
    if is_doctor:
        sector = (conditions.sectors, profile.sector, Sector, "votre secteur")
        asked.append(sector)
    suits = []
    for accepted, given, choices, what in asked:
        if not accepted:
            continue
        wanted = _listed([str(choices(code).label) for code in accepted])
        if not given:
            yield Reason(Standing.MISSING, f"Dites {what} : {wanted}.")
        elif given in accepted:
            suits.append(str(choices(given).label))
        else:
            text = f"Réservée à : {wanted}. Vous avez dit : {choices(given).label}."
            yield Reason(Standing.FAILED, text)
    if suits:
        yield Reason(Standing.MET, f"Votre projet convient : {', '.join(suits)}.")


def _practice(conditions: Conditions, profile: Profile):
    if conditions.first_settlement_only:
        first = profile.first_settlement
        if first is None:
            text = "Dites si c’est votre première installation libérale."
            yield Reason(Standing.MISSING, text)
        elif first:
            yield Reason(Standing.MET, "C’est votre première installation libérale.")
        else:
            text = "Réservée à une première installation libérale."
            yield Reason(Standing.FAILED, text)
    if (least := conditions.min_days_a_week) is not None:
        wanted = f"au moins {least} jour{'s' * (least > 1)} par semaine"
        if profile.days_a_week is None:
            yield Reason(Standing.MISSING, f"Dites combien de jours : {wanted}.")
        elif profile.days_a_week >= least:
            yield Reason(Standing.MET, f"Vous exercerez {wanted}.")
        else:
            text = f"Il faut exercer {wanted} : vous en prévoyez {profile.days_a_week}."
            yield Reason(Standing.FAILED, text)
    if (most := conditions.employees_below) is not None:
        if profile.employees is None:
            text = f"Dites combien de salariés : il en faut moins de {most}."
            yield Reason(Standing.MISSING, text)
        elif profile.employees < most:
            yield Reason(Standing.MET, f"Vous employez moins de {most} personnes.")
        else:
            text = f"Il faut moins de {most} salariés : vous en dites "
            yield Reason(Standing.FAILED, f"{text}{profile.employees}.")


def _relevant(conditions: Conditions, profile: Profile) -> list[ZoneRule]:
    """A zone of FRR is for everybody, those of the ARS for one profession each."""
    own = ZONING_OF.get(profile.profession)
    kinds = {Zoning.Kind.FRR, own}
    return [rule for rule in conditions.zones if rule.kind in kinds]


def _paid_in(conditions, profile, zones) -> ZoneRule | None:
    for rule in _relevant(conditions, profile):
        zone = zones.get(rule.kind)
        if zone and zone.is_loaded and not zone.is_unclear and rule.accepts(zone):
            return rule
    return None


def _zone(conditions: Conditions, profile: Profile, zones, rule: ZoneRule | None):
    if not conditions.zones:
        return
    here = profile.commune or "cette commune"
    if rule:
        zone = zones[rule.kind]
        text = f"{here} : {zone.label or zone.code} ({zone.name}, {zone.version})."
        yield Reason(Standing.MET, text)
        return
    relevant = _relevant(conditions, profile)
    if not relevant:
        text = (
            "Votre profession a son propre zonage, que ce catalogue ne connaît pas "
            "pour cette aide."
        )
        yield Reason(Standing.CHECK, text)
        return
    kinds = list(dict.fromkeys(rule.kind for rule in relevant))
    answers = [
        _outside(zones.get(kind) or Zone(kind), here, relevant) for kind in kinds
    ]
    unsure = [reason for reason in answers if reason.standing == Standing.CHECK]
    yield from unsure or answers


def _outside(zone: Zone, here: str, rules: list[ZoneRule]) -> Reason:
    if not zone.is_loaded:
        text = f"{_capital(zone.name)} non chargé : la zone est à vérifier."
        return Reason(Standing.CHECK, text)
    if zone.is_unclear:
        text = (
            f"{here} n’est classée qu’en partie, ou ses communes d’avant la fusion le "
            f"sont différemment ({zone.name}, {zone.version}) : l’adresse décide."
        )
        return Reason(Standing.CHECK, text)
    codes = [code for rule in rules if rule.kind == zone.kind for code in rule.codes]
    wanted = _listed([code.replace("_", " ") for code in codes])
    found = zone.label or zone.code
    where = f"est classée « {found} »" if found else "n’est pas classée"
    text = f"{here} {where} ({zone.name}, {zone.version}). Zones aidées : {wanted}."
    return Reason(Standing.FAILED, text)


def _ten_years(conditions, profile: Profile, then: date, warnings: list[str]):
    if not conditions.ten_years:
        return
    for earlier in profile.earlier:
        if earlier.kind != conditions.ten_years:
            continue
        standing = ten_years_bar(earlier, then)
        if standing is None:
            continue
        article = (
            "article D. 1511-47 du CGCT"
            if earlier.kind == TenYears.LOCAL
            else "article D. 162-1-11-1 du code de la sécurité sociale"
        )
        again = said(eligible_from(earlier.on))
        yield Reason(
            standing,
            f"Une aide de même nature date du {said(earlier.on)} : pas de nouvelle "
            f"aide avant le {again} ({article}).",
        )
        warnings.append(f"Règle des dix ans : pas avant le {again} ({article}).")


def _exclusivities(conditions, profile: Profile, warnings: list[str]):
    clashes = [
        name for slug, name in conditions.excludes.items() if slug in profile.current
    ]
    for name in clashes:
        text = f"Ne se cumule pas avec « {name} », que vous dites avoir en cours."
        yield Reason(Standing.CHECK, text)
        warnings.append(f"Non cumulable avec « {name} ».")
    others = [name for name in conditions.excludes.values() if name not in clashes]
    if others:
        warnings.append(f"Ne se cumule pas avec : {_listed(others, last='et')}.")


def _state(conditions: Conditions, then: date, day: date):
    note = f" {conditions.intake_note}" if conditions.intake_note else ""
    if conditions.closed_on and then >= conditions.closed_on:
        text = f"Fermée aux nouvelles demandes depuis le {said(conditions.closed_on)}."
        yield Reason(Standing.FAILED, f"{text}{note}")
    if conditions.is_unsure:
        yield Reason(Standing.CHECK, f"Son maintien reste à vérifier.{note}")
    elif not conditions.is_verified:
        text = "Cette fiche n’a pas été vérifiée dans un texte officiel."
        yield Reason(Standing.CHECK, text)
    if conditions.review_on and conditions.review_on < day:
        text = f"La fiche devait être relue avant le {said(conditions.review_on)}."
        yield Reason(Standing.CHECK, text)


def _listed(words: list[str], last: str = "ou") -> str:
    words = list(dict.fromkeys(words))
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _capital(text: str) -> str:
    text = str(text)
    return text[:1].upper() + text[1:]
