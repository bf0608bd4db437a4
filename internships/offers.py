"""What anyone may read of a placement offer: the one place that decides it.

The list, the page, the comparison, the map, the feeds and the alerts print what is
made here.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from internships.forms.offers import ZONINGS
from internships.models import Interest, PlacementOffer, PlacementSite, SiteDistance
from internships.models.kinds import OF_DENTISTS
from listings.lists import PublicFace
from territory import maps, zones
from territory.models import Commune, Departement, Intercommunality, Zoning

HOUR = 60
MOST_ROOMS = 3


@dataclass(frozen=True)
class Shown:
    """One offer as its page, its line in the list and its column print it."""

    pk: int
    url: str
    title: str
    summary: str
    body: str
    kind: str
    semester: str
    begins_on: dt.date
    site: PlacementSite
    place: str
    territory: str
    published_at: dt.datetime | None
    seats: str
    is_full: bool
    faculty: str
    car: str
    rooms: list[str]
    line: list[str]
    facts: list[tuple[str, str]]
    contact: dict[str, str]
    zones: list[str] = field(default_factory=list)


def show(
    offer: PlacementOffer,
    *,
    taken: int = 0,
    zones: Iterable[str] = (),
    ways: Iterable[SiteDistance] = (),
) -> Shown:
    group = offer.commune.intercommunality
    left = max(offer.seats - taken, 0)
    rooms = [offer.room_nearby] * bool(offer.room_nearby)
    rooms += [way_in_words(way) for way in ways]
    car = "Nécessaire" if offer.needs_car else "Pas nécessaire"
    facts = [
        ("Semestre", str(offer.semester)),
        ("Places", seats_in_words(left, offer.seats)),
        ("Accompagnement", offer.get_supervision_display()),
        ("Rythme", offer.get_modality_display()),
        ("Jours d’enseignement", offer.teaching_days),
        ("Structure", str(offer.site.structure or "")),
        ("Voiture", car),
        ("Venir sans voiture", offer.site.transport),
        ("Faculté", faculty_of(offer.site)),
    ]
    return Shown(
        pk=offer.pk,
        url=offer.get_absolute_url(),
        title=offer.title,
        summary=offer.summary,
        body=offer.body,
        kind=capfirst(offer.get_kind_display()),
        semester=str(offer.semester),
        begins_on=offer.semester.begins_on,
        site=offer.site,
        place=offer.commune.name,
        territory=group.short_name if group else "",
        published_at=offer.published_at,
        seats=seats_in_words(left, offer.seats),
        is_full=not left,
        faculty=faculty_of(offer.site),
        car=car,
        rooms=rooms,
        line=[
            said
            for said in (
                str(offer.semester),
                seats_in_words(left, offer.seats),
                offer.get_supervision_display(),
                "" if offer.needs_car else "sans voiture",
                "une chambre à proximité" if rooms else "",
            )
            if said
        ],
        facts=[(label, capfirst(value)) for label, value in facts if value],
        contact=_contact(offer),
        zones=list(zones),
    )


def seats_in_words(left: int, seats: int) -> str:
    if not left:
        return "complet"
    plural = "s" if seats > 1 else ""
    if left == seats:
        return f"{seats} place{plural}"
    return f"{left} place{'s' if left > 1 else ''} sur {seats}"


def faculty_of(site: PlacementSite) -> str:
    """« Bordeaux, 130 km, 1 h 35 »."""
    distance = f"{site.faculty_km} km" if site.faculty_km is not None else ""
    parts = [site.faculty, distance, duration(site.faculty_minutes)]
    return ", ".join(part for part in parts if part)


def duration(minutes: int | None) -> str:
    """« 45 min », « 1 h 05 »."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def way_in_words(way: SiteDistance) -> str:
    dwelling = way.dwelling
    return (
        f"{dwelling.name}, {dwelling.commune.name}, à {duration(way.minutes)} "
        f"{way.get_means_display()}"
    )


def _contact(offer: PlacementOffer) -> dict[str, str]:
    """Who to call, when the host wants it shown."""
    if not offer.contact_is_public:
        return {}
    return {
        "name": offer.contact_name,
        "email": offer.contact_email,
        "phone": str(offer.contact_phone),
    }


def show_all(offers: Iterable[PlacementOffer]) -> list[Shown]:
    """The lines of a page: seats, zones and rooms are read once for all of them."""
    offers = list(offers)
    taken, there, ways = seats_taken(offers), zones_of(offers), ways_to(offers)
    return [
        show(
            offer,
            taken=taken[offer.pk],
            zones=there[offer.pk],
            ways=ways[offer.site_id],
        )
        for offer in offers
    ]


