"""The personal space of an account, and every page that anybody may read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from installation import actions
from tests.accounts.factories import PASSWORD, UserFactory
from tests.browser.conftest import SCREENSHOTS
from tests.browser.journeys import enter, mailed, open_desk
from tests.documents import samples
from tests.installation.factories import RequestFactory
from tests.territory.factories import CommuneFactory

EMAIL = "ines.caubet@example.org"
PUBLIC = {
    "accueil": "/",
    "installation": "/installation/",
    "etre-rappele": "/installation/etre-rappele/?sujet=famille",
    "demande": "/installation/demande/",
    "accessibilite": "/accessibilite/",
    "mentions-legales": "/mentions-legales/",
    "donnees-personnelles": "/donnees-personnelles/",
    "plan-du-site": "/plan-du-site/",
    "entrer": reverse("account_login"),
    "creer-mon-compte": reverse("account_signup"),
    "introuvable": "/cette-page/n-existe-pas/",
    "lien-inconnu": "/lien/recopie-a-moitie/",
}


@pytest.fixture
def claire(transactional_db, settings):
    return open_desk(settings)


@pytest.fixture
def filed(claire):
    """What Inès filed without an account."""
    draft = RequestFactory(
        title="dre",
        email=EMAIL,
        profession="doctor",
        specialty="médecine générale",
        situation="locum",
        mode="liberal",
        days_a_week=4,
        horizon="year",
        message="Une équipe déjà en place, et une école.",
    )
    draft.communes.add(CommuneFactory(nerac=True))
    return actions.submit(draft)


def sign_in(page, email: str):
    page.goto(reverse("account_login"))
    page.get_by_label("Courriel").fill(email)
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    page.get_by_role("button", name="Entrer", exact=True).click()
    page.wait_for_url("**/mon-espace/")


def test_a_new_account_finds_what_its_address_filed(page, filed, claire, look):
    page.goto("/mon-espace/")
    page.get_by_role("link", name="Créer mon compte").first.click()
    page.get_by_label("Prénom").fill("Inès")
    page.locator("#id_last_name").fill("Caubet")
    page.get_by_label("Courriel").fill(EMAIL.upper())
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "compte-confirmez")

    page.goto(mailed(EMAIL, "Confirmez"))
    look(page, "compte-confirmer")
    page.get_by_role("button", name="Oui, confirmer cette adresse").click()
    page.goto("/mon-espace/")
    expect(page.get_by_text(filed.reference)).to_be_visible()
    look(page, "espace")

    actions.take_charge(filed, by=claire)
    page.get_by_role("main").get_by_role("link", name="S'installer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre installation")
    expect(page.get_by_text("Claire Dumas").first).to_be_visible()
    page.get_by_label("Votre message").fill("Voici mon diplôme.")
    page.get_by_label("Joindre des documents").set_input_files(
        {"name": "diplome.exe.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"}
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page.get_by_label("Votre message")).to_have_value("Voici mon diplôme.")
    look(page, "espace-document-refuse")
    page.get_by_label("Joindre des documents").set_input_files(
        {"name": "diplome.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est parti.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger tout mon dossier").click()
    assert download.value.suggested_filename == f"{filed.reference}.zip"


def test_an_account_without_a_request_is_shown_the_way(page, claire, look):
    user = UserFactory()
    sign_in(page, user.email)
    look(page, "espace-vide")

    main = page.get_by_role("main")
    main.get_by_role("link", name="Déposer une demande").click()
    main.get_by_role("link", name="M’installer").last.click()
    expect(page.get_by_label("Courriel")).to_have_value(user.email)
    expect(page.get_by_label("Courriel")).to_be_disabled()
    look(page, "demande-avec-compte")


def test_every_public_page_may_be_shown(page, claire, look):
    for name, path in PUBLIC.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        look(page, f"public-{name}")
    page.goto("/installation/etre-rappele/")
    page.get_by_role("button", name="Me faire rappeler").click()
    expect(page.locator("#erreurs")).to_be_focused()
    look(page, "public-etre-rappele-erreurs")


def test_the_dossier_reads_well_on_paper(page, base_url, filed, claire):
    user = UserFactory(email=EMAIL)
    filed.applicant = user.person
    filed.save()
    request = actions.take_charge(filed, by=claire)
    actions.write(request, "Bonjour docteure.", by=claire)
    enter(page, base_url, user)
    page.goto(filed.get_absolute_url())
    expect(page.get_by_role("button", name="Imprimer le dossier")).to_be_visible()

    page.emulate_media(media="print", color_scheme="dark")

    for shown in (
        page.get_by_text(f"Dossier {filed.reference}"),
        page.locator(".thread"),
    ):
        expect(shown).to_be_visible()
    for hidden in (".site-nav", "main form", ".form-actions", ".btn"):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    # Paper is always light, whatever the screen.
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    page.screenshot(path=SCREENSHOTS / "dossier-papier.png", full_page=True)
