"""The zones of the official zonings: the codes we store and how they read.

Regions invent zones of their own: a code that is not here is kept as it came. Aids
and rules compare codes; people read labels.
"""

import re

UNCLASSED = "NC"

LABELS = {
    "ZIP": "zone d'intervention prioritaire",
    "ZAC": "zone d'action complémentaire",
    "ZAR": "zone d'appui régional",
    "ZV": "zone de vigilance",
    "HV": "hors vivier",
    "HZ": "hors zonage",
    "QPV_ZIP": "quartier prioritaire, zone d'intervention prioritaire",
    "QPV_ZAC": "quartier prioritaire, zone d'action complémentaire",
    "GQ_ZIP": "grand quartier, zone d'intervention prioritaire",
    "GQ_ZAC": "grand quartier, zone d'action complémentaire",
    "TRES_SOUS_DOTEE": "zone très sous-dotée",
    "SOUS_DOTEE": "zone sous-dotée",
    "INTERMEDIAIRE": "zone intermédiaire",
    "TRES_DOTEE": "zone très dotée",
    "SUR_DOTEE": "zone surdotée",
    "SURDOTEE": "zone surdotée",
    "NON_PRIORITAIRE": "zone non prioritaire",
    "FRR": "FRR socle",
    "FRR+": "FRR+",
    "FRR_BENEFICIAIRE": "bénéficiaire des effets FRR",
    "FRR_BENEFICIAIRE_PARTIEL": "bénéficiaire des effets FRR, en partie",
    "FRR_PARTIEL": "FRR, en partie",
    UNCLASSED: "non classée",
}

_FRR = {
    "non classée": UNCLASSED,
    "frr socle": "FRR",
    "frr": "FRR",
    "frr+": "FRR+",
    "frr bénéficiaire": "FRR_BENEFICIAIRE",
    "frr bénéficiaire partiellement": "FRR_BENEFICIAIRE_PARTIEL",
    "classée frr partiellement": "FRR_PARTIEL",
}
_RANK = re.compile(r"^\d+_")


def of_ars(level: str) -> str:
    """« 1_ZIP » is ZIP, « 1_Tres_sous_dotee » TRES_SOUS_DOTEE, « NC* » NC."""
    code = _RANK.sub("", level.strip()).upper().replace(" ", "_")
    return UNCLASSED if code.startswith(UNCLASSED) else code


def of_frr(words: str) -> str | None:
    return _FRR.get(words.strip().lower())


def label(code: str) -> str:
    return LABELS.get(code) or code.replace("_", " ").lower()
