"""The tenant reads a rent and reports an incident; the mairie writes and closes."""

import datetime as dt

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from documents.models import Document
from internships.actions import rents
from tests.accounts.factories import PersonFactory, UserFactory
from tests.browser.journeys import enter, open_desk
from tests.documents import samples
from tests.internships.factories import OccupationFactory, StayFactory, days
from tests.internships.rent_factories import member_of
from tests.territory.factories import OrganisationFactory


@pytest.fixture
def stay(transactional_db, settings, tmp_path, monkeypatch):
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)
    open_desk(settings)
    today = timezone.localdate()
    period = days(today - dt.timedelta(days=3), today + dt.timedelta(days=90))
    stay = StayFactory(
        occupation=OccupationFactory(
            stay=True,
            period=period,
            room__name="Chambre bleue",
            room__dwelling__name="Maison partagée de la Bartère",
            room__dwelling__owner=OrganisationFactory(name="Mairie de Nérac"),
            request__person=PersonFactory(first_name="Hugo", last_name="Marty"),
        )
    )
    rents.call_month(today)
    return stay


def test_a_rent_is_paid_and_an_incident_closed(page, stay, look, base_url):
    tenant = UserFactory(person=stay.person)
    owner = member_of(stay.occupation.room.dwelling.owner)
    enter(page, base_url, tenant)
    page.goto(reverse("internships:rents-mine"))
    expect(page.get_by_text("Mairie de Nérac").first).to_be_visible()
    look(page, "rents-mine")
    page.goto(reverse("internships:incident-new"))
    page.get_by_label("En quelques mots").fill("Le chauffe-eau ne marche plus")
    page.get_by_label("Ce qui se passe").fill("Plus d'eau chaude depuis ce matin.")
    picture = {
        "name": "chauffe-eau.jpg",
        "mimeType": "image/jpeg",
        "buffer": samples.jpeg(samples.picture(800, 600)),
    }
    page.locator("input[type=file]").set_input_files([picture])
    look(page, "incident-new")
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Le chauffe-eau ne marche plus"
    )

    enter(page, base_url, owner)
    page.goto(reverse("internships:rents"))
    look(page, "rents")
    page.get_by_role("link", name="Hugo Marty").click()
    page.get_by_role("button", name="Noter le paiement").click()
    expect(page.get_by_text("Le paiement est noté.")).to_be_visible()
    look(page, "rent-pay")
    page.goto(reverse("internships:incidents"))
    page.get_by_role("link", name="Le chauffe-eau ne marche plus").click()
    page.get_by_label("Votre message").fill("La résistance est changée.")
    look(page, "incident-detail")
    page.get_by_role("button", name="Envoyer et clore").click()
    expect(page.get_by_text("la personne prévenue")).to_be_visible()

    call = stay.rent_calls.first()
    assert call.is_settled