def seats_taken(offers: list[PlacementOffer]) -> Counter[int]:
    """How many both sides have confirmed, by offer."""
    confirmed = Interest.objects.filter(
        offer__in=offers, state=Interest.State.CONFIRMED
    )
    counted = confirmed.order_by().values_list("offer").annotate(Count("pk"))
    return Counter(dict(counted))


def zones_of(offers: list[PlacementOffer]) -> dict[int, list[str]]:
    """The zones on the first day of each semester (R-32); dentists have their own."""
    by_commune = defaultdict(list)
    rows = zones.assigned(ZONINGS).filter(
        commune__in={offer.commune_id for offer in offers}
    )
    for commune, kind, valid, label in rows.order_by("category_code").values_list(
        "commune", "zoning__kind", "zoning__valid", "category_label"
    ):
        by_commune[commune].append((kind, valid, label))
    found = {}
    for offer in offers:
        is_dental = offer.kind in OF_DENTISTS
        own = Zoning.Kind.ARS_DENTISTS if is_dental else Zoning.Kind.ARS_DOCTORS
        labels = [
            label
            for kind, valid, label in by_commune[offer.commune_id]
            if kind in (own, Zoning.Kind.FRR) and offer.semester.begins_on in valid
        ]
        found[offer.pk] = list(dict.fromkeys(labels))
    return found


def ways_to(offers: list[PlacementOffer]) -> dict[int, list[SiteDistance]]:
    """The dwellings known to be near each site, the nearest first."""
    ways = defaultdict(list)
    known = SiteDistance.objects.filter(
        site__in={offer.site_id for offer in offers}, dwelling__is_open=True
    ).select_related("dwelling__commune")
    for way in known.defer("dwelling__commune__contour").order_by("minutes", "pk"):
        theirs = ways[way.site_id]
        if len(theirs) < MOST_ROOMS and way.dwelling_id not in {
            one.dwelling_id for one in theirs
        }:
            theirs.append(way)
    return ways


def face(offer: PlacementOffer) -> PublicFace:
    """For feeds and alerts."""
    return PublicFace(
        title=offer.title,
        summary=offer.summary,
        place=f"{offer.commune.name}, {offer.semester}",
        kind=capfirst(offer.get_kind_display()),
    )


# --- Side by side --------------------------------------------------------------------


def compare(shown: list[Shown]) -> list[tuple[str, list[list[str]]]]:
    """What differs from a site to another: a title, and what each says of it."""
    return [
        (title, [said if isinstance(said, list) else [said] for said in values])
        for title, values in (
            ("Stage", [one.kind for one in shown]),
            ("Semestre", [capfirst(one.semester) for one in shown]),
            ("Places", [capfirst(one.seats) for one in shown]),
            ("Structure", [str(one.site.structure or one.site) for one in shown]),
            ("Jusqu’à la faculté", [one.faculty for one in shown]),
            ("Voiture", [one.car for one in shown]),
            ("Venir sans voiture", [one.site.transport for one in shown]),
            ("Chambre à proximité", [one.rooms or [""] for one in shown]),
            ("Zone au premier jour", [one.zones or [""] for one in shown]),
        )
    ]


# --- The map -----------------------------------------------------------------------


@dataclass(frozen=True)
class Where:
    """Where the offers of a list are: on the map, and by territory in words."""

    map: SafeString | None
    territories: list[tuple[str, str, int]]


def where(offers, departement: Departement) -> Where:
    """Counted in one reading of the offers, however many there are."""
    by_commune, by_group = Counter(), Counter()
    places = offers.order_by().values_list("commune", "commune__intercommunality")
    for commune, group, count in places.annotate(Count("pk")):
        by_commune[commune] += count
        if group is not None:
            by_group[group] += count
    return Where(_map(by_commune, departement), _territories(by_group))


def _map(counts: Counter[int], departement: Departement) -> SafeString | None:
    if not departement.pk:
        return None
    communes = Commune.objects.filter(pk__in=counts)
    pins = [
        maps.Pin(commune, counts[commune.pk])
        for commune in communes.only("name", "longitude", "latitude", "sort_key")
    ]
    return maps.departement_map(departement, pins=pins, wide=False)


def _territories(counts: Counter[int]) -> list[tuple[str, str, int]]:
    """Code, name and number of offers."""
    groups = Intercommunality.objects.filter(pk__in=counts).defer("contour")
    return [(group.code, group.short_name, counts[group.pk]) for group in groups]
