"""What the home page shows of the territory and of the desk."""

from dataclasses import dataclass, field
from functools import partial

from django.core.cache import caches
from django.db.models import Count, Max, Sum
from django.utils.safestring import SafeString

from accounts import roles
from accounts.models import User
from installation import offers
from installation.models import PracticeOffer
from portal import charts
from portal.charts import PeopleChart
from territory import maps
from territory.models import (
    Commune,
    CommunePopulation,
    HealthStructure,
    Intercommunality,
    Organisation,
)

CACHE_KEY = "portal.home"
KEPT_FOR = 60

# Who helps a newcomer first comes first; the others follow by name.
PARTNER_KINDS = [
    Organisation.Kind.ARS,
    Organisation.Kind.CPAM,
    Organisation.Kind.MSA,
    Organisation.Kind.ORDRE,
    Organisation.Kind.URPS,
    Organisation.Kind.UNIVERSITY,
    Organisation.Kind.HOSPITAL,
    Organisation.Kind.EMPLOYMENT,
    Organisation.Kind.CHILDCARE,
    Organisation.Kind.HOUSING,
    Organisation.Kind.SCHOOL,
    Organisation.Kind.REGION,
    Organisation.Kind.STATE,
]
PARTNERS_SHOWN = 9


@dataclass(frozen=True)
class Teammate:
    """Somebody who answers at the desk, as visitors meet them."""

    name: str
    first_name: str
    phone: str
    function: str = ""


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and where it comes from."""

    number: int
    label: str
    source: str
    comparison: str = ""


@dataclass(frozen=True)
class Partner:
    name: str
    topics: str


@dataclass(frozen=True)
class Home:
    maps: list[SafeString] = field(default_factory=list)
    places_to_take: int = 0
    treemap: list[SafeString] = field(default_factory=list)
    chart: PeopleChart | None = None
    people: list[Teammate] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)

    @property
    def first_names(self) -> str:
        """« Claire et Mathilde »."""
        names = [person.first_name for person in self.people]
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} et {names[-1]}"


def content(desk) -> Home:
    """The page's content, kept a minute: the outline is a megabyte to read."""
    kept = caches["local"].get(CACHE_KEY)
    if kept is None or kept[0] != desk.departement.code:
        pins = offers.pins(PracticeOffer.objects.published())
        outlines = _both(partial(maps.departement_map, pins=pins), desk.departement)
        home = Home(
            maps=outlines,
            places_to_take=len(pins),
            # Without contours, rectangles say where people live.
            treemap=[] if outlines else _both(maps.treemap, desk.departement),
            chart=charts.people(desk.departement),
            people=_people(desk),
            figures=_figures(desk.departement),
            partners=_partners(),
        )
        kept = (desk.departement.code, home)
        caches["local"].set(CACHE_KEY, kept, timeout=KEPT_FOR)
    return kept[1]


def _both(draw, departement) -> list[SafeString]:
    """A drawing for a wide and for a narrow screen; nothing without its data."""
    if not departement.pk:
        return []
    renders = [draw(departement, wide=wide) for wide in (True, False)]
    return [render for render in renders if render]


def _people(desk) -> list[Teammate]:
    users = (
        User.objects.desk()
        .filter(groups__name=roles.ACCUEIL)
        .select_related("person")
        .order_by("person__sort_key")
    )
    return [
        Teammate(
            name=user.person.full_name,
            first_name=user.person.first_name or user.person.full_name,
            phone=str(user.person.phone or desk.phone),
        )
        for user in users
    ]


def _figures(departement) -> list[Figure]:
    communes = Commune.objects.open().in_departement(departement.code)
    found = communes.aggregate(count=Count("pk"), people=Sum("population"))
    latest = CommunePopulation.objects.filter(commune__in=communes).aggregate(
        year=Max("year")
    )["year"]
    groups = Intercommunality.objects.filter(communes__in=communes).distinct()
    health_houses = HealthStructure.objects.filter(
        commune__in=communes,
        status=HealthStructure.Status.OPEN,
        kind=HealthStructure.Kind.HEALTH_HOUSE,
    )
    populations = f"INSEE, populations légales {latest or ''}".strip()
    codes = f"INSEE, code officiel géographique {departement.division_year or ''}"
    counted = [
        (found["people"] or 0, "habitant", "habitants", populations),
        (found["count"], "commune", "communes", codes.strip()),
        (groups.count(), "intercommunalité", "intercommunalités", codes.strip()),
        (
            health_houses.count(),
            "maison de santé ouverte",
            "maisons de santé ouvertes",
            "Répertoire FINESS et guichet",
        ),
    ]
    return [
        Figure(number, one if number == 1 else several, source)
        for number, one, several, source in counted
        if number
    ]


def _partners() -> list[Partner]:
    organisations = (
        Organisation.objects.active()
        .filter(kind__in=PARTNER_KINDS)
        .prefetch_related("topics")
    )
    in_order = sorted(
        organisations, key=lambda body: (PARTNER_KINDS.index(body.kind), body.sort_key)
    )
    return [
        Partner(
            body.name,
            ", ".join(topic.name for topic in body.topics.all()).capitalize(),
        )
        for body in in_order[:PARTNERS_SHOWN]
    ]
