"""Turn what someone typed or picked into places, or say why it cannot be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from territory.models import Commune, Departement, Intercommunality, Match
from territory.sorting import search_key

WHOLE_GROUP = "{} (toute l'intercommunalité)"
WITHOUT_GROUP = "Sans intercommunalité"
SUGGESTIONS = 3
_COMMUNE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}", re.IGNORECASE)
_GROUP_CODE = re.compile(r"[0-9]{9}")

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass
class Places:
    """Communes and whole intercommunalités, in the order they were chosen."""

    communes: list[Commune] = field(default_factory=list)
    intercommunalities: list[Intercommunality] = field(default_factory=list)

    def __bool__(self):
        return bool(self.communes or self.intercommunalities)

    def __len__(self):
        return len(self.communes) + len(self.intercommunalities)

    @property
    def codes(self) -> list[str]:
        return [place.code for place in [*self.intercommunalities, *self.communes]]


def choices(*, with_groups: bool) -> Choices:
    """The communes of the Département under their intercommunalité, in French order.

    One query, kept by the process for as long as everything in this cache.
    """
    key = f"territory.choices:{settings.DEPARTEMENT}:{with_groups}"
    found = caches["local"].get(key)
    if found is None:
        found = _read_choices(with_groups)
        caches["local"].set(key, found)
    return found


def _read_choices(with_groups: bool) -> Choices:
    communes = (
        Commune.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .select_related("intercommunality")
        .only("code", "name", "intercommunality__code", "intercommunality__name")
        .order_by("intercommunality__sort_key", "sort_key")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for commune in communes:
        group = commune.intercommunality
        label = group.short_name if group else WITHOUT_GROUP
        if label not in groups:
            groups[label] = []
            if with_groups and group:
                groups[label].append((group.code, WHOLE_GROUP.format(label)))
        groups[label].append((commune.code, commune.name))
    return list(groups.items())


def group_choices() -> list[tuple[str, str]]:
    """The intercommunalities of the Département, kept apart from their communes."""
    key = f"territory.group_choices:{settings.DEPARTEMENT}"
    found = caches["local"].get(key)
    if found is None:
        found = [
            (places[0][0], label)
            for label, places in choices(with_groups=True)
            if _GROUP_CODE.fullmatch(places[0][0])
        ]
        caches["local"].set(key, found)
    return found


def suggest(text: str, *, limit: int) -> list[Commune]:
    """The communes that answer, and guesses only when none does."""
    found = list(
        Commune.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .search(text)
        .select_related("intercommunality")
        .defer("contour", "intercommunality__contour")[:limit]
    )
    certain = [commune for commune in found if commune.match != Match.LIKENESS]
    return certain or found


def suggest_groups(text: str, *, limit: int) -> list[Intercommunality]:
    """The intercommunalités of the Département with every word typed in their name."""
    words = search_key(text).split()
    if not words:
        return []
    groups = Intercommunality.objects.in_departement(settings.DEPARTEMENT)
    found = []
    for group in groups.defer("contour"):
        spaced = f" {search_key(group.name)}"
        if all(f" {word}" in spaced for word in words):
            found.append(group)
    return found[:limit]


def commune(value: str) -> Commune:
    """The one commune this code, name or postal code stands for, or a refusal."""
    if _COMMUNE_CODE.fullmatch(value) and (found := _commune_of_code(value.upper())):
        return found
    candidates = suggest(value, limit=SUGGESTIONS + 1)
    for certainty in (Match.NAME, Match.OTHER_NAME):
        exact = [place for place in candidates if place.match == certainty]
        if len(exact) == 1:
            return exact[0]
        if exact:
            break
    else:
        if len(candidates) == 1 and candidates[0].match != Match.LIKENESS:
            return candidates[0]
    raise _refusal(value, candidates)


def places(values: Iterable[str]) -> Places:
    """Each value as a whole intercommunalité or a commune, once; every refusal told."""
    values = list(dict.fromkeys(values))
    groups = {
        group.code: group
        for group in Intercommunality.objects.in_departement(
            settings.DEPARTEMENT
        ).filter(code__in=[value for value in values if _GROUP_CODE.fullmatch(value)])
    }
    known = _communes_of_codes(
        [value.upper() for value in values if _COMMUNE_CODE.fullmatch(value)]
    )
    chosen, refusals = Places(), []
    for value in values:
        if value in groups:
            chosen.intercommunalities.append(groups[value])
            continue
        try:
            place = known.get(value.upper()) or commune(value)
        except ValidationError as refusal:
            refusals.append(refusal)
        else:
            if place not in chosen.communes:
                chosen.communes.append(place)
    if refusals:
        raise ValidationError(refusals)
    return chosen


def _communes_of_codes(codes: list[str]) -> dict[str, Commune]:
    """By the code asked for; a merged commune answers with its successor."""
    found = (
        Commune.objects.in_departement(settings.DEPARTEMENT)
        .filter(code__in=codes)
        .select_related("merged_into", "intercommunality")
        .defer("contour", "merged_into__contour", "intercommunality__contour")
    )
    return {
        place.code: place.current
        for place in found
        if place.merged_into_id or place.closed_on is None
    }


def _commune_of_code(code: str) -> Commune | None:
    return _communes_of_codes([code]).get(code)


def _refusal(value: str, candidates: list[Commune]) -> ValidationError:
    typed = "".join(letter for letter in value if letter.isprintable())
    typed = Truncator(typed.strip()).chars(40)
    names = [place.name for place in candidates[:SUGGESTIONS]]
    if not candidates:
        departement = Departement.objects.filter(code=settings.DEPARTEMENT).first()
        where = departement.with_en if departement else "dans le Département"
        return ValidationError(
            f"Aucune commune ne répond à « {typed} » {where}. Vérifiez le nom ou "
            "le code postal.",
            code="unknown",
        )
    if candidates[0].match == Match.LIKENESS:
        return ValidationError(
            f"Aucune commune ne s'appelle « {typed} ». "
            f"Pensez-vous à {_enumerate(names, 'ou')} ?",
            code="unknown",
        )
    more = " et d'autres" if len(candidates) > SUGGESTIONS else ""
    last = "," if more else "et"
    return ValidationError(
        f"Plusieurs communes répondent à « {typed} » : "
        f"{_enumerate(names, last)}{more}. Choisissez-en une.",
        code="ambiguous",
    )


def _enumerate(names: list[str], last: str) -> str:
    if len(names) == 1:
        return names[0]
    joint = ", " if last == "," else f" {last} "
    return joint.join([", ".join(names[:-1]), names[-1]])
