"""The public page of a commune, and a file looked at before it is loaded."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from portal.stories import structures
from territory.models import Commune, Departement, ImportRun, ZoneAssignment
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter
from tests.territory.conftest import SPECIMENS
from tests.territory.factories import (
    CommunePopulationFactory,
    DeskFactory,
    HealthStructureFactory,
    ZoneAssignmentFactory,
)


@pytest.fixture
def loaded(settings):
    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    settings.GEO_API_URL = "http://127.0.0.1:9"
    call_command("load_territory", "47", data=SPECIMENS / "contours", verbosity=0)
    DeskFactory(departement__code="47")


def test_a_visitor_reads_a_commune(page, live_server, look, loaded):
    nerac = Commune.objects.get(code="47195")
    HealthStructureFactory(
        name="Maison de santé de l’Albret",
        commune=nerac,
        address="2 rue du Test",
        postal_code="47600",
        city="Nérac",
        phone="0536491260",
        longitude=nerac.longitude + 0.01,
        latitude=nerac.latitude,
    )
    HealthStructureFactory(
        name="Pharmacie du Pont", kind="pharmacy", commune=nerac, phone="0536491261"
    )
    HealthStructureFactory(
        name="Centre de santé d’Agen",
        kind="health_centre",
        commune=Commune.objects.get(code="47001"),
        longitude=0.62,
        latitude=44.2,
    )
    ZoneAssignmentFactory(commune=nerac)
    CommunePopulationFactory(commune=nerac, year=2018, municipal=6900)

    page.goto(live_server.url + reverse("commune-list"))
    look(page, "communes")
    page.get_by_label("Nom, ancien nom ou code postal").fill("nerac")
    page.get_by_role("button", name="Chercher").click()

    expect(page.get_by_role("heading", level=1, name="Nérac")).to_be_visible()
    expect(page.get_by_text("Maison de santé de l’Albret").first).to_be_visible()
    look(page, "commune")


def test_the_desk_looks_at_a_file_before_loading_it(
    page, live_server, look, loaded, settings, tmp_path
):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path / "media"
    codes = Commune.objects.open().in_departement("47").values_list("code", flat=True)
    header = "Code_insee;Departement;Commune;Classement FRR au 10 juillet 2025;"
    good = [header, *[f"{code};47;Nom;FRR socle;" for code in codes]]
    (tmp_path / "frr.csv").write_text("\r\n".join([*good, ""]))
    (tmp_path / "double.csv").write_text("\r\n".join([*good, good[1], ""]))
    user = UserFactory(is_staff=True, groups=["direction"], second_factor=False)
    enter(page, live_server.url, user)

    page.goto(live_server.url + reverse("admin:territory_importrun_changelist"))
    page.get_by_role("link", name="Charger un fichier").first.click()
    page.get_by_text("Un zonage").click()
    page.get_by_label("Fichier", exact=False).first.set_input_files(
        tmp_path / "double.csv"
    )
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_text("est déjà en ligne 2").first).to_be_visible()
    look(page, "gestion-chargement-refuse")

    page.get_by_text("Un zonage").click()
    page.get_by_label("Fichier", exact=False).first.set_input_files(
        tmp_path / "frr.csv"
    )
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("heading", name="Voici ce qui changerait")).to_be_visible()
    look(page, "gestion-chargement")
    assert not ZoneAssignment.objects.exists()
    page.get_by_role("button", name="Charger ce fichier").click()

    expect(page.get_by_text("chargé.").first).to_be_visible()
    look(page, "gestion-chargement-fait", axe=False)
    assert ZoneAssignment.objects.count() == len(codes)
    assert ImportRun.objects.filter(state="done").count() == 1


def test_an_elected_official_reads_the_helped_structures(
    page, live_server, look, loaded, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    world = SimpleNamespace(
        departement=Departement.objects.get(code="47"), day=date(2026, 11, 23)
    )
    structures.tell(world)
    user = UserFactory(is_staff=True, groups=["elus"], second_factor=False)
    enter(page, live_server.url, user)
    page.goto(live_server.url + reverse("admin:index"))

    page.get_by_role("link", name="Structures aidées").first.click()
    page.get_by_role("link", name="Carte et bilan").first.click()

    expect(page.get_by_text("24 de portage public, 3 de portage privé")).to_be_visible()
    look(page, "gestion-structures")
    page.get_by_role("link", name="Maison de santé de la Gare").click()
    expect(page.get_by_text("Notes du guichet")).to_have_count(0)
    look(page, "gestion-structure", axe=False)
