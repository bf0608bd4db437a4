"""A host writes a placement, the desk publishes it, a student compares."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from internships.models import PlacementOffer, SiteDistance
from listings import actions as listing_actions
from territory.models import Commune
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.browser.journeys import enter, open_desk
from tests.documents import samples
from tests.internships.factories import (
    DwellingFactory,
    PlacementOfferFactory,
    PlacementSiteFactory,
    SemesterFactory,
    SupervisorFactory,
    days,
)
from tests.territory.factories import ZoneAssignmentFactory


@pytest.fixture
def claire(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return open_desk(settings)


@pytest.fixture
def host(claire):
    """Doctor Lasserre, who teaches at the health house of Nérac."""
    nerac = Commune.objects.get(name="Nérac")
    ZoneAssignmentFactory(
        commune=nerac, category_label="Zone d’intervention prioritaire"
    )
    site = PlacementSiteFactory(
        name="Maison de santé de Nérac",
        commune=nerac,
        presentation="Six médecins, trois infirmières, une pharmacie en bas.",
        transport="Autocar d’Agen toutes les heures",
    )
    SupervisorFactory(first_name="Anne", last_name="Lasserre").sites.add(site)
    SiteDistance.objects.create(
        dwelling=DwellingFactory(name="Maison de la Bartère", commune=nerac),
        site=site,
        minutes=8,
        means="foot",
    )
    user = UserFactory(person=PersonFactory(first_name="Anne", last_name="Lasserre"))
    MembershipFactory(person=user.person, organisation=site.organisation)
    return user


def test_a_placement_is_written_published_found_and_compared(
    page, live_server, host, claire, look
):
    def goto(name, *args):
        page.goto(live_server.url + reverse(name, args=args))

    semester = SemesterFactory(period=days("2030-05-06", "2030-11-04"))
    SemesterFactory(period=days("2030-11-04", "2031-05-05"))
    agen = Commune.objects.get(name="Agen")
    PlacementOfferFactory(
        published=True,
        title="Urgences de l’hôpital d’Agen",
        kind="emergency",
        semester=semester,
        site=PlacementSiteFactory(name="Hôpital d’Agen", commune=agen),
        needs_car=True,
        seats=3,
    )

    enter(page, live_server.url, host)
    goto("internships:offer-new")
    page.get_by_label("Terrain de stage").select_option(index=1)
    page.get_by_label("Semestre").select_option(index=1)
    page.locator("#id_kind").select_option("n1")
    page.get_by_label("Titre").fill("Niveau 1 à la maison de santé de Nérac")
    page.get_by_label("Nombre de places").fill("4")
    page.locator("label", has_text="Anne Lasserre").first.click()
    page.get_by_role("button", name="Envoyer au guichet").click()
    expect(page.get_by_text("reçoivent 2 étudiants").first).to_be_visible()
    look(page, "stage-formulaire")
    page.get_by_label("Nombre de places").fill("2")
    page.get_by_label("L’essentiel en une phrase").fill(
        "Deux places auprès de six médecins, gestes et visites compris."
    )
    page.get_by_role("button", name="Envoyer au guichet").click()
    expect(page.get_by_text("le guichet relit votre offre").first).to_be_visible()

    offer = PlacementOffer.objects.get(owner=host.person)
    goto("internships:offer-photos", offer.pk)
    page.locator("#id_picture").set_input_files(
        {"name": "entree.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg()}
    )
    page.get_by_label("Ce que montre la photo").fill("L’entrée, de plain-pied")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("img", name="L’entrée, de plain-pied")).to_be_visible()
    look(page, "stage-photos")
    listing_actions.publish(offer, by=claire)
    goto("internships:my-offers")
    page.get_by_role("button", name="Renouveler pour novembre 2030").click()
    expect(page.get_by_text("votre offre est en ligne pour").first).to_be_visible()
    look(page, "stage-mes-offres")

    page.context.clear_cookies()
    goto("internships:home")
    look(page, "stage-accueil")
    page.get_by_role("link", name="offres de stage").first.click()
    look(page, "stage-liste")
    page.get_by_label("Semestre").select_option(str(semester.pk))
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("2 offres de stage")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Comparer les offres cochées").click()
    expect(page.get_by_role("cell", name="Nécessaire", exact=True)).to_be_visible()
    look(page, "stage-comparer")
    page.get_by_role("link", name=offer.title, exact=True).click()
    expect(page.get_by_text("Zone d’intervention prioritaire")).to_be_visible()
    look(page, "stage-offre")
