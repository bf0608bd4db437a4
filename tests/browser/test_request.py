"""A doctor without an account: the request, its receipt and the whole follow-up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from installation import actions
from installation.models import InstallationRequest
from tests.browser.journeys import mailed, open_desk
from tests.documents import samples

EMAIL = "ines.caubet@example.org"


@pytest.fixture
def claire(transactional_db, settings):
    return open_desk(settings)


@pytest.fixture
def elsewhere(browser, base_url, browser_context_args):
    """Another device: nothing is remembered of the first one."""
    contexts = []

    def elsewhere(**options):
        context = browser.new_context(
            **{**browser_context_args, "base_url": base_url, **options}
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield elsewhere
    for context in contexts:
        context.close()


def choose(page, question: str, answer: str):
    """One row of a question: its label covers the control."""
    group = page.get_by_role("group", name=question)
    group.get_by_text(answer, exact=True).click()


def onward(page):
    page.locator("main form .btn-primary").click()


def say_who(page):
    choose(page, "Titre", "Docteure")
    page.get_by_label("Prénom").fill("Inès")
    page.get_by_label("Nom", exact=False).and_(page.locator("#id_last_name")).fill(
        "Caubet"
    )
    page.get_by_label("Courriel").fill(EMAIL)
    page.get_by_label("Téléphone").fill("05 36 49 00 01")
    page.get_by_label("Adresse").fill("2 rue des Tanneurs")
    page.get_by_label("Code postal").fill("33000")
    page.get_by_label("Ville").fill("Bordeaux")


def say_practice(page):
    choose(page, "Profession", "Médecin")
    page.get_by_label("Spécialité").fill("médecine générale")
    page.get_by_label("Situation").select_option(label="En remplacement")
    page.get_by_label("Numéro RPPS").fill("10000000009")
    choose(page, "Vous voulez exercer", "En libéral")
    page.get_by_label("Jours par semaine").select_option("4")


def say_project(page):
    choose(page, "Quand", "Dans l'année")
    choose(page, "Avec qui exercer", "Une maison de santé")
    page.get_by_label("Votre projet en quelques mots").fill("Une équipe déjà en place.")


def say_family(page):
    choose(page, "Voulez-vous une aide", "Oui")
    choose(page, "Vous venez", "À deux, avec des enfants")
    page.get_by_label("Moins de 3 ans").fill("1")
    choose(page, "Ce que nous cherchons", "Emploi de qui vient avec vous")
    choose(page, "Ce que nous cherchons", "Garde d'enfants")
    page.get_by_label("Métier recherché").fill("infirmier")


def summary_has_the_focus(page):
    """Asked of the page itself: only one window of a browser is in front."""
    expect(page.locator("#erreurs")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.id") == "erreurs"


def follow(page, path: str):
    """A link of an e-mail: look, then confirm."""
    page.goto(path)
    page.get_by_role("main").get_by_role("button", name="Continuer").click()


def ask_for_a_date(claire):
    """The desk takes the request in charge, and writes what it waits for."""
    request = InstallationRequest.objects.get()
    request = actions.take_charge(request, by=claire)
    return actions.write(
        request,
        "Bonjour docteure, la maison de santé de Nérac vous reçoit avec plaisir.",
        by=claire,
        expected="Choisir une date de visite à Nérac",
        expected_by=timezone.localdate() + timedelta(days=11),
    )


def test_a_request_from_the_first_page_to_its_withdrawal(
    page, elsewhere, claire, look, base_url
):
    page.goto("/installation/")
    look(page, "installation-presentation")
    page.get_by_role("main").get_by_role("link", name="M’installer").click()
    look(page, "demande-1-vous")

    # An error on the way: what was typed stays, the summary has the focus.
    say_who(page)
    page.locator("#id_last_name").fill("")
    page.get_by_label("Téléphone").fill("12")
    onward(page)
    summary_has_the_focus(page)
    expect(page.get_by_label("Ville")).to_have_value("Bordeaux")
    look(page, "demande-1-erreurs")
    page.locator("#erreurs a").first.click()
    expect(page.locator("#id_last_name")).to_be_focused()
    say_who(page)
    onward(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("aujourd’hui")
    look(page, "demande-2-exercice")
    onward(page)
    look(page, "demande-2-erreurs")
    say_practice(page)
    onward(page)

    look(page, "demande-3-projet")
    say_project(page)
    places = page.get_by_role("combobox", name="Lieux qui vous attirent")
    places.press_sequentially("nerac")
    page.get_by_role("option", name="Nérac").click()
    page.get_by_role("button", name="M’envoyer le lien de reprise").click()
    expect(page.get_by_role("status").first).to_contain_text(EMAIL)
    look(page, "demande-3-lien-parti")

    # The link opens the draft on another device, where it goes on.
    page = elsewhere()
    page.goto(mailed(EMAIL, "Reprendre"))
    look(page, "demande-lien-de-reprise")
    page.get_by_role("main").get_by_role("button", name="Continuer").click()
    look(page, "demande-4-famille")
    say_family(page)
    onward(page)
    look(page, "demande-5-relire")

    # Back and forward change nothing.
    page.go_back()
    page.go_back()
    page.go_forward()
    page.get_by_role("main").get_by_role("link", name="Revenir").click()
    expect(page.get_by_label("Votre projet en quelques mots")).to_have_value(
        "Une équipe déjà en place."
    )
    onward(page)
    expect(page.get_by_label("Métier recherché")).to_have_value("infirmier")
    onward(page)

    onward(page)
    summary_has_the_focus(page)
    look(page, "demande-5-erreurs")
    page.locator("label", has_text="France Travail Nérac").click()
    page.locator("label", has_text="J’ai relu").click()
    page.get_by_role("button", name="Envoyer ma demande").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Votre demande est partie"
    )
    look(page, "demande-recu")

    filed = InstallationRequest.objects.get()
    expect(page.get_by_text(filed.reference).first).to_be_visible()
    assert filed.applicant.consents.get().organisation.name == "France Travail Nérac"

    # The receipt's own link opens the follow-up, without an account.
    page = elsewhere()
    follow(page, mailed(EMAIL, filed.reference))
    look(page, "dossier-recu")
    ask_for_a_date(claire)
    page.reload()
    expect(page.get_by_role("heading", name="À vous de jouer")).to_be_visible()
    look(page, "dossier-a-vous")

    page.get_by_role("main").get_by_role("link", name="Répondre").click()
    page.get_by_role("button", name="Envoyer").click()
    summary_has_the_focus(page)
    look(page, "dossier-message-vide")
    page.get_by_label("Votre message").fill("Je peux venir un vendredi.")
    page.get_by_label("Joindre des documents").set_input_files(
        {
            "name": "attestation.pdf",
            "mimeType": "application/pdf",
            "buffer": samples.pdf(),
        }
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est parti.")).to_be_visible()
    expect(page.get_by_role("heading", name="À vous de jouer")).to_have_count(0)
    look(page, "dossier-repondu")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ouvrir attestation.pdf").first.click()
    assert download.value.suggested_filename == "attestation.pdf"

    page.get_by_role("link", name="Retirer ma demande").click()
    look(page, "dossier-retirer")
    page.get_by_role("button", name="Retirer ma demande").click()
    expect(page.get_by_text("Votre demande est retirée.")).to_be_visible()
    look(page, "dossier-retire")
    filed.refresh_from_db()
    assert (filed.state, filed.exchanges.public().count()) == ("closed", 2)


def test_a_request_without_scripts(elsewhere, claire, look):
    page = elsewhere(java_script_enabled=False)
    page.goto("/installation/demande/")
    page.locator("a.kind-link", has_text="M’installer").click()
    say_who(page)
    page.get_by_label("Ville").fill("")
    onward(page)
    expect(page.locator("#erreurs")).to_be_visible()
    expect(page.get_by_label("Prénom")).to_have_value("Inès")
    page.get_by_label("Ville").fill("Bordeaux")
    onward(page)
    say_practice(page)
    onward(page)
    say_project(page)
    page.get_by_label("Lieux qui vous attirent").select_option("47195")
    look(page, "sans-script-3-projet", axe=False)
    onward(page)
    say_family(page)
    onward(page)
    page.locator("label", has_text="J’ai relu").click()
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Votre demande est partie"
    )
    filed = InstallationRequest.objects.get()
    assert [commune.name for commune in filed.communes.all()] == ["Nérac"]

    page = elsewhere(java_script_enabled=False)
    follow(page, mailed(EMAIL, filed.reference))
    ask_for_a_date(claire)
    page.reload()
    look(page, "sans-script-dossier", axe=False)
    page.get_by_label("Votre message").fill("Je peux venir un vendredi.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est parti.")).to_be_visible()
    page.get_by_role("link", name="Retirer ma demande").click()
    page.get_by_role("button", name="Retirer ma demande").click()
    expect(page.get_by_text("Votre demande est retirée.")).to_be_visible()


def test_two_pages_by_keyboard_alone(page, claire):
    page.goto("/installation/demande/?nature=installation")
    keys = page.keyboard

    def reach(selector):
        """Tab until this control has the focus, as a person would."""
        for _ in range(60):
            if page.evaluate("s => document.activeElement?.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} is out of reach")

    keys.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    keys.press("Enter")
    reach("[name=title]")
    keys.press("ArrowDown")
    for name, text in (
        ("first_name", "Inès"),
        ("last_name", "Caubet"),
        ("email", EMAIL),
        ("address", "2 rue des Tanneurs"),
        ("postal_code", "33000"),
        ("city", "Bordeaux"),
    ):
        reach(f"#id_{name}")
        keys.type(text)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("aujourd’hui")

    reach("[name=profession]")
    keys.press("Space")
    reach("#id_specialty")
    keys.type("pédiatrie")
    reach("#id_situation")
    keys.press("ArrowDown")
    reach("[name=mode]")
    keys.press("Space")
    reach("main form .btn-primary")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Où, quand")
