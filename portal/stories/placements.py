"""Semesters, places where trainees are received, and the rooms lent to them."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Membership, StudentProfile
from internships.models import (
    Dwelling,
    PlacementOffer,
    PlacementSite,
    Room,
    Semester,
    SiteDistance,
    Supervisor,
)
from listings import actions as listing_actions
from territory.models import HealthStructure, Organisation

# Who gave consent to be reached has a telephone.
SUPERVISORS = [
    ("Delprat", "Marc", ["extern_gp", "n1", "saspas"], 2, "du lundi au jeudi", True),
    ("Vigneau", "Sandrine", ["n1", "woman_child"], 1, "lundi, mardi et jeudi", True),
    ("Dubourg", "Paul", ["saspas", "junior_doctor"], 1, "mardi et mercredi", False),
    ("Lamarque", "Inès", ["dental_active"], 1, "du mardi au vendredi", True),
]


@dataclass(frozen=True)
class Site:
    """A place that receives trainees, the offers it makes, and for which semester."""

    name: str
    place: int
    presentation: str
    faculty: str
    km: int
    minutes: int
    supervisors: tuple[int, ...]
    transport: str = ""
    is_of_the_supervisor: bool = False
    # (kind, seats, title, summary, modality, supervision, car, semesters from now)
    offers: tuple[tuple, ...] = ()


SITES = [
    Site(
        "Maison de santé des Deux-Rives",
        6,
        "Deux médecins, trois infirmières, une kinésithérapeute. On déjeune ensemble "
        "le mardi, et l’on rentre à l’heure.",
        "Bordeaux",
        128,
        95,
        (0, 1),
        "Gare à dix minutes à pied, six trains par jour.",
        True,
        (
            (
                "n1",
                2,
                "Niveau 1 dans une équipe de six",
                "Deux maîtres de stage, vingt patients par jour et le temps d’en "
                "parler.",
                "alternating",
                "direct",
                False,
                (0, 1),
            ),
            (
                "saspas",
                1,
                "SASPAS, trois jours par semaine",
                "Un bureau à vous, un maître de stage au bout du fil, une garde par "
                "mois si vous voulez.",
                "full",
                "indirect",
                False,
                (1,),
            ),
            (
                "extern_gp",
                1,
                "Externat de médecine générale",
                "Six semaines pour découvrir les visites et le travail d’équipe.",
                "full",
                "direct",
                False,
                (0,),
            ),
        ),
    ),
    Site(
        "Cabinet du Marché",
        9,
        "Un cabinet de village, des visites le jeudi, l’école et la pharmacie à côté.",
        "Bordeaux",
        142,
        110,
        (2,),
        "",
        False,
        (
            (
                "saspas",
                1,
                "SASPAS à la campagne",
                "Des patients de tous les âges, de la petite traumatologie, des "
                "visites.",
                "full",
                "indirect",
                True,
                (0, 1),
            ),
            (
                "junior_doctor",
                1,
                "Docteur junior, en autonomie supervisée",
                "Six mois pour s’installer dans le rôle, et peut-être ensuite.",
                "full",
                "autonomy",
                True,
                (1,),
            ),
        ),
    ),
    Site(
        "Centre hospitalier, service de pédiatrie",
        0,
        "Vingt lits, une équipe jeune, des consultations avancées de PMI.",
        "Toulouse",
        115,
        80,
        (1,),
        "Gare à cinq minutes, un train par heure.",
        False,
        (
            (
                "woman_child",
                2,
                "Couplé santé de la femme et de l’enfant",
                "Trois mois à l’hôpital, trois mois en cabinet : les dates se "
                "choisissent à deux.",
                "coupled",
                "direct",
                False,
                (0, 1),
            ),
        ),
    ),
    Site(
        "Cabinet dentaire de la Halle",
        2,
        "Deux fauteuils, une panoramique récente, une assistante qualifiée.",
        "Bordeaux",
        98,
        75,
        (3,),
        "",
        False,
        (
            (
                "dental_active",
                1,
                "Stage actif d’odontologie",
                "Deux cent cinquante heures à temps plein ou partiel, un fauteuil pour "
                "vous.",
                "full",
                "direct",
                False,
                (0, 1),
            ),
        ),
    ),
]


@dataclass(frozen=True)
class Home:
    """A dwelling; of each room: name, m², rent, for two or not, accessible or not."""

    name: str
    place: int
    situation: str
    rooms: tuple[tuple, ...]
    near: dict[int, int]  # the rank of a site → minutes by car
    equipment: tuple[str, ...] = ("fibre", "kitchen", "washing", "desk")
    animals: bool = False
    children: bool = False
    deposit: int = 0
    cost: int = 450
    works: dict[str, tuple[int, int]] = field(default_factory=dict)


HOMES = [
    Home(
        "Résidence du Lavoir",
        6,
        "À dix minutes à pied du centre.",
        (
            ("Chambre 1", 18, 120, False, False),
            ("Chambre 2", 22, 140, True, False),
            ("Chambre 3", 16, 120, False, True),
        ),
        {0: 4, 1: 22},
        works={"Chambre 3": (20, 34)},
    ),
    Home(
        "Maison partagée du Figuier",
        9,
        "Un jardin, deux vélos, la boulangerie en face.",
        (
            ("Chambre bleue", 15, 100, False, False),
            ("Chambre du figuier", 14, 100, False, False),
            ("Chambre du haut", 20, 130, True, False),
        ),
        {1: 6, 0: 24},
        ("wifi", "kitchen", "washing", "garden", "bicycle"),
        animals=True,
        children=True,
        deposit=100,
        cost=520,
    ),
    Home(
        "Internat de l’hôpital",
        0,
        "Dans l’enceinte de l’hôpital, à trois minutes à pied des services.",
        (
            ("Studio 11", 20, 170, False, True),
            ("Studio 12", 24, 180, True, True),
        ),
        {2: 3},
        ("fibre", "kitchen", "desk", "parking", "linen"),
        cost=700,
    ),
]


def tell(world) -> None:
    """Whatever does not depend on anybody's choice; the next chapter has people."""
    if Semester.objects.exists():
        return
    semesters = [Semester.objects.create(period=period) for period in terms(world.day)]
    supervisors = [_supervisor(*facts) for facts in SUPERVISORS]
    sites = [_site(world, told, supervisors) for told in SITES]
    for told, site in zip(SITES, sites, strict=True):
        for offer in told.offers:
            _offer(world, site, offer, semesters)
    for home in HOMES:
        _home(world, home, sites)
    for key, studies, year in (
        ("interne", "medicine", 7),
        ("dentaire", "dentistry", 6),
    ):
        StudentProfile.objects.get_or_create(
            person=world.user(key).person,
            defaults={
                "studies": studies,
                "cycle": "3" if studies == "medicine" else "2",
                "year": year,
                "faculty": "Bordeaux",
            },
        )


