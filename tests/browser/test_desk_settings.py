"""The settings of the desk: colours are seen in both schemes before being saved."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter
from tests.territory.factories import DeskFactory


@pytest.fixture
def head(page, live_server):
    """The head of the desk, signed in without a second factor."""
    user = UserFactory(is_staff=True, groups=["direction"], second_factor=False)
    enter(page, live_server.url, user)
    return user


def test_colours_are_previewed_in_both_schemes(
    page, live_server, look, settings, request
):
    settings.SECOND_FACTOR_REQUIRED = False
    desk = DeskFactory()
    request.getfixturevalue("head")
    page.goto(live_server.url + reverse("admin:territory_desk_change", args=[desk.pk]))
    page.get_by_label("Couleur").fill("#123c69")
    look(page, "gestion-guichet", axe=False)

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Voir les couleurs").click()
    preview = opened.value

    expect(preview.get_by_role("heading", name="Affichage sombre")).to_be_visible()
    look(preview, "gestion-guichet-apercu")
    desk.refresh_from_db()
    assert desk.brand != "#123c69"
