"""What the layouts of FINESS have in common: an establishment, as people read it."""

import datetime as dt
import re
from dataclasses import dataclass

from territory.models import HealthStructure

from . import lambert93

Kind = HealthStructure.Kind
Status = HealthStructure.Status

# Categories of establishments (FINESS nomenclature) that a newcomer looks for.
KINDS = {
    "101": Kind.HOSPITAL,  # centre hospitalier régional
    "106": Kind.HOSPITAL,  # centre hospitalier, ex-hôpital local
    "124": Kind.HEALTH_CENTRE,
    "128": Kind.HOSPITAL,  # soins chirurgicaux
    "129": Kind.HOSPITAL,  # soins médicaux
    "292": Kind.HOSPITAL,  # centre hospitalier spécialisé
    "355": Kind.HOSPITAL,
    "365": Kind.HOSPITAL,  # soins pluridisciplinaires
    "603": Kind.HEALTH_HOUSE,
    "604": Kind.CPTS,
    "620": Kind.PHARMACY,
}

_WAYS = {
    "ALL": "allée",
    "AV": "avenue",
    "BD": "boulevard",
    "CHE": "chemin",
    "CRS": "cours",
    "ESP": "esplanade",
    "FG": "faubourg",
    "IMP": "impasse",
    "LD": "lieu-dit",
    "LOT": "lotissement",
    "PAS": "passage",
    "PL": "place",
    "PROM": "promenade",
    "Q": "quai",
    "QUAI": "quai",
    "R": "rue",
    "RES": "résidence",
    "RPT": "rond-point",
    "RTE": "route",
    "SQ": "square",
    "ZA": "zone d'activités",
}
_SMALL = {
    "à",
    "au",
    "aux",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "lès",
    "ou",
    "par",
    "pour",
    "sous",
    "sur",
    "un",
}
_CAPITALS = {
    "ARS", "CD", "CDS", "CH", "CHD", "CHIC", "CHR", "CHS", "CHU", "CPTS", "EHPAD",
    "ESP", "GCS", "HAD", "II", "III", "IV", "MSP", "SARL", "SELARL", "SISA", "SSR",
    "USLD", "XIV", "ZA",
}  # fmt: skip
_ACCENTS = {
    "departemental": "départemental",
    "general": "général",
    "generale": "générale",
    "geriatrique": "gériatrique",
    "hopital": "hôpital",
    "hopitaux": "hôpitaux",
    "medical": "médical",
    "medicale": "médicale",
    "medico": "médico",
    "mediterranee": "méditerranée",
    "pole": "pôle",
    "regional": "régional",
    "reeducation": "rééducation",
    "readaptation": "réadaptation",
    "republique": "république",
    "resistance": "résistance",
    "sante": "santé",
    "specialise": "spécialisé",
    "specialisee": "spécialisée",
    "universite": "université",
    "liberte": "liberté",
    "eglise": "église",
    "ecole": "école",
    "ecoles": "écoles",
    "liberation": "libération",
}
# Common nouns, lower case inside a name.
_COMMON = {
    "allée", "avenue", "boulevard", "cabinet", "centre", "chemin", "clinique",
    "communauté", "cours", "fictif", "fictive", "groupe", "hospitalier", "hospitalière",
    "hôpital", "impasse", "intercommunal", "intercommunale", "local", "maison",
    "médical", "médicale", "multisite", "officine", "pharmacie", "place",
    "pluridisciplinaire", "pluriprofessionnel", "pluriprofessionnelle", "polyclinique",
    "professionnelle", "pôle", "quai", "route", "rue", "santé", "soins", "square",
    "territoriale", "universitaire",
}  # fmt: skip
_ELIDED = re.compile(r"\b([dl]) (?=[aeiouyhâàéèêîôû])", re.IGNORECASE)


@dataclass
class Establishment:
    """One establishment of FINESS, whatever file it came from."""

    finess: str
    category: str
    name: str
    commune: str
    where: str | int
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    longitude: float | None = None
    latitude: float | None = None
    opened_on: dt.date | None = None
    updated_on: dt.date | None = None
    is_open: bool = True

    @property
    def status(self) -> str:
        return Status.OPEN if self.is_open else Status.CLOSED


def readable(text: str) -> str:
    """« MAISON DE SANTE D AGEN » is written « Maison de santé d'Agen ».

    FINESS has capitals alone and no apostrophe. Text in mixed case is left as it is.
    """
    text = " ".join(text.split())
    if text != text.upper():
        return text
    words = []
    for rank, word in enumerate(_ELIDED.sub(r"\1'", text.lower()).split(" ")):
        start, _, rest = word.rpartition("'")
        rest = _ACCENTS.get(rest, rest)
        if rest.upper() in _CAPITALS:
            rest = rest.upper()
        elif rest not in _SMALL and (rank == 0 or rest not in _COMMON):
            rest = "-".join(part[:1].upper() + part[1:] for part in rest.split("-"))
        word = f"{start}'{rest}" if start else rest
        words.append(word[:1].upper() + word[1:] if rank == 0 else word)
    return " ".join(words)


def street(number="", repeat="", way="", name="", place="") -> str:
    """« 10 avenue de l'Exemple », or the place when there is no street."""
    way = _WAYS.get(way.strip().upper(), way.strip().lower())
    name = readable(f"X {name}")[2:] if name.strip() else ""
    line = " ".join(part for part in (number + repeat.lower(), way, name) if part)
    return line or readable(place)


def routing(line: str) -> tuple[str, str]:
    """« 47300 VILLENEUVE SUR LOT CEDEX » is a postal code and a town."""
    found = re.match(r"\s*(\d{5})\s+(.*)", line)
    code, town = found.groups() if found else ("", line)
    return code, readable(re.sub(r"\bCEDEX\b.*", "", town, flags=re.IGNORECASE))


def phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) >= 10 and digits.strip("0") else ""


def place(*pairs: tuple[str, str]) -> tuple[float | None, float | None]:
    """Longitude and latitude, from whichever pair and order holds degrees of France.

    The files of 2026 put degrees where metres are announced and the reverse. Without
    degrees, metres of Lambert-93 are turned into some.
    """
    numbers = [(_number(one), _number(other)) for one, other in pairs]
    for one, other in numbers:
        for longitude, latitude in ((one, other), (other, one)):
            if _is_in_france(longitude, latitude):
                return longitude, latitude
    for one, other in numbers:
        for x, y in ((one, other), (other, one)):
            if x and y and 0 < x < 1_300_000 and 6_000_000 < y < 7_200_000:
                return lambert93.to_degrees(x, y)
    return None, None


def _is_in_france(longitude, latitude) -> bool:
    if longitude is None or latitude is None:
        return False
    return -5 <= longitude <= 10 and 41 <= latitude <= 51.2


def _number(text) -> float | None:
    try:
        return float(str(text).replace(",", "."))
    except ValueError:
        return None
