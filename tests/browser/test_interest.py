"""A student is interested, the host says yes by its link, the student confirms."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework.settled import settle
from internships import indemnities
from internships.models import Placement
from tests.accounts.factories import UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.internships.factories import (
    PlacementOfferFactory,
    RoomFactory,
    SemesterFactory,
    days,
)
from tests.territory.factories import CommuneFactory

HOST = "lasserre@example.org"


@pytest.fixture
def offer(transactional_db, settings):
    """A health house of Nérac, with a room nearby, for the semester to come."""
    open_desk(settings)
    settle()
    indemnities.settle()
    today = timezone.localdate()
    begins = today + dt.timedelta(days=30)
    semester = SemesterFactory(period=days(begins, begins + dt.timedelta(days=180)))
    offer = PlacementOfferFactory(
        published=True,
        semester=semester,
        site__name="Maison de santé de Nérac",
        site__commune=CommuneFactory(nerac=True),
        contact_email=HOST,
    )
    RoomFactory(
        name="Chambre bleue",
        dwelling__name="Résidence Tapie",
        dwelling__commune=offer.commune,
    )
    return offer


def test_an_interest_becomes_a_placement(
    page, browser, browser_context_args, base_url, offer, look
):
    hugo = UserFactory(
        email="hugo.marty@example.org",
        person__first_name="Hugo",
        person__last_name="Marty",
    )
    enter(page, base_url, hugo)
    page.goto(reverse("internships:interest-new", args=[offer.pk]))
    page.get_by_label("Un mot pour l’équipe").fill("J’aimerais exercer en équipe.")
    page.get_by_role("button", name="Envoyer au terrain").click()
    expect(page.locator("#erreurs")).to_contain_text("Sans cet accord")
    expect(page.get_by_label("Un mot pour l’équipe")).to_have_value(
        "J’aimerais exercer en équipe."
    )
    page.locator("label[for=id_agrees]").click()
    look(page, "stage-interet")
    page.get_by_role("button", name="Envoyer au terrain").click()
    expect(page.get_by_text("Attend la réponse du terrain")).to_be_visible()

    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    context.set_default_timeout(15_000)
    theirs = context.new_page()
    theirs.goto(mailed(HOST, "aimerait venir"))
    theirs.get_by_role("button", name="Voir et répondre").click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("Hugo Marty")
    expect(theirs.get_by_text("J’aimerais exercer en équipe.")).to_be_visible()
    look(theirs, "stage-reponse")
    theirs.get_by_label("Un mot à la personne").fill("Venez un mardi.")
    theirs.get_by_role("button", name="Oui, avec plaisir").click()
    expect(theirs.get_by_text("Attend sa confirmation")).to_be_visible()
    context.close()

    page.goto(mailed("hugo.marty@example.org", "vous accueillerait"))
    page.get_by_role("link", name="Comparer avec les indemnités").click()
    page.get_by_label("Votre stage").select_option("n1")
    page.get_by_text("zone d’intervention prioritaire (ZIP)").click()
    page.get_by_label("Votre loyer si").fill("450")
    page.get_by_label("Le loyer de la chambre").fill("120")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_text("Le plus avantageux")).to_contain_text("chambre")
    look(page, "stage-indemnites")

    page.goto(mailed("hugo.marty@example.org", "vous accueillerait"))
    page.get_by_text("Résidence Tapie, Chambre bleue").click()
    page.get_by_role("button", name="confirmer").click()
    expect(page.locator("#erreurs")).to_contain_text("ne se cumule pas")
    expect(page.get_by_label("Résidence Tapie, Chambre bleue")).to_be_checked()
    page.locator("label[for=id_accepts]").click()
    look(page, "stage-confirmer")
    page.get_by_role("button", name="confirmer").click()
    expect(page.get_by_text("Votre stage est noté.")).to_be_visible()
    look(page, "stage")

    placement = Placement.objects.get()
    assert (placement.person, placement.site) == (hugo.person, offer.site)
    assert placement.housing_requests.get().state == "held"
    page.goto(reverse("internships:placement-declare"))
    look(page, "stage-declarer")
    Placement.objects.update(period=days("2026-05-04", "2026-11-02"))
    page.goto(reverse("internships:assessment", args=[placement.pk]))
    look(page, "stage-bilan")
