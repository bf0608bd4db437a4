"""What the imported zonings say of a commune on a day; nothing is ever computed."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import caches

from territory.categories import UNCLASSED
from territory.models import Commune, ZoneAssignment, Zoning
from territory.sorting import search_key


@dataclass(frozen=True)
class Zone:
    """What one zoning says of a commune that day, and from which version."""

    kind: str
    code: str = ""
    label: str = ""
    version: str = ""
    legal_reference: str = ""
    since: date | None = None
    zoning_id: int | None = None
    is_loaded: bool = False
    # Two former communes of a merged one, or two parts of a commune, differ.
    is_unclear: bool = False

    @property
    def name(self) -> str:
        """« zonage ARS médecins »."""
        known = dict(Zoning.Kind.choices)
        return str(known.get(self.kind, "zonage de cette profession"))


def category(code: str) -> str:
    """One writing for a category: « 1_ZIP » and « ZIP », « Très sous-dotée »…"""
    bare = re.sub(r"^\d+_", "", code.strip()).replace("+", " plus ")
    return search_key(bare.replace("_", " "))


def assigned(kinds: Iterable[str]):
    """The communes that these zonings class; others' zones have the same codes."""
    rows = ZoneAssignment.objects.filter(zoning__kind__in=list(kinds))
    return rows.exclude(category_code=UNCLASSED)


def choices(kinds: Iterable[str], day: date) -> list[tuple[str, str]]:
    """The zones of these zonings in force that day, kept by the process."""
    kinds = sorted(kinds)
    key = f"territory.zones:{day}:{','.join(kinds)}"
    found = caches["local"].get(key)
    if found is None:
        rows = assigned(kinds).on(day).order_by("category_code")
        found = list(rows.values_list("category_code", "category_label").distinct())
        caches["local"].set(key, found)
    return found


def is_priority(code: str) -> bool:
    """A zone d'intervention prioritaire, however its zoning writes it."""
    return "zip" in category(code).split()


def of(commune: Commune, day: date) -> dict[str, Zone]:
    """The zone of the commune under every kind of zoning in force that day.

    A merged commune answers for those it absorbed: an older version of a zoning
    knows them alone, and they may differ.
    """
    region = commune.departement.region_code
    zonings = Zoning.objects.on(day).filter(region_code__in=[region, ""])
    found = {kind: Zone(kind) for kind in Zoning.Kind.values}
    assignments = defaultdict(list)
    rows = ZoneAssignment.objects.filter(zoning__in=zonings)
    here = rows.filter(commune=commune) | rows.filter(commune__merged_into=commune)
    for row in here.select_related("commune").defer("commune__contour"):
        assignments[row.zoning_id].append(row)
    for zoning in zonings:
        known = rows.filter(zoning=zoning)
        is_loaded = zoning.pk in assignments or known.exists()
        found[zoning.kind] = _zone(zoning, commune, assignments[zoning.pk], is_loaded)
    return found


def _zone(zoning: Zoning, commune: Commune, rows: list, is_loaded: bool) -> Zone:
    categories = {category(row.category_code) for row in rows}
    is_partial = any("partiel" in category(row.category_label) for row in rows)
    has_own = any(row.commune_id == commune.pk for row in rows)
    # Some of the communes it absorbed are in a zone, and others are not.
    is_split = bool(rows) and not has_own and len(rows) < commune.absorbed.count()
    first = rows[0] if rows else None
    return Zone(
        kind=zoning.kind,
        code=first.category_code if first else "",
        label=first.category_label if first else "",
        version=zoning.version,
        legal_reference=zoning.legal_reference,
        since=zoning.valid.lower,
        zoning_id=zoning.pk,
        is_loaded=is_loaded,
        is_unclear=len(categories) > 1 or is_partial or is_split,
    )
