"""A bed asked for on a phone, given by the desk, confirmed and insured."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from internships.models import HousingRequest, Stay
from territory.models import Commune
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.documents import samples
from tests.internships.factories import (
    DwellingFactory,
    RoomFactory,
    SemesterFactory,
    days,
)

PHONE = {"width": 390, "height": 844}
HUGO = "hugo.marty@example.org"


@pytest.fixture
def claire(live_server, settings):
    return open_desk(settings)


@pytest.fixture
def arrival(claire):
    """A semester whose beds the desk allots before they are offered."""
    today = timezone.localdate()
    first = today + dt.timedelta(40)
    SemesterFactory(
        period=days(first, first + dt.timedelta(180)),
        beds_from=today + dt.timedelta(30),
    )
    for name, commune in (("Résidence Tapie", "Nérac"), ("La Bartère", "Sos")):
        home = DwellingFactory(name=name, commune=Commune.objects.get(name=commune))
        RoomFactory(dwelling=home, name="Chambre bleue")
    return first


def test_a_bed_from_the_request_to_the_insurance(
    page, live_server, base_url, settings, claire, arrival, look
):
    hugo = UserFactory(email=HUGO, person__first_name="Hugo", person__last_name="Marty")
    enter(page, base_url, hugo)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("internships:housing-new"))
    page.get_by_label("Arrivée").fill(arrival.isoformat())
    page.get_by_label("Départ").fill((arrival - dt.timedelta(1)).isoformat())
    page.get_by_label("Ce qui vous amène").fill("Un stage à Nérac")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.locator("#erreurs")).to_contain_text("Le départ est avant l’arrivée")
    expect(page.locator("#erreurs")).to_contain_text("ne se cumule pas")
    expect(page.get_by_label("Ce qui vous amène")).to_have_value("Un stage à Nérac")
    look(page, "chambre-demande")
    page.set_viewport_size(PHONE)
    page.get_by_label("Départ").fill((arrival + dt.timedelta(90)).isoformat())
    page.locator("label[for=id_accepts]").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_text("en position 1")).to_be_visible()
    look(page, "chambre-attente")

    settings.SECOND_FACTOR_REQUIRED = False
    enter(page, base_url, claire)
    page.goto(live_server.url + reverse("admin:internships_housingrequest_changelist"))
    look(page, "gestion-chambres")
    page.get_by_role("link", name="Hugo Marty").click()
    look(page, "gestion-chambre")
    page.get_by_role("button", name="Poser une option : Chambre bleue").first.click()
    expect(page.get_by_text("L’option est posée").first).to_be_visible()

    enter(page, base_url, hugo)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + mailed(HUGO, "option jusqu'au"))
    look(page, "chambre-option")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Confirmer cette chambre").click()
    expect(page.get_by_text("Votre chambre est confirmée.").first).to_be_visible()
    page.locator("#id_file").set_input_files(
        {
            "name": "assurance.pdf",
            "mimeType": "application/pdf",
            "buffer": samples.pdf(),
        }
    )
    page.get_by_role("button", name="Envoyer l’attestation").click()
    expect(page.get_by_text("en cours de vérification")).to_be_visible()
    look(page, "chambre-sejour")

    assert HousingRequest.objects.get().state == "housed"
    assert Stay.objects.get().insurance_sent_at
