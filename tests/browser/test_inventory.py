"""The owner fills an inventory on a phone; both sign it there, and get the document."""

import io
import re

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from pikepdf.pdfa import validate_written
from playwright.sync_api import expect

from documents.models import Document
from internships import inventories
from tests.browser.journeys import enter, open_desk
from tests.documents import samples
from tests.internships.inventory_filling import member_of, stay_of_lea

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def stay(transactional_db, settings, tmp_path, monkeypatch):
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)
    open_desk(settings)
    return stay_of_lea()


def test_both_sign_the_entry_on_the_owner_s_phone(page, stay, look, base_url):
    owner = member_of(stay)
    page.set_viewport_size(PHONE)
    enter(page, base_url, owner)
    page.goto(reverse("internships:inventory-detail", args=[stay.pk, "entree"]))
    page.get_by_role("button", name="Commencer").click()

    page.get_by_label("État, Lit et matelas").select_option(label="Usé")
    page.get_by_label("Remarque, Lit et matelas").fill("Tache de café")
    page.get_by_text("Ajouter des photos").click()
    page.get_by_label("Ce que montrent les photos").select_option("Lit et matelas")
    picture = {
        "name": "lit.jpg",
        "mimeType": "image/jpeg",
        "buffer": samples.jpeg(samples.picture(800, 600)),
    }
    page.locator("input[type=file]").set_input_files([picture])
    page.get_by_role("button", name="Joindre").click()
    expect(page.get_by_alt_text("Photo 1 : Lit et matelas")).to_be_visible()
    page.get_by_role("button", name="Le reste est en bon état").click()
    expect(page.get_by_label("État, Sol")).to_have_value("good")
    look(page, "inventory-section")
    page.set_viewport_size(PHONE)
    parts = inventories.sections(stay.inventories.get().lines.all())
    page.get_by_role("button", name="Garder et continuer").last.click()
    for part in parts[1:-1]:
        expect(page.get_by_role("heading", level=1)).to_have_text(part.title)
        page.get_by_role("button", name="Le reste est en bon état").click()
        page.get_by_role("button", name="Garder et continuer").last.click()
    page.get_by_label("Relevé, Électricité, en kWh").fill("1204")
    page.get_by_label("Relevé, Eau, en m³").fill("88,5")
    page.get_by_label("Nombre, Clés du logement").fill("1")
    page.get_by_label("Nombre, Clés de la chambre").fill("2")
    page.get_by_role("button", name="Garder et revenir à la liste").click()
    look(page, "inventory")
    page.set_viewport_size(PHONE)

    page.get_by_role("link", name="Terminer").click()
    page.get_by_role("button", name="Préparer le document").click()
    expect(page.get_by_role("heading", name="Paul Garrigue")).to_be_visible()
    look(page, "inventory-sign")
    page.set_viewport_size(PHONE)
    for name, rank in (("Paul Garrigue", 1), ("Léa Marty", 2)):
        mine = page.get_by_role("region", name=name)
        mine.get_by_label("Votre prénom et votre nom").fill(name)
        mine.get_by_text("J'ai lu ce document").click()
        mine.get_by_role("button", name=re.compile("^Signer")).click()
        expect(page.get_by_text("C’est signé").first).to_be_visible()
        assert stay.inventories.get().circuit.signatories.get(rank=rank).has_signed

    expect(page.get_by_text("Signé des deux")).to_be_visible()
    look(page, "inventory-signed")
    with page.expect_download() as download:
        page.get_by_role("link", name="Le document (PDF)").click()
    written = download.value.path().read_bytes()
    findings = validate_written(io.BytesIO(written), "3b").findings
    assert [one.where.split()[-1] for one in findings] == ["/AcroForm"]  # the seal

    page.get_by_role("link", name=stay.inventories.get().circuit.spaced_code).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Ce document est authentique"
    )
    signed = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": written}
    page.get_by_label("Le fichier PDF à vérifier").set_input_files([signed])
    page.get_by_role("button", name="Comparer", exact=True).click()
    expect(page.get_by_text("Ce fichier est identique à l’original")).to_be_visible()
    look(page, "verify")
