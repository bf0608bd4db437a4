"""The links of our e-mails, and the words of those e-mails at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework import links
from casework.models import AccessLink, EmailTemplate
from casework.settled import settle
from installation.models import InstallationRequest
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter
from tests.installation.factories import RequestFactory
from tests.territory.factories import DeskFactory


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


@pytest.fixture
def link(address):
    DeskFactory()
    request = RequestFactory(submitted=True)
    token = links.issue("installation.follow", request, to_email=request.email)
    return address("casework:link", token)


def test_a_link_opens_the_dossier_with_one_more_click(page, live_server, link, look):
    page.goto(link)
    look(page, "lien")

    page.get_by_role("button", name="Continuer").click()

    dossier = InstallationRequest.objects.get()
    expect(page).to_have_url(live_server.url + dossier.get_absolute_url())


def test_an_expired_link_is_replaced(page, link, look):
    past = timezone.now() - timedelta(days=60)
    AccessLink.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    page.goto(link)
    look(page, "lien-expire")

    page.get_by_role("button", name="Recevoir un nouveau lien").click()

    expect(page.get_by_role("heading", name="Regardez votre courriel")).to_be_visible()
    look(page, "lien-renouvele")
    assert AccessLink.objects.count() == 2


def test_an_unknown_link_says_what_to_do(page, address, look):
    DeskFactory()

    page.goto(address("casework:link", "x" * 43))

    expect(page.get_by_role("heading", name="Ce lien n’ouvre rien")).to_be_visible()
    look(page, "lien-inconnu")


def test_the_words_of_a_letter_are_seen_before_they_are_saved(
    page, live_server, address, look, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    settle()
    user = UserFactory(is_staff=True, groups=["accueil"], second_factor=False)
    enter(page, live_server.url, user)
    template = EmailTemplate.objects.get(key="installation.receipt")
    page.goto(address("admin:casework_emailtemplate_change", template.pk))
    look(page, "gestion-modele", axe=False)
    page.get_by_label("Objet").fill("Bien reçu, {reference}")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Voir le courriel").click()

    look(opened.value, "gestion-modele-apercu", axe=False)
    template.refresh_from_db()
    assert template.subject == ""
