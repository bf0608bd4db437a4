"""A dossier from its plan to its installation: the desk's side, then the person's."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework import ladders
from casework import settled as reminders
from installation.models import FollowUp, Settlement, Visit
from installation.plan_template import settle
from territory.models import Commune
from tests.accounts.factories import PersonFactory, UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import ExchangeFactory, RequestFactory


@pytest.fixture
def dossier(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    claire = open_desk(settings)
    settle()
    begun = timezone.now() - dt.timedelta(days=200)
    person = PersonFactory(
        first_name="Inès", last_name="Caubet", email="ines@example.org"
    )
    UserFactory(person=person, email=person.email)
    dossier = RequestFactory(
        in_support=True,
        kind="installation",
        case_worker=claire,
        applicant=person,
        email=person.email,
        taken_charge_at=begun,
    )
    dossier.communes.set(Commune.objects.filter(name="Nérac"))
    ExchangeFactory(request=dossier, author=claire, created_at=begun)
    return dossier


def test_a_plan_a_visit_and_an_installation(page, base_url, look, dossier):
    today = timezone.localdate()
    change = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    desk, mine = f"{base_url}{change}?onglet=", base_url + dossier.get_absolute_url()

    # The desk opens the plan and composes a visit.
    enter(page, base_url, dossier.case_worker)
    page.goto(f"{desk}plan")
    page.get_by_label("Premier jour prévu").fill(str(today + dt.timedelta(days=85)))
    page.get_by_role("button", name="Ouvrir le plan").click()
    expect(page.get_by_role("main")).to_contain_text("0 étape sur 19")
    page.get_by_role("link", name="Fait : Préciser le projet").click()
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("main")).to_contain_text("1 étape sur 19")
    page.get_by_role("link", name="Abandonner : Trouver un mode de garde").click()
    page.get_by_label("Pourquoi").fill("Les grands-parents s’en chargent.")
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_role("main")).to_contain_text("1 étape sur 18")
    look(page, "guichet-plan")
    page.goto(f"{desk}visites")
    page.get_by_role("link", name="Préparer une visite").click()
    page.get_by_label("Jour").fill(str(today + dt.timedelta(days=11)))
    page.get_by_text("La famille est invitée").click()
    page.get_by_role("button", name="Préparer").click()
    for starts, ends, place, whom in (
        ("09:30", "11:00", "Maison de santé", "le docteur Lasserre"),
        ("11:15", "12:00", "École", "la directrice"),
    ):
        page.get_by_role("link", name="Ajouter une rencontre").click()
        page.locator("[name=starts_at]").fill(starts)
        page.locator("[name=ends_at]").fill(ends)
        page.get_by_label("Lieu").fill(place)
        page.get_by_label("Qui rencontrer").fill(whom)
        if whom.startswith("le "):
            page.get_by_label("Courriel").fill("lasserre@example.org")
        page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("link", name="Envoyer l’invitation").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("main")).to_contain_text("Attend sa réponse")
    look(page, "guichet-visites")

    # The person confirms, ticks a step and declares where they settle.
    enter(page, base_url, dossier.applicant.user)
    page.goto(mine)
    look(page, "dossier-plan-et-visite")
    page.get_by_role("link", name="Visite du").first.click()
    look(page, "visite")
    page.get_by_role("button", name="Je viens").click()
    expect(page.get_by_role("status")).to_contain_text("Votre venue est confirmée")
    assert Visit.objects.get().state == "confirmed"
    page.get_by_text("Voir tout le plan").click()
    page.get_by_role("link", name="C’est fait : S’inscrire au tableau").first.click()
    page.get_by_label("Une précision").fill("Séance du 12.")
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_text("2 étapes sur 18").first).to_be_visible()
    page.get_by_role("link", name="Déclarer mon installation").click()
    page.get_by_label("Premier jour d’exercice").fill(str(today))
    look(page, "installation-declaree-ici")
    page.get_by_text("En libéral").click()
    page.get_by_label("Jours par semaine").fill("4")
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_role("main")).to_contain_text("À vérifier par le guichet")

    # The desk validates with the proofs and closes; later, one click answers.
    enter(page, base_url, dossier.case_worker)
    page.goto(f"{desk}installation")
    page.get_by_role("link", name="Valider avec les preuves").click()
    page.get_by_text("inscription au tableau de l'Ordre").click()
    page.get_by_text("conventionnement CPAM").click()
    page.get_by_label("Un mot à la personne").fill("Bienvenue à Nérac.")
    look(page, "guichet-installation-preuves")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_role("main")).to_contain_text("Comptée comme installation")
    look(page, "guichet-installation")
    assert Settlement.objects.get().is_counted
    FollowUp.objects.filter(months=3).update(due_on=today)

    reminders.settle()
    ladders.run(today)
    page.context.clear_cookies()
    page.goto(base_url + mailed(dossier.email, "toujours là"))
    page.get_by_role("button", name="Oui, toujours là").click()
    expect(page.get_by_role("main")).to_contain_text("vous êtes toujours là")
    look(page, "toujours-la")
    assert FollowUp.objects.get(months=3).answer == "yes"
