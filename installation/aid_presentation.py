"""An aid and an answer of the finder in words: pages, snapshots and letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from casework.days import said
from casework.typography import unbreakable
from installation.aid_choices import Mode, Place, Plan, Practice, Sector, TenYears
from installation.eligibility import ZONING_OF, Verdict
from installation.models import AidProgramme
from territory.zones import Zone

NOT_A_DECISION = "Résultat indicatif, sans valeur de décision."


@dataclass(frozen=True)
class VerdictWords:
    title: str
    badge: str
    look: str
    icon: str
    lead: str


VERDICTS = {
    Verdict.ELIGIBLE: VerdictWords(
        "Vous remplissez les conditions",
        "Possible",
        "success",
        "check",
        "D’après vos réponses, toutes les conditions connues sont remplies.",
    ),
    Verdict.LIKELY: VerdictWords(
        "C’est probable",
        "Probable",
        "run",
        "footprints",
        "Rien ne s’y oppose\u00a0: il manque une réponse, ou une condition que seul "
        "l’organisme peut vérifier.",
    ),
    Verdict.TO_CHECK: VerdictWords(
        "À vérifier",
        "À vérifier",
        "warning",
        "circle-help",
        "Nous n’en savons pas assez pour vous répondre\u00a0: posez la question à "
        "l’organisme, ou à nous.",
    ),
    Verdict.NO: VerdictWords(
        "Pas pour ce projet",
        "Non",
        "neutral",
        "x",
        "Au moins une condition n’est pas remplie.",
    ),
}


def line(answer, day: date) -> dict:
    """One aid of the result, as it is shown and as it is kept."""
    programme, assessment = answer.programme, answer.assessment
    words = VERDICTS[assessment.verdict]
    return {
        "name": programme.name,
        "slug": programme.slug,
        "url": programme.get_absolute_url(),
        "granted_by": programme.granted_by,
        "verdict": str(assessment.verdict),
        "badge": words.badge,
        "look": words.look,
        "icon": words.icon,
        "amount": unbreakable(assessment.amount_text),
        "why": _told(assessment.why),
        "missing": _told(assessment.missing),
        "to_check": _told(assessment.to_check),
        "warnings": _told(assessment.warnings),
        "contact": programme.contact,
        "reference": programme.legal_reference,
        "source": programme.source,
        "checked_on": said(programme.checked_on),
        "is_verified": programme.is_verified,
        "is_overdue": programme.is_overdue(day),
        "is_requested_here": programme.is_requested_here,
    }


def _told(texts: Iterable[str]) -> list[str]:
    return [unbreakable(text) for text in texts]


def grouped(lines: Iterable[dict]) -> list[dict]:
    """The lines under their verdict, the surest first; an empty group is left out."""
    lines = list(lines)
    groups = []
    for verdict, words in VERDICTS.items():
        own = [one for one in lines if one["verdict"] == verdict]
        if own:
            groups.append({"verdict": str(verdict), "words": words, "lines": own})
    return groups


def zonings(zones: Mapping[str, Zone], profession: str) -> list[dict]:
    """The zonings that counted, each with its version and its date."""
    kinds = [ZONING_OF.get(profession, ""), "frr"]
    return [zoning(zones.get(kind) or Zone(kind)) for kind in kinds if kind]


def zoning(zone: Zone) -> dict:
    title = capfirst(zone.name)
    if not zone.is_loaded:
        text = "zonage non chargé : la zone est à vérifier"
        return {"title": title, "zone": "", "detail": text, "is_loaded": False}
    if zone.is_unclear:
        found = "classement partiel"
    else:
        found = zone.label or zone.code or "commune non classée"
    detail = f"version {zone.version}, en vigueur depuis le {said(zone.since)}"
    if zone.legal_reference:
        detail += f" ({zone.legal_reference})"
    return {"title": title, "zone": found, "detail": detail, "is_loaded": True}


def recap(form) -> list[list[str]]:
    """What was answered, label by label; what was left blank is not shown."""
    rows = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, "") or (name == "en_cours" and not value):
            continue
        if name == "en_cours":
            shown = ", ".join(one.name for one in value)
        elif isinstance(value, date):
            shown = said(value)
        else:
            choices = getattr(field, "choices", None) or ()
            flat = {str(code): label for code, label in _flat(choices)}
            shown = str(flat.get(str(value), value))
        rows.append([str(field.label), shown])
    return rows


def _flat(choices):
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


def conditions(programme: AidProgramme) -> list[tuple[str, str]]:
    """What an aid asks, in words, for its own page."""
    asked = [
        ("Profession", _labels(Practice, programme.professions)),
        ("Projet", _labels(Plan, programme.plans)),
        ("Exercice", _labels(Mode, programme.modes)),
        ("Lieu d’exercice", _labels(Place, programme.structures)),
        ("Secteur", _labels(Sector, programme.sectors)),
        (
            "Installation",
            "première installation libérale" if programme.first_settlement_only else "",
        ),
        *((capfirst(kind), codes) for kind, codes in _by_kind(programme).items()),
    ]
    if programme.min_days_a_week:
        least = programme.min_days_a_week
        plural = "s" if least > 1 else ""
        asked.append(("Temps", f"au moins {least} jour{plural} par semaine"))
    if programme.employees_below is not None:
        asked.append(("Salariés", f"moins de {programme.employees_below}"))
    if programme.ten_years:
        asked.append(
            ("Dix ans", f"pas deux fois en dix ans : {_ten_years(programme.ten_years)}")
        )
    return [(label, value) for label, value in asked if value]


def _by_kind(programme: AidProgramme) -> dict[str, str]:
    kinds: dict[str, list[str]] = {}
    for zone in programme.zones.all():
        codes = kinds.setdefault(zone.get_zoning_kind_display(), [])
        codes += [code.replace("_", " ") for code in zone.codes]
    return {kind: ", ".join(dict.fromkeys(codes)) for kind, codes in kinds.items()}


def _ten_years(rule: str) -> str:
    return str(TenYears(rule).label)


def _labels(choices, codes) -> str:
    return ", ".join(str(choices(code).label) for code in codes)


def amounts(programme: AidProgramme) -> list[dict]:
    """The amount in each zone, for the table of the page."""
    return [
        {
            "zoning": capfirst(zone.get_zoning_kind_display()),
            "codes": ", ".join(code.replace("_", " ") for code in zone.codes),
            "amount": unbreakable(zone.amount_text or programme.amount_text),
        }
        for zone in programme.zones.all()
    ]


def standing(programme: AidProgramme, day: date) -> tuple[str, str, str] | None:
    """The badge of the catalogue: nothing when the aid is simply open."""
    if programme.intake == AidProgramme.Intake.CLOSED:
        return "Fermée aux nouvelles demandes", "neutral", "x"
    if programme.is_to_verify(day):
        return "À vérifier", "warning", "circle-help"
    return None
