"""The page of a commune: who cares here, in which zones, what is offered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from installation import offers
from installation.models import PracticeOffer
from territory import local_maps, naming
from territory.forms import PlaceSearchForm
from territory.models import (
    Commune,
    HealthStructure,
    Match,
    Organisation,
    ZoneAssignment,
    Zoning,
)

Kind = HealthStructure.Kind

CACHE_KEY = "portal.commune.around"
KEPT_FOR = 60
EARTH_KM = 6371.0
NUMBERED = 12
OFFERS_SHOWN = 5
NEIGHBOURS_SHOWN = 8
# What one looks for further away when the commune has none.
SOUGHT = (Kind.HEALTH_HOUSE, Kind.HEALTH_CENTRE, Kind.HOSPITAL, Kind.PHARMACY)
FAMILY = (
    Organisation.Kind.SCHOOL,
    Organisation.Kind.CHILDCARE,
    Organisation.Kind.HOUSING,
    Organisation.Kind.EMPLOYMENT,
)
PLURALS = {
    Kind.HEALTH_HOUSE: "Maisons de santé",
    Kind.HEALTH_CENTRE: "Centres de santé",
    Kind.CPTS: "Communautés professionnelles (CPTS)",
    Kind.PRIMARY_CARE_TEAM: "Équipes de soins primaires",
    Kind.HOSPITAL: "Hôpitaux",
    Kind.PHARMACY: "Pharmacies",
    Kind.PRACTICE: "Cabinets",
    Kind.SECONDARY_PRACTICE: "Cabinets secondaires",
}


@dataclass(frozen=True)
class Group:
    """The structures of one kind."""

    title: str
    structures: list[HealthStructure]


@dataclass(frozen=True)
class Place:
    """A commune around, or a structure of care in one, as far as distances ask."""

    name: str
    longitude: float
    latitude: float
    code: str = ""
    kind: str = ""
    phone: str = ""
    where: str = ""

    def kilometres_to(self, other: "Place | Commune") -> float:
        return kilometres(
            (self.longitude, self.latitude), (other.longitude, other.latitude)
        )


@dataclass(frozen=True)
class Nearest:
    """The closest structure of a kind the commune has none of."""

    structure: Place
    kilometres: int

    @property
    def kind(self) -> str:
        return capfirst(Kind(self.structure.kind).label)


@dataclass(frozen=True)
class CommunePage:
    commune: Commune
    groups: list[Group]
    nearest: list[Nearest]
    zones: list[ZoneAssignment]
    populations: list
    offers: list
    family: list[Organisation]
    neighbours: list[Place]
    map: SafeString | None = None
    # The dots of the map carry the numbers of the list.
    is_numbered: bool = False
    finess_date: dt.date | None = None


@login_not_required
@require_safe
def commune_list(request):
    """Every commune of the Département, or those that answer a search."""
    form = PlaceSearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    here = (
        Commune.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .select_related("intercommunality")
        .defer("contour", "intercommunality__contour")
    )
    found, guesses = [], []
    if query:
        answers = list(here.search(query)[:50])
        found = [place for place in answers if place.match != Match.LIKENESS]
        guesses = [] if found else answers[:5]
        if len(found) == 1:
            return redirect(found[0])
    letters = [] if query else _by_letter(here.order_by("sort_key"))
    context = {
        "query": query,
        "found": found,
        "guesses": guesses,
        "letters": letters,
        "is_refused": bool(request.GET.get("q")) and not form.is_valid(),
    }
    return render(request, "portal/commune_list.html", context)


@login_not_required
@require_safe
def commune_detail(request, code):
    """One commune; a merged one leads to the commune of today."""
    known = (
        Commune.objects.in_departement(settings.DEPARTEMENT)
        .select_related("intercommunality", "departement", "merged_into")
        .defer(
            "contour",
            "intercommunality__contour",
            "departement__contour",
            "merged_into__contour",
        )
    )
    commune = get_object_or_404(known, code=code.upper())
    if commune.merged_into_id or code != commune.code:
        return redirect(commune.current, permanent=bool(commune.merged_into_id))
    if commune.closed_on is not None:
        raise Http404
    page = gather(commune, timezone.localdate())
    return render(request, "portal/commune_detail.html", {"page": page})


def gather(commune: Commune, day: dt.date) -> CommunePage:
    """All that the page shows, in as many queries whatever there is."""
    here = list(
        commune.health_structures.exclude(status=HealthStructure.Status.CLOSED)
        .select_related("commune")
        .defer("commune__contour", "imported")
    )
    communes, structures = _around()
    groups = _groups(here)
    ordered = [row for group in groups for row in group.structures]
    located = [row for row in ordered if row.longitude is not None]
    is_numbered = 0 < len(located) <= NUMBERED
    for rank, row in enumerate(located, 1):
        row.map_number = str(rank) if is_numbered else ""
    return CommunePage(
        commune=commune,
        groups=groups,
        nearest=_nearest(commune, here, structures),
        zones=_zones(commune, day),
        populations=list(commune.populations.order_by("-year")),
        offers=_offers(commune, day),
        family=list(
            Organisation.objects.active()
            .covering(commune)
            .filter(kind__in=FAMILY)
            .order_by("sort_key")
        ),
        neighbours=_neighbours(commune, communes),
        map=local_maps.commune_map(
            commune,
            [
                local_maps.Dot(row.longitude, row.latitude, row.map_number, row.name)
                for row in located
            ],
        ),
        is_numbered=is_numbered,
        finess_date=max(
            (row.finess_updated_on for row in here if row.finess_updated_on),
            default=None,
        ),
    )


def kilometres(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """As the crow flies, between two (longitude, latitude)."""
    (x1, y1), (x2, y2) = (map(radians, point) for point in (from_, to))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _by_letter(communes: Iterable[Commune]) -> list[tuple[str, list[Commune]]]:
    letters: dict[str, list[Commune]] = {}
    for commune in communes:
        letters.setdefault(commune.sort_key[:1].upper(), []).append(commune)
    return list(letters.items())


def _zones(commune: Commune, day: dt.date) -> list[ZoneAssignment]:
    """Those of doctors first, in the order of the kinds."""
    kinds = list(Zoning.Kind)
    rows = ZoneAssignment.objects.on(day).filter(commune=commune)
    return sorted(
        rows.select_related("zoning"), key=lambda row: kinds.index(row.zoning.kind)
    )


def _groups(structures: list[HealthStructure]) -> list[Group]:
    """By kind in the order a newcomer asks, then by name."""
    found = []
    for kind, title in PLURALS.items():
        rows = [row for row in structures if row.kind == kind]
        if rows:
            rows.sort(key=lambda row: row.sort_key)
            title = title if len(rows) > 1 else capfirst(Kind(kind).label)
            found.append(Group(title, rows))
    return found


def _around() -> tuple[list[Place], list[Place]]:
    """The communes and the open structures of the Département, kept a minute."""
    key = f"{CACHE_KEY}:{settings.DEPARTEMENT}"
    kept = caches["local"].get(key)
    if kept is None:
        kept = _read_around()
        caches["local"].set(key, kept, timeout=KEPT_FOR)
    return kept


def _read_around() -> tuple[list[Place], list[Place]]:
    communes = [
        Place(name, longitude, latitude, code=code)
        for code, name, longitude, latitude in Commune.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .exclude(longitude=None)
        .order_by("sort_key")
        .values_list("code", "name", "longitude", "latitude")
    ]
    middles = {place.code: place for place in communes}
    structures = []
    rows = (
        HealthStructure.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .filter(kind__in=SOUGHT)
        .order_by("sort_key")
    )
    for name, kind, phone, longitude, latitude, code, where in rows.values_list(
        "name",
        "kind",
        "phone",
        "longitude",
        "latitude",
        "commune__code",
        "commune__name",
    ):
        middle = middles.get(code)
        if longitude is None and middle is None:
            continue
        structures.append(
            Place(
                name,
                middle.longitude if longitude is None else longitude,
                middle.latitude if longitude is None else latitude,
                kind=kind,
                phone=phone,
                where=naming.commune_with_a(where),
            )
        )
    return communes, structures


def _nearest(
    commune: Commune, here: list[HealthStructure], structures: list[Place]
) -> list[Nearest]:
    if commune.longitude is None:
        return []
    present = {row.kind for row in here}
    found = []
    for kind in SOUGHT:
        away = [place for place in structures if place.kind == kind]
        if kind in present or not away:
            continue
        closest = min(away, key=lambda place: place.kilometres_to(commune))
        distance = max(1, round(closest.kilometres_to(commune)))
        found.append(Nearest(closest, distance))
    return found


def _neighbours(commune: Commune, communes: list[Place]) -> list[Place]:
    """The closest communes of the Département."""
    if commune.longitude is None:
        return []
    others = [place for place in communes if place.code != commune.code]
    others.sort(key=lambda place: place.kilometres_to(commune))
    return others[:NEIGHBOURS_SHOWN]


def _offers(commune: Commune, day: dt.date) -> list[offers.Shown]:
    published = PracticeOffer.objects.published().in_commune(commune).newest_first()
    rows = published.select_related("structure", "intercommunality", "commune").defer(
        "commune__contour", "intercommunality__contour"
    )
    return offers.show_all(rows[:OFFERS_SHOWN], day)
