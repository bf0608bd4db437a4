"""The little words of French before the name of a place.

INSEE's type of name (TNCC) gives the article; usage decides the rest. Pure.
"""

import re
import unicodedata

_ARTICLES = {2: "le ", 3: "la ", 4: "les ", 5: "l'", 6: "aux ", 7: "las ", 8: "los "}
_DE = {
    2: "du ",
    3: "de la ",
    4: "des ",
    5: "de l'",
    6: "d'",
    7: "de las ",
    8: "de los ",
}
# Feminine names that keep their article after "dans", against "en Gironde".
_DANS_LA = {
    "Drôme",
    "Loire",
    "Manche",
    "Marne",
    "Meuse",
    "Nièvre",
    "Sarthe",
    "Somme",
    "Vienne",
}
# Names in a vowel that lost it, against "dans l'Aude".
_EN_VOWEL = {"Ardèche", "Ariège", "Essonne", "Isère"}


def _starts_with_vowel(name: str) -> bool:
    letter = unicodedata.normalize("NFD", name[:1].lower())[:1]
    return letter in "aeiouyœh" and not name.startswith(("Y", "Huis"))


def _bare_de(name: str) -> str:
    return f"d'{name}" if _starts_with_vowel(name) else f"de {name}"


def _is_pair(name: str) -> bool:
    """« Lot-et-Garonne » : two rivers take no article, whatever INSEE says."""
    return "-et-" in name


def with_article(name: str, tncc: int) -> str:
    """« la Lozère », « le Lot-et-Garonne », « Paris »."""
    return _ARTICLES.get(tncc, "") + name


def with_de(name: str, tncc: int) -> str:
    """« de la Lozère », « du Gers », « de Lot-et-Garonne »."""
    if _is_pair(name) or tncc not in _DE:
        return _bare_de(name)
    return _DE[tncc] + name


def with_en(name: str, tncc: int) -> str:
    """« en Lozère », « dans le Gers », « dans l'Aude », « à Mayotte »."""
    if name.startswith("Saint-") or (tncc in {0, 1} and not _is_pair(name)):
        return f"à {name}"
    if _is_pair(name) or name in _EN_VOWEL:
        return f"en {name}"
    if tncc == 3 and name not in _DANS_LA:
        return f"en {name}"
    return f"dans {with_article(name, tncc)}"


def commune_with_de(name: str) -> str:
    """« d'Agen », « du Passage », « de la Réunion »."""
    article, rest = _split_article(name)
    if article == "Le ":
        return f"du {rest}"
    if article == "Les ":
        return f"des {rest}"
    return f"de {article.lower()}{rest}" if article else _bare_de(name)


def commune_with_a(name: str) -> str:
    """« à Agen », « au Passage », « aux Bessons », « à la Croix-Blanche »."""
    article, rest = _split_article(name)
    if article == "Le ":
        return f"au {rest}"
    if article == "Les ":
        return f"aux {rest}"
    return f"à {article.lower()}{rest}"


_GROUP_KIND = re.compile(
    r"^(?:CC|CA|CU|METRO|MET69)\s+"
    r"(?:(?:du|des|de la|de l'|de|d'|le|la|les|l')\s*(?=[A-ZÀ-Ý0-9]))?"
)


def group_short_name(name: str) -> str:
    """« Pays de Duras » for « CC du Pays de Duras »."""
    short = _GROUP_KIND.sub("", name)
    return short[:1].upper() + short[1:]


def _split_article(name: str) -> tuple[str, str]:
    for article in ("Les ", "Le ", "La ", "L'"):
        if name.startswith(article):
            return article, name.removeprefix(article)
    return "", name
