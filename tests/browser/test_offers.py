"""An offer from the desk to the alert, and a succession that stays confidential."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework import delivery
from installation.models import Interest, Introduction, PracticeOffer
from listings import alerts
from territory.models import Commune
from tests.accounts.factories import PersonFactory, UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import RequestFactory
from tests.installation.offer_factories import MentorFactory, OfferFactory
from tests.territory.factories import ZoneAssignmentFactory


@pytest.fixture
def claire(live_server, settings):
    return open_desk(settings)


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


def choose(page, words):
    """The whole row of a choice is its target."""
    page.locator("label", has_text=words).first.click()


def some_offers():
    nerac = Commune.objects.get(name="Nérac")
    ZoneAssignmentFactory(
        commune=nerac, category_label="Zone d’intervention prioritaire"
    )
    OfferFactory(
        published=True,
        kind="salaried_post",
        mode="salaried",
        title="Médecin généraliste au centre de santé",
        summary="Trois confrères, deux assistantes, 35 heures, gardes au choix.",
        commune=nerac,
        days_a_week=4,
        available_from=dt.date(2027, 3, 1),
    )
    return nerac


def test_an_offer_is_written_published_found_and_told(
    page, live_server, address, claire, look
):
    nerac = some_offers()
    doctor = UserFactory(
        person=PersonFactory(first_name="Yves", last_name="Lasserre", title="dr")
    )
    enter(page, live_server.url, doctor)
    page.goto(address("installation:offer-new"))
    choose(page, "Remplacement")
    page.get_by_label("Titre").fill("Remplacement de pédiatre, tout l’été")
    page.get_by_label("L’essentiel en une phrase").fill(
        "Juillet et août, secrétariat sur place et logement au-dessus du cabinet."
    )
    page.get_by_label("Profession").select_option("doctor")
    page.get_by_label("Spécialité").fill("pédiatrie")
    choose(page, "En libéral")
    page.get_by_role("combobox", name="Commune").fill("nerac")
    page.locator(".place-field-list li").first.click()
    look(page, "offre-formulaire")
    page.get_by_role("button", name="Envoyer au guichet").click()
    expect(
        page.get_by_text("Dites quand le remplacement commence.").first
    ).to_be_visible()
    page.get_by_label("À partir du").fill("2027-07-01")
    page.get_by_role("button", name="Envoyer au guichet").click()
    expect(page.get_by_text("le guichet relit votre offre").first).to_be_visible()
    look(page, "offre-mes-offres")

    offer = PracticeOffer.objects.get(owner=doctor.person)
    enter(page, live_server.url, claire)
    page.goto(address("admin:installation_practiceoffer_change", offer.pk))
    look(page, "gestion-offre", axe=False)
    page.get_by_role("link", name="Publier", exact=True).click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("L’annonce est en ligne.").first).to_be_visible()

    page.context.clear_cookies()
    page.goto(address("installation:offers"))
    look(page, "offre-liste")
    page.get_by_label("Mots").fill("pédaitre")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("link", name=offer.title)).to_be_visible()
    page.get_by_role("link", name="Me prévenir des nouvelles").click()
    page.get_by_label("Votre courriel").fill("lea@example.org")
    choose(page, "J’accepte de recevoir")
    look(page, "offre-alerte")
    page.get_by_role("button", name="Me prévenir").click()
    expect(page.get_by_role("heading", name="Regardez votre courriel")).to_be_visible()
    page.goto(live_server.url + mailed("lea@example.org", "Confirmez votre alerte"))
    page.get_by_role("button", name="Oui, prévenez-moi").click()
    expect(
        page.get_by_role("heading", name="Votre alerte est en place")
    ).to_be_visible()

    OfferFactory(
        published=True, title="Pédiatre à Nérac", commune=nerac, specialty="pédiatrie"
    )
    alerts.run(timezone.localdate())
    delivery.deliver_all()
    message = mail.outbox[-1]
    assert message.to == ["lea@example.org"]
    assert "Pédiatre à Nérac" in message.body
    page.goto(address("installation:offers") + "?nature=premises")
    expect(page.get_by_role("link", name="Me prévenir par courriel")).to_be_visible()
    look(page, "offre-liste-vide")


def test_a_succession_stays_confidential_until_both_accept(
    page, live_server, address, claire, look
):
    nerac = some_offers()
    owner = UserFactory(
        person=PersonFactory(first_name="Yves", last_name="Lasserre", title="dr")
    )
    offer = OfferFactory(
        published=True,
        confidential=True,
        owner=owner.person,
        contact_email=owner.email,
        contact_phone="+33536494712",
        commune=nerac,
        title="Cabinet de médecine générale, deux bureaux",
        summary="Patientèle de trente ans, secrétaire à garder, maison à louer.",
        body="Départ à la retraite, avec six mois ensemble pour présenter chacun.",
        available_from=dt.date(2027, 9, 17),
        days_a_week=4,
        equipment="Échographe, télétransmission",
        software="à choisir ensemble",
    )
    ines = UserFactory(person=PersonFactory(first_name="Inès", last_name="Caubet"))
    dossier = RequestFactory(
        in_support=True,
        applicant=ines.person,
        email=ines.email,
        case_worker=claire,
        specialty="médecine générale",
        horizon="year",
    )
    enter(page, live_server.url, ines)
    page.goto(live_server.url + offer.get_absolute_url())
    expect(page.get_by_text("Qui, et où exactement")).to_be_visible()
    assert "Nérac" not in page.content()
    assert "Lasserre" not in page.content()
    look(page, "offre-confidentielle")
    choose(page, "J'accepte que mon nom")
    page.get_by_role("button", name="Ça m’intéresse").click()
    expect(page.get_by_role("heading", name="Offres et rencontres")).to_be_visible()
    assert "Lasserre" not in page.content()
    assert Interest.objects.get().request == dossier

    page.context.clear_cookies()
    page.goto(live_server.url + mailed(owner.email, "s'intéresse à votre succession"))
    page.get_by_role("button", name="Voir et répondre").click()
    assert "Caubet" not in page.content()
    look(page, "offre-mise-en-relation")
    page.get_by_role("button", name="J’accepte").click()
    expect(page.get_by_text("Inès Caubet")).to_be_visible()
    assert Introduction.objects.get().state == "met"

    enter(page, live_server.url, claire)
    page.goto(
        address("admin:installation_installationrequest_change", dossier.pk)
        + "?onglet=offres"
    )
    look(page, "gestion-dossier-offres", axe=False)
    MentorFactory(person=PersonFactory(first_name="Hélène", last_name="Roux"))
    page.get_by_role("link", name="Proposer un compagnon").click()
    page.get_by_label("Compagnon").select_option(index=1)
    page.get_by_role("button", name="Proposer à tous les deux").click()
    expect(page.get_by_text("La question est partie aux deux.").first).to_be_visible()
    enter(page, live_server.url, owner)
    page.goto(address("installation:mentor"))
    look(page, "compagnonnage")
