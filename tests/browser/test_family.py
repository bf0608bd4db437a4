"""The spouse, in a browser of their own, follows the family side and nothing else."""

import pytest
from playwright.sync_api import expect

from casework.settled import settle
from installation import actions
from installation.models import FamilyAccess
from territory.models import Topic
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import RequestFactory
from tests.territory.factories import CommuneFactory

CAMILLE, JULIEN = "camille.roussel@example.org", "julien.roussel@example.org"
SECRET = "Le docteur Pujol part en 2028"


@pytest.fixture
def dossier(transactional_db, settings):
    """Camille's, followed by Claire: a professional project and a family."""
    claire = open_desk(settings)
    settle()
    camille = UserFactory(
        email=CAMILLE,
        person__first_name="Camille",
        person__last_name="Roussel",
    )
    draft = RequestFactory(
        first_name="Camille",
        last_name="Roussel",
        email=CAMILLE,
        applicant=camille.person,
        profession="doctor",
        specialty="médecine générale",
        wants_family_help=True,
        household="couple_children",
        children_under_3=1,
        children_6_10=2,
        partner_occupation="infirmier",
    )
    draft.communes.add(CommuneFactory(nerac=True))
    draft.topics.set(Topic.objects.filter(slug__in=["premises", "housing"]))
    filed = actions.submit(draft, by=camille)
    actions.take_charge(filed, by=claire)
    actions.write(filed, SECRET, by=claire)
    return filed


def test_the_spouse_follows_the_family_side_and_nothing_else(
    page, browser, browser_context_args, base_url, dossier, look
):
    enter(page, base_url, dossier.applicant.user)
    page.goto(dossier.get_absolute_url())
    page.get_by_role("link", name="Inviter quelqu’un").click()
    page.get_by_label("Prénom et nom").fill("Julien Roussel")
    page.get_by_label("Son courriel").fill(CAMILLE)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.locator("#erreurs")).to_contain_text("C'est votre propre adresse")
    page.get_by_label("Son courriel").fill(JULIEN)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text(f"L’invitation est partie à {JULIEN}.")).to_be_visible()
    look(page, "famille-inviter")

    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    context.set_default_timeout(15_000)
    theirs = context.new_page()
    theirs.goto(mailed(JULIEN, "vous invite"))
    theirs.get_by_role("main").get_by_role("button", name="Ouvrir").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(
        "Camille Roussel vous invite"
    )
    look(theirs, "famille-invitation")
    theirs.get_by_role("button", name="Accepter l’invitation").click()

    main = theirs.get_by_role("main")
    expect(main).to_contain_text("Logement")
    expect(main).to_contain_text("Infirmier", ignore_case=True)
    expect(main).not_to_contain_text(SECRET)
    expect(main).not_to_contain_text("Nérac")
    expect(main).not_to_contain_text("Local professionnel")
    look(theirs, "famille-cote")
    theirs.get_by_role("link", name="Modifier").click()
    theirs.get_by_text("École, collège, lycée").click()
    look(theirs, "famille-modifier")
    theirs.get_by_role("button", name="Enregistrer").click()
    expect(main.get_by_role("listitem").filter(has_text="École")).to_be_visible()
    theirs.get_by_label("Votre message").fill("Je cherche un mi-temps à l’hôpital.")
    theirs.get_by_role("button", name="Envoyer").click()
    expect(theirs.get_by_text("Votre message est parti.")).to_be_visible()
    look(theirs, "famille-message")

    # Camille reads it in her dossier, then closes the access: at once, for good.
    page.goto(dossier.get_absolute_url())
    expect(page.get_by_role("main")).to_contain_text("Julien Roussel, côté famille")
    look(page, "famille-dossier")
    access = FamilyAccess.objects.get()
    page.goto(f"{dossier.get_absolute_url()}famille/{access.pk}/terminer/")
    page.get_by_role("button", name="Mettre fin à cet accès").click()
    expect(page.get_by_text("L’accès de Julien Roussel est terminé.")).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_role("heading", name="Votre projet de famille")).to_have_count(
        0
    )
    context.close()


def test_each_kind_of_request_has_its_own_pages(page, transactional_db, settings, look):
    open_desk(settings)
    page.goto("/installation/demande/")
    look(page, "demande-nature")
    for title, name in (
        ("Pourvoir un poste", "poste"),
        ("Préparer ma retraite", "retraite"),
        ("Continuer d’exercer ici", "rester"),
        ("Monter une structure", "structure"),
    ):
        page.goto("/installation/demande/")
        page.get_by_role("main").get_by_role("link", name=title).click()
        for label, text in (
            ("Prénom", "Inès"),
            ("Courriel", "ines.caubet@example.org"),
            ("Adresse", "2 rue des Tanneurs"),
            ("Code postal", "47600"),
            ("Ville", "Nérac"),
        ):
            page.get_by_label(label).fill(text)
        page.locator("#id_last_name").fill("Caubet")
        if page.get_by_label("Votre fonction").count():
            page.get_by_label("Votre fonction").fill("Coordinatrice")
        page.locator("main form .btn-primary").click()
        look(page, f"demande-{name}-2", axe=name in ("poste", "structure"))
        if page.get_by_label("Spécialité").count() and name in ("retraite", "rester"):
            page.get_by_text("Médecin", exact=True).click()
            page.get_by_label("Spécialité").fill("médecine générale")
            page.get_by_text("En libéral", exact=True).click()
            place = page.get_by_role("combobox", name="Commune d’exercice")
            place.press_sequentially("nerac")
            page.get_by_role("option", name="Nérac").click()
            page.locator("main form .btn-primary").click()
            look(page, f"demande-{name}-3")
        page.get_by_role("button", name="Effacer mon brouillon").click()
        expect(page.get_by_text("Votre brouillon est effacé.")).to_be_visible()
