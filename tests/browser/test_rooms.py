"""A room found by a student, run by a mairie, seen by the desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from internships.models import Occupation, Stay
from territory.models import Commune
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.browser.journeys import open_desk
from tests.browser.test_offers import enter
from tests.documents.factories import DocumentFactory
from tests.internships.factories import (
    DwellingFactory,
    HousingRequestFactory,
    OccupationFactory,
    PlacementSiteFactory,
    RoomFactory,
    SemesterFactory,
    StayFactory,
    days,
)
from tests.territory.factories import OrganisationFactory


@pytest.fixture
def claire(live_server, settings):
    return open_desk(settings)


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


def a_semester():
    """The one to come: from the 2nd of the month after next, for six months."""
    first = (timezone.localdate().replace(day=1) + dt.timedelta(days=64)).replace(day=2)
    last = (first + dt.timedelta(days=182)).replace(day=3)
    return SemesterFactory(period=days(first, last)), first, last


def some_rooms(first, last):
    """Three places, as the rooms of a winter are."""
    nerac, sos, marmande = (
        Commune.objects.get(name=name) for name in ("Nérac", "Sos", "Marmande")
    )
    site = PlacementSiteFactory(commune=nerac, name="Maison de santé de Nérac")

    def home(name, commune, situation, *, minutes, means="car", **more):
        owner = OrganisationFactory(name=f"Commune de {commune.name}", kind="commune")
        found = DwellingFactory(
            name=name, commune=commune, situation=situation, owner=owner, **more
        )
        found.distances.create(site=site, minutes=minutes, means=means)
        return found

    tapie = home(
        "Résidence Tapie",
        nerac,
        "10 minutes à pied du centre.",
        minutes=4,
        equipment=["fibre", "kitchen"],
        presentation="Deux chambres autour d’une grande cuisine.",
        rules="On ne fume pas à l’intérieur.",
    )
    bartere = home(
        "Maison partagée de la Bartère",
        sos,
        "Jardin.",
        minutes=9,
        accepts_animals=True,
    )
    hospital = home(
        "Logement de l’hôpital",
        marmande,
        "Rue des Cordeliers.",
        minutes=3,
        means="foot",
    )
    one = RoomFactory(dwelling=tapie, name="Chambre 1", rent=120, surface=18)
    two = RoomFactory(
        dwelling=tapie, name="Chambre 2", rent=140, surface=22, for_two=True
    )
    RoomFactory(dwelling=bartere, name="Chambre bleue", rent=100, surface=15)
    fig = RoomFactory(dwelling=bartere, name="Chambre du figuier", rent=100, surface=14)
    studio = RoomFactory(
        dwelling=hospital, name="Studio 12", rent=180, surface=24, is_accessible=True
    )
    quarter = first + dt.timedelta(days=90)
    stay = OccupationFactory(room=one, stay=True, period=days(first, quarter))
    StayFactory(
        occupation=stay,
        deposit=200,
        insurance=DocumentFactory(),
        insurance_sent_at=timezone.now(),
    )
    OccupationFactory(
        room=one,
        kind="buffer",
        request=None,
        expires_at=None,
        follows=stay,
        period=days(quarter, quarter + dt.timedelta(days=4)),
    )
    OccupationFactory(
        room=two,
        period=days(first, last),
        request=HousingRequestFactory(state="held", period=days(first, last)),
    )
    OccupationFactory(
        room=fig, stay=True, period=days(first, first + dt.timedelta(days=60))
    )
    works = first + dt.timedelta(days=43)
    OccupationFactory(room=studio, maintenance=True, period=days(first, works))
    OccupationFactory(room=studio, stay=True, period=days(works, last))
    return tapie, one


@pytest.fixture
def home(claire):
    _semester, first, last = a_semester()
    tapie, _room = some_rooms(first, last)
    return tapie


def test_rooms_are_found_run_and_watched(
    page, live_server, address, claire, home, look
):
    page.goto(address("internships:rooms"))
    expect(page.get_by_text("5 chambres")).to_be_visible()
    look(page, "chambres")
    page.get_by_label("Près de").select_option(label="Boé")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("Aucune chambre près de Boé ce semestre")).to_be_visible()
    look(page, "chambres-aucune")
    page.goto(address("internships:rooms"))
    page.get_by_role("link", name="Chambre 1", exact=True).click()
    expect(page.get_by_role("heading", name="Résidence Tapie")).to_be_visible()
    look(page, "chambre")

    mayor = UserFactory()
    MembershipFactory(person=mayor.person, organisation=home.owner)
    enter(page, live_server.url, mayor)
    page.goto(address("internships:my-dwellings"))
    look(page, "mes-logements")
    page.get_by_role("link", name="Résidence Tapie").click()
    look(page, "mon-logement")
    page.get_by_role("link", name="Noter des travaux : Chambre 1").click()
    today = timezone.localdate()
    page.get_by_label("Premier jour").fill((today + dt.timedelta(1)).isoformat())
    page.get_by_label("Dernier jour").fill((today + dt.timedelta(400)).isoformat())
    page.get_by_label("Note").fill("Peinture")
    page.get_by_role("button", name="Noter les travaux").click()
    expect(
        page.get_by_text("La chambre est prise dans ces jours").first
    ).to_be_visible()
    look(page, "travaux-refuses")
    page.get_by_label("Dernier jour").fill((today + dt.timedelta(3)).isoformat())
    page.get_by_role("button", name="Noter les travaux").click()
    expect(page.get_by_text("C’est noté").first).to_be_visible()
    look(page, "planning")
    works = Occupation.objects.get(note="Peinture")
    page.goto(address("internships:my-occupation", works.pk))
    page.get_by_role("button", name="Les travaux sont terminés").click()
    expect(page.get_by_text("C’est terminé").first).to_be_visible()
    stay = Stay.objects.get(occupation__room__dwelling=home)
    page.goto(address("internships:my-occupation", stay.occupation_id))
    page.get_by_role("button", name="Accepter l’attestation").click()
    expect(page.get_by_text("L’attestation est acceptée.").first).to_be_visible()
    look(page, "sejour-proprietaire")
    page.get_by_role("link", name="Changer ces jours").click()
    page.get_by_label("Jours de ménage").fill("3")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("3 jours après le départ")).to_be_visible()
    page.goto(address("internships:dwelling-calendar", home.pk))
    page.get_by_role("button", name="Ouvrir le calendrier").click()
    look(page, "calendrier")

    enter(page, live_server.url, claire)
    page.goto(address("admin:internships_planning"))
    look(page, "gestion-planning")
