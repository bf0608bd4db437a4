"""A scheme in plain French: what a student reads, and what a new vote changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS

from bursaries.choices import (
    LegalBasis,
    Mode,
    Moment,
    Profession,
    RepeatedYear,
    Rhythm,
    StudyLevel,
    ZoneReference,
)
from bursaries.models import SchemeVersion
from bursaries.repayment import Formula
from casework.days import said
from casework.typography import NBSP, euros


@dataclass(frozen=True)
class Section:
    """One question of a reader, and its answers."""

    key: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What a section said, and what it says now; empty on the side that is silent."""

    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def duration(months: int) -> str:
    """« 5 ans », « 18 mois »."""
    if months % 12:
        return f"{months}{NBSP}mois"
    years = months // 12
    return f"{years}{NBSP}an{'s' if years > 1 else ''}"


def sections(version: SchemeVersion) -> list[Section]:
    """Every rule of the version, in the order a student asks."""
    told = [
        ("who", "Pour qui", _who(version)),
        ("how_much", "Combien", _how_much(version)),
        ("in_return", "Ce que vous devez en retour", _in_return(version)),
        ("meanwhile", "Pendant vos études", _meanwhile(version)),
        ("otherwise", "Et si vous ne tenez pas l’engagement", otherwise(version)),
        ("documents", "Les documents à fournir", _documents(version)),
        ("calendar", "Le calendrier", _calendar(version)),
        ("text", "Les textes", _text(version)),
    ]
    return [
        Section(key, title, sentences)
        for key, title, lines in told
        if (sentences := tuple(lines))
    ]


def differences(before: SchemeVersion, after: SchemeVersion) -> list[Difference]:
    """What a reader of the former version would no longer read, or newly reads."""
    old = {section.key: section for section in sections(before)}
    new = {section.key: section for section in sections(after)}
    found = []
    for key in dict.fromkeys([*old, *new]):
        said_before = old[key].sentences if key in old else ()
        said_now = new[key].sentences if key in new else ()
        gone = tuple(one for one in said_before if one not in said_now)
        come = tuple(one for one in said_now if one not in said_before)
        if gone or come:
            title = (new.get(key) or old[key]).title
            found.append(Difference(title, gone, come))
    return found


def in_short(version: SchemeVersion) -> list[tuple[str, str]]:
    """The three figures of a card: how much, how long, against what."""
    return [
        ("Montant", _amount_in_short(version)),
        ("Versée", f"{duration(version.max_months)} au plus"),
        ("En retour", f"{duration(version.commitment_months)} d’exercice"),
    ]


def levels_in_short(version: SchemeVersion) -> str:
    """« de l’internat, phase socle à la phase de consolidation »: first to last."""
    known = [level for level in StudyLevel if level.value in version.levels]
    if not known:
        return ""
    if len(known) == 1:
        return str(known[0].label)
    return f"de {known[0].label} à {known[-1].label}"


def _who(version: SchemeVersion) -> Iterator[str]:
    studies = [_label(Profession, code) for code in version.professions]
    yield f"Études : {', '.join(studies)}."
    levels = [str(level.label) for level in StudyLevel if level in version.levels]
    yield f"Années : {' ; '.join(levels)}."
    if version.asks_eu:
        yield "Faculté de l’Union européenne ou de l’Espace économique européen."
    if version.places_a_year:
        plural = "s" if version.places_a_year > 1 else ""
        yield f"{version.places_a_year} bourse{plural} par an au plus."
    if version.legal_basis == LegalBasis.STUDIES:
        yield (
            "Elle ne se cumule pas avec un contrat d’engagement de service public "
            "(article R. 631-24 du code de l’éducation)."
        )


def _amount_in_short(version: SchemeVersion) -> str:
    amounts = [row.amount for row in version.amounts.all()]
    if not amounts:
        return "à fixer"
    unit = version.get_unit_display()
    low, high = min(amounts), max(amounts)
    if low == high:
        return f"{euros(low)} {unit}"
    return f"de {euros(low)} à {euros(high)} {unit}"


def _how_much(version: SchemeVersion) -> Iterator[str]:
    rows = list(version.amounts.all())
    unit = version.get_unit_display()
    if len(rows) == 1:
        yield f"{euros(rows[0].amount)} {unit}."
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        if len(rows) > 1:
            until = "" if after else " et les suivantes"
            if after and after.year > row.year + 1:
                until = f" à {after.year - 1}"
            yield f"Année {row.year}{until} : {euros(row.amount)} {unit}."
    rhythm = _label(Rhythm, version.rhythm)
    yield f"Versée {rhythm}, {duration(version.max_months)} au plus."
    if rows:
        total = euros(version.total_for(version.max_months))
        yield f"Au total, {total} au plus pour toute la durée."
    if version.legal_basis == LegalBasis.STUDIES:
        yield (
            "Toutes collectivités réunies, elle ne dépasse pas les émoluments d’un "
            "interne de troisième année (article D. 1511-54 du CGCT)."
        )