def terms(day: dt.date) -> list[DateRange]:
    """The semester that runs that day and the next one, from Monday to Monday."""
    starts = [
        _first_monday(year, month)
        for year in range(day.year - 1, day.year + 3)
        for month in (5, 11)
    ]
    running = max(index for index, start in enumerate(starts) if start <= day)
    return [
        DateRange(starts[index], starts[index + 1]) for index in (running, running + 1)
    ]


def _first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=-first.weekday() % 7)


def _supervisor(last_name, first_name, levels, capacity, days, reachable):
    return Supervisor.objects.create(
        last_name=last_name,
        first_name=first_name,
        levels=levels,
        capacity=capacity,
        teaching_days=days,
        shows_contact=reachable,
        email=f"{last_name.lower()}@demo.example" if reachable else "",
    )


def _site(world, told: Site, supervisors) -> PlacementSite:
    commune = world.place(told.place)
    if told.is_of_the_supervisor:
        organisation = world.user("maitre-de-stage").person.memberships.first()
        organisation = organisation.organisation
    else:
        organisation = Organisation.objects.create(
            name=f"{told.name} ({commune.name})", kind="practice"
        )
    structures = HealthStructure.objects.open().filter(commune=commune)
    site = PlacementSite.objects.create(
        name=told.name,
        organisation=organisation,
        structure=structures.first() if told.is_of_the_supervisor else None,
        commune=commune,
        presentation=told.presentation,
        faculty=told.faculty,
        faculty_km=told.km,
        faculty_minutes=told.minutes,
        transport=told.transport,
    )
    for rank in told.supervisors:
        supervisors[rank].sites.add(site)
    return site


def _offer(world, site: PlacementSite, told: tuple, semesters) -> None:
    kind, seats, title, summary, modality, supervision, car, ranks = told
    author = world.user("maitre-de-stage")
    mine = author.person.memberships.filter(organisation=site.organisation).exists()
    known = [one for one in site.supervisors.all() if kind in one.levels]
    for rank in ranks:
        with world.on(-60 + 40 * rank):
            offer = PlacementOffer.objects.create(
                site=site,
                semester=semesters[rank],
                kind=kind,
                seats=seats,
                title=title,
                summary=summary,
                body=site.presentation,
                modality=modality,
                supervision=supervision,
                needs_car=car,
                teaching_days=known[0].teaching_days if known else "",
                room_nearby="Chambres meublées de la commune" if rank else "",
                commune=site.commune,
                organisation=site.organisation,
                owner=author.person if mine else None,
                contact_name=str(known[0]) if known else site.name,
                contact_email=author.email if mine else "stages@demo.example",
            )
            offer.supervisors.set(known)
            listing_actions.submit(offer, by=author if mine else world.user("accueil"))
            if not (mine and kind == "saspas"):
                listing_actions.publish(offer, by=world.user("accueil"))


def _home(world, told: Home, sites) -> None:
    commune = world.place(told.place)
    mairie = world.user("mairie").person
    owner, _created = Organisation.objects.get_or_create(
        name=f"Commune {commune.with_de}", kind="commune"
    )
    if told is HOMES[0] or told is HOMES[1]:
        Membership.objects.get_or_create(
            person=mairie, organisation=owner, role=Membership.Role.MANAGER, until=None
        )
    home = Dwelling.objects.create(
        name=told.name,
        owner=owner,
        commune=commune,
        address="4 rue de la Fontaine",
        access="Boîte à clés à gauche de la porte ; le code vient avec les clés.",
        situation=told.situation,
        presentation="Meublé, chauffé, prêt à vivre. Draps et vaisselle sur demande.",
        equipment=list(told.equipment),
        rules="On ne fume pas à l’intérieur. Le ménage des communs se partage.",
        charges="Eau, électricité et internet compris.",
        deposit=Decimal(told.deposit),
        accepts_animals=told.animals,
        accepts_children=told.children,
        contact_name="Sylvie Nadal",
        contact_phone="+33536490161",
        monthly_cost=Decimal(told.cost),
    )
    for name, surface, rent, for_two, accessible in told.rooms:
        room = Room.objects.create(
            dwelling=home,
            name=name,
            surface=surface,
            rent=Decimal(rent),
            for_two=for_two,
            is_accessible=accessible,
        )
        if name in told.works:
            start, end = (
                world.day + dt.timedelta(days=days) for days in told.works[name]
            )
            room.occupations.create(
                kind="maintenance",
                period=DateRange(start, end),
                note="Peinture et volets",
            )
    for rank, minutes in told.near.items():
        SiteDistance.objects.create(dwelling=home, site=sites[rank], minutes=minutes)
