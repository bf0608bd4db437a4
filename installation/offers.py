"""What anyone may read of an offer: the one place that decides it.

The list, the page, the map, the feeds, the structured data and the alerts print
what is made here, so that a confidential succession shows its territory alone.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from installation import presentation
from installation.models import PracticeOffer
from listings.lists import PublicFace
from territory import maps
from territory.categories import UNCLASSED
from territory.models import (
    Commune,
    Departement,
    Desk,
    Intercommunality,
    ZoneAssignment,
    Zoning,
)

Kind = PracticeOffer.Kind

ICONS = {
    Kind.SUCCESSION: "key-round",
    Kind.SALARIED_POST: "briefcase",
    Kind.PREMISES: "building-2",
    Kind.LOCUM: "calendar-days",
    Kind.SECONDARY_PRACTICE: "milestone",
}


@dataclass(frozen=True)
class Shown:
    """One offer as its page and its line in the list print it."""

    pk: int
    url: str
    title: str
    summary: str
    body: str
    kind: str
    icon: str
    place: str
    territory: str
    is_confidential: bool
    published_at: dt.datetime | None
    terms: str
    line: list[str]
    facts: list[tuple[str, str]]
    contact: dict[str, str]
    zones: list[str] = field(default_factory=list)


def show(offer: PracticeOffer, zones: Iterable[str] = ()) -> Shown:
    group = offer.intercommunality
    practice = offer.specialty or offer.get_profession_display()
    when = _when(offer)
    days = f"{offer.days_a_week} jours par semaine" if offer.days_a_week else ""
    if offer.days_a_week == 1:
        days = "1 jour par semaine"
    structure = "" if offer.is_confidential or not offer.structure else offer.structure
    facts = [
        ("Profession", capfirst(offer.get_profession_display())),
        ("Spécialité", offer.specialty),
        ("Exercice", capfirst(offer.get_mode_display())),
        ("Quand", capfirst(when)),
        ("Rythme", days),
        ("Prix, loyer ou rémunération", offer.terms),
        ("Structure", str(structure)),
        ("Équipe sur place", offer.team),
        ("Équipement", offer.equipment),
        ("Logiciel", offer.software),
        ("Logement à proximité", offer.housing),
    ]
    return Shown(
        pk=offer.pk,
        url=offer.get_absolute_url(),
        title=offer.title,
        summary=offer.summary,
        body=offer.body,
        kind=capfirst(offer.get_kind_display()),
        icon=ICONS[offer.kind],
        place=offer.place,
        territory=group.short_name if group and not offer.is_confidential else "",
        is_confidential=offer.is_confidential,
        published_at=offer.published_at,
        terms=offer.terms,
        line=[
            said for said in (practice, offer.get_mode_display(), days, when) if said
        ],
        facts=[(label, capfirst(value)) for label, value in facts if value],
        contact=_contact(offer),
        zones=list(zones),
    )


def _when(offer: PracticeOffer) -> str:
    """A confidential date is told as a year."""
    start = offer.public_from
    if start is None:
        return ""
    if offer.is_confidential:
        return f"courant {start.year}"
    if offer.available_until:
        end = presentation.said(offer.available_until)
        return f"du {presentation.said(start)} au {end}"
    if start <= timezone.localdate():
        return "dès maintenant"
    return f"à partir du {presentation.said(start)}"


def _contact(offer: PracticeOffer) -> dict[str, str]:
    """Who to call, when the author wants it shown."""
    if offer.is_confidential or not offer.contact_is_public:
        return {}
    return {
        "name": offer.contact_name,
        "email": offer.contact_email,
        "phone": str(offer.contact_phone),
    }


def show_all(offers: Iterable[PracticeOffer], day: dt.date) -> list[Shown]:
    """The lines of a page, with the zones of their communes in one query."""
    offers = list(offers)
    zones = zones_of(offers, day)
    return [show(offer, zones[offer.pk]) for offer in offers]


def zones_of(offers: list[PracticeOffer], day: dt.date) -> dict[int, list[str]]:
    """The zones that count for each offer that day: a dentist's are a dentist's."""
    named = [offer for offer in offers if not offer.is_confidential]
    by_commune = defaultdict(list)
    rows = (
        ZoneAssignment.objects.on(day)
        .filter(commune__in={offer.commune_id for offer in named})
        .exclude(category_code=UNCLASSED)
    )
    for commune, kind, label in rows.order_by("category_code").values_list(
        "commune", "zoning__kind", "category_label"
    ):
        by_commune[commune].append((kind, label))
    found: dict[int, list[str]] = {offer.pk: [] for offer in offers}
    for offer in named:
        own = (
            Zoning.Kind.ARS_DENTISTS
            if offer.profession == "dentist"
            else Zoning.Kind.ARS_DOCTORS
        )
        labels = [
            label
            for kind, label in by_commune[offer.commune_id]
            if kind in (own, Zoning.Kind.FRR)
        ]
        found[offer.pk] = list(dict.fromkeys(labels))
    return found


def face(offer: PracticeOffer) -> PublicFace:
    """For feeds and alerts."""
    return PublicFace(
        title=offer.title,
        summary=offer.summary,
        place=offer.place,
        kind=capfirst(offer.get_kind_display()),
    )


# --- The map -----------------------------------------------------------------------


@dataclass(frozen=True)
class Where:
    """Where the offers of a list are: on the map, and by territory in words."""

    map: SafeString | None
    territories: list[tuple[str, str, int]]


def where(offers, departement: Departement) -> Where:
    """Counted in one reading of the offers, however many there are."""
    by_commune, by_group = _count(offers)
    return Where(draw_map(by_commune, departement), _territories(by_group))


def draw_map(counts: dict[int, int], departement: Departement) -> SafeString | None:
    """A borne where there are offers; a confidential one is nowhere on it."""
    if not departement.pk:
        return None
    return maps.departement_map(departement, pins=_pins(counts), wide=False)


def pins(offers) -> list[maps.Pin]:
    """How many of these offers each commune holds; a confidential one is nowhere."""
    by_commune, _by_group = _count(offers)
    return list(_pins(by_commune))


def _count(offers) -> tuple[Counter[int], Counter[int]]:
    """Offers by commune, and by intercommunality: a confidential one shows that."""
    by_commune, by_group = Counter(), Counter()
    places = offers.order_by().values_list(
        "commune", "intercommunality", "is_confidential"
    )
    for commune, group, is_confidential, count in places.annotate(Count("pk")):
        if not is_confidential:
            by_commune[commune] += count
        if group is not None:
            by_group[group] += count
    return by_commune, by_group


def _pins(counts: dict[int, int]) -> Iterator[maps.Pin]:
    """The communes are read once there is a map to put them on."""
    communes = Commune.objects.filter(pk__in=counts)
    for commune in communes.only("name", "longitude", "latitude", "sort_key"):
        yield maps.Pin(commune, counts[commune.pk])


def _territories(counts: dict[int, int]) -> list[tuple[str, str, int]]:
    """Code, name and number of offers."""
    groups = Intercommunality.objects.filter(pk__in=counts).defer("contour")
    return [(group.code, group.short_name, counts[group.pk]) for group in groups]


# --- Structured data ---------------------------------------------------------------

EMPLOYMENT = {
    Kind.SUCCESSION: ["FULL_TIME", "CONTRACTOR"],
    Kind.SALARIED_POST: ["FULL_TIME"],
    Kind.PREMISES: ["CONTRACTOR"],
    Kind.LOCUM: ["TEMPORARY", "CONTRACTOR"],
    Kind.SECONDARY_PRACTICE: ["PART_TIME", "CONTRACTOR"],
}


def job_posting(offer: PracticeOffer, shown: Shown) -> SafeString | None:
    """schema.org JobPosting, for search engines; none for a confidential offer."""
    if offer.is_confidential:
        return None
    desk = Desk.objects.current()
    employer = offer.organisation or offer.structure or desk.service_name
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": offer.title,
        "description": f"{offer.summary}\n\n{offer.body}".strip(),
        "datePosted": timezone.localdate(offer.published_at).isoformat(),
        "validThrough": offer.expires_on.isoformat(),
        "employmentType": EMPLOYMENT[offer.kind],
        "occupationalCategory": offer.specialty or offer.get_profession_display(),
        "url": f"{settings.SITE_URL}{shown.url}",
        "directApply": False,
        "hiringOrganization": {"@type": "Organization", "name": str(employer)},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": offer.commune.name,
                "postalCode": next(iter(offer.commune.postal_codes), ""),
                "addressRegion": desk.departement.name,
                "addressCountry": "FR",
            },
        },
    }
    if offer.public_from:
        posting["jobStartDate"] = offer.public_from.isoformat()
    # Data, never run: what could close the element is written otherwise.
    written = json.dumps(posting, ensure_ascii=False)
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(written)