def _in_return(version: SchemeVersion) -> Iterator[str]:
    yield (
        f"Exercer {duration(version.commitment_months)}, "
        f"{number(version.days_a_week)} jours par semaine au moins."
    )
    yield (
        f"Vous installer {duration(version.window_months)} au plus tard après votre "
        "diplôme."
    )
    if version.zones:
        named = ", ".join(version.zones)
        reference = _label(ZoneReference, version.zone_reference)
        yield f"Dans une commune classée {named} du département."
        yield f"Le zonage qui compte : {reference}."
    else:
        yield "Dans une commune du département, au choix."
    modes = [_label(Mode, code) for code in version.modes]
    yield f"Exercice accepté : {', '.join(modes)}."


def _meanwhile(version: SchemeVersion) -> Iterator[str]:
    yield (
        "Votre certificat de scolarité chaque année, avant le "
        f"{enrolment_day(version)} : après cette date, les versements sont "
        "suspendus, sans être perdus."
    )
    yield f"Année redoublée : {repeated_year(version)}"
    paused = "s’arrêtent" if version.pauses_payments else "continuent"
    yield f"Congé de maternité, maladie, absence justifiée : les versements {paused}."
    if version.pauses_service:
        yield "L’engagement est prolongé d’autant de jours."


def enrolment_day(version: SchemeVersion) -> str:
    """« 15 novembre »."""
    return f"{version.enrolment_day}{NBSP}{MONTHS[version.enrolment_month]}"


def repeated_year(version: SchemeVersion) -> str:
    """« elle est payée, 1 au plus. »."""
    most = (
        ""
        if version.repeated_year == RepeatedYear.UNPAID
        else f", {version.max_repeated_years} au plus"
    )
    return f"{_label(RepeatedYear, version.repeated_year)}{most}."


def otherwise(version: SchemeVersion) -> Iterator[str]:
    """What is paid back, and how it is asked for."""
    yield "Si vous ne vous installez pas, toute la somme reçue est à rembourser."
    if version.formula == Formula.YEAR_STEPS:
        for step in version.steps.all():
            yield (
                f"Si vous partez avant {duration(step.below_months)} d’exercice : "
                f"{number(step.percent)}{NBSP}% de ce que vous avez reçu."
            )
    elif version.formula != Formula.FULL:
        yield (
            "Si vous partez avant la fin, vous remboursez "
            f"{_label(Formula, version.formula)}."
        )
    else:
        yield "Si vous partez avant la fin, toute la somme reçue est à rembourser."
    if version.penalty_fixed:
        yield f"S’y ajoute une pénalité de {euros(version.penalty_fixed)}."
    if version.penalty_monthly:
        least = (
            f", {euros(version.penalty_least)} au moins"
            if version.penalty_least
            else ""
        )
        yield (
            f"S’y ajoutent {euros(version.penalty_monthly)} par mois depuis la "
            f"signature{least}."
        )
    if version.bears_interest:
        yield "La somme porte intérêt au taux légal depuis la mise en demeure."
    yield (
        f"Rien n’est demandé sans vous avoir écrit : une mise en demeure vous laisse "
        f"{version.notice_days} jours."
    )
    yield f"Le remboursement se fait en {version.max_instalments} mensualités au plus."


def _documents(version: SchemeVersion) -> Iterator[str]:
    by_moment: dict[str, list[str]] = {}
    for document in version.documents.all():
        optional = "" if document.is_required else " (facultatif)"
        by_moment.setdefault(document.moment, []).append(document.label + optional)
    for moment in Moment:
        if moment in by_moment:
            title = str(moment.label)
            yield f"{title[0].upper()}{title[1:]} : {' ; '.join(by_moment[moment])}."


def _calendar(version: SchemeVersion) -> Iterator[str]:
    yield from (line.strip() for line in version.calendar.splitlines() if line.strip())


def _text(version: SchemeVersion) -> Iterator[str]:
    basis = _label(LegalBasis, version.legal_basis)
    yield f"Base légale : {basis}."
    if version.deliberation:
        voted = f" du {said(version.deliberated_on)}" if version.deliberated_on else ""
        yield f"Délibération n° {version.deliberation}{voted}."
    if version.source:
        yield f"Source : {version.source}."


def _label(choices, code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def number(value: Decimal) -> str:
    """« 4 », « 4,5 »."""
    return f"{value.normalize():f}".replace(".", ",")
