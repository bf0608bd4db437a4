"""The aids in a real browser: found by a visitor, asked for, examined at the desk."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from playwright.sync_api import expect

from installation.models import AidRequest
from territory.models import Commune
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter, open_desk
from tests.documents import samples
from tests.installation.factories import RequestFactory
from tests.territory.factories import ZoneAssignmentFactory, ZoningFactory


@pytest.fixture
def claire(transactional_db, settings):
    """A desk with its catalogue, and Nérac in a zone of two zonings."""
    claire = open_desk(settings)
    call_command("load_aids", verbosity=0)
    nerac = Commune.objects.get(name="Nérac")
    since = DateRange(dt.date(2026, 2, 3), None)
    doctors = ZoningFactory(
        version="2026",
        legal_reference="Arrêté de l’ARS du 30 décembre 2025",
        valid=since,
    )
    ZoneAssignmentFactory(zoning=doctors, commune=nerac)
    frr = ZoningFactory(kind="frr", region_code="", version="juillet 2025", valid=since)
    ZoneAssignmentFactory(
        zoning=frr, commune=nerac, category_code="FRR", category_label="FRR socle"
    )
    return claire


@pytest.fixture
def ines(claire):
    return UserFactory(
        email="ines.caubet@example.org",
        person__first_name="Inès",
        person__last_name="Caubet",
    )


def choose(page, question: str, answer: str):
    """One row of a question: its label covers the control."""
    group = page.get_by_role("group", name=question)
    group.get_by_text(answer, exact=True).click()


def test_a_visitor_finds_the_aids_of_a_place(page, base_url, claire, look):
    page.goto(f"{base_url}/installation/aides/")
    look(page, "aides")
    page.get_by_label("Commune d’exercice").fill("Nérac")
    page.get_by_role("option", name="Nérac").click()
    page.get_by_label("Vous êtes").select_option("gp")
    page.get_by_label("Vous voulez").select_option("creation")
    page.get_by_text("Préciser, pour une réponse plus sûre").click()
    page.get_by_label("Première installation libérale").select_option("oui")
    page.get_by_label("Secteur conventionnel").select_option("1")
    page.get_by_label("Vous exercerez").select_option("liberal")
    page.get_by_role("button", name="Voir les aides").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Les aides à Nérac")
    eligible = page.get_by_role("region", name="Vous remplissez les conditions")
    expect(eligible).to_contain_text("10 000 €, une fois")
    expect(page.get_by_role("main")).to_contain_text(
        "zone d'intervention", ignore_case=True
    )
    look(page, "aides-resultat")
    page.get_by_role("link", name="Aide à la primo-installation").click()
    expect(page.get_by_role("main")).to_contain_text("Convention médicale 2024-2029")
    look(page, "aides-fiche")


def test_aid_is_asked_for_completed_and_examined(
    page, browser, base_url, browser_context_args, claire, ines, look
):
    dossier = RequestFactory(in_support=True, applicant=ines.person)
    title = page.get_by_role("heading", level=1)
    enter(page, base_url, ines)
    page.goto(f"{base_url}/installation/aides/demande/")
    choose(page, "L’aide que vous demandez", "Prime d'installation")
    page.get_by_label("Montant demandé, en euros").fill("20 000 €")
    page.get_by_label("Commune d’exercice").fill("Nérac")
    page.get_by_role("option", name="Nérac").click()
    page.get_by_label("Profession (obligatoire)").select_option("gp")
    choose(page, "Vous exercerez", "En libéral")
    page.get_by_label("Premier jour prévu").fill("2027-03-01")
    page.get_by_label("Votre projet (obligatoire)").fill(
        "Rejoindre la maison de santé."
    )
    page.get_by_label("Prénom (obligatoire)").fill("Inès")
    page.get_by_label("Nom (obligatoire)", exact=True).fill("Caubet")
    page.get_by_label("Adresse (obligatoire)").fill("2 rue des Tanneurs")
    page.get_by_label("Code postal (obligatoire)").fill("33000")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("main")).to_contain_text("Indiquez votre ville.")
    page.get_by_label("Ville (obligatoire)").fill("Bordeaux")
    look(page, "aide-demande")
    page.get_by_role("button", name="Enregistrer et continuer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Les pièces, puis l’envoi"
    )
    _send_piece(page, "Présentation du projet")
    page.get_by_text("Je soussigné(e)").click()
    page.get_by_text("J’ai relu ma demande").click()
    look(page, "aide-pieces")
    page.get_by_role("button", name="Déposer ma demande").click()
    expect(title).to_have_text("Votre demande d’aide")
    _send_piece(page, "Attestation d’inscription")
    look(page, "aide-suivi")

    desk = browser.new_context(**browser_context_args).new_page()
    enter(desk, base_url, claire)
    desk.goto(reverse("admin:installation_aidrequest_changelist"))
    look(desk, "gestion-aides")
    desk.get_by_role("link", name="Inès Caubet").click()
    look(desk, "gestion-aide")
    desk.get_by_role("link", name="Déclarer complète").click()
    desk.get_by_role("button", name="Déclarer complète").click()
    desk.get_by_role("link", name="Demander l’avis de l’ARS").click()
    desk.get_by_role("button", name="L’avis est demandé").click()
    desk.get_by_role("link", name="Noter l’avis de l’ARS").click()
    desk.get_by_text("favorable", exact=True).click()
    desk.get_by_label("Texte de l’avis").fill("Cohérent avec les aides existantes.")
    desk.get_by_role("button", name="Enregistrer l’avis").click()
    desk.get_by_role("link", name="Donner un accord de principe").click()
    look(desk, "gestion-aide-accord")
    desk.get_by_role("button", name="Donner l’accord de principe").click()
    expect(desk.get_by_role("main")).to_contain_text("20 000 € proposés au vote")
    desk.goto(
        reverse("admin:installation_installationrequest_change", args=[dossier.pk])
        + "?onglet=aides"
    )
    look(desk, "gestion-dossier-aides")
    desk.goto(reverse("admin:installation_aidprogramme_changelist"))
    look(desk, "gestion-catalogue")
    desk.get_by_role("link", name="Aide à la primo-installation").click()
    look(desk, "gestion-catalogue-fiche", axe=False)
    desk.context.close()

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("accord de principe")
    assert AidRequest.objects.get().dossier == dossier


def _send_piece(page, name):
    line = page.get_by_role("listitem").filter(has_text=name)
    line.locator("input[type=file]").set_input_files(
        {"name": "piece.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    line.locator("button[type=submit]").click()
    expect(page.get_by_role("status").first).to_contain_text("Reçu")
