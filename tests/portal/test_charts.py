from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.urls import reverse

from portal import charts, tasks
from tests.territory.factories import (
    CommuneFactory,
    DeskFactory,
    IntercommunalityFactory,
)


@pytest.fixture
def departement():
    """Three communes of two groups: 300 people here, 100 there."""
    desk = DeskFactory()
    albret = IntercommunalityFactory(name="CC Albret Communauté")
    duras = IntercommunalityFactory(code="244701405", name="CC du Pays de Duras")
    for group, population in ((albret, 200), (albret, 100), (duras, 100)):
        CommuneFactory(
            departement=desk.departement, intercommunality=group, population=population
        )
    return desk.departement


def test_people_are_counted_by_group_and_the_title_says_the_finding(departement):
    chart = charts.people(departement)

    assert chart.rows == [("Albret Communauté", 300), ("Pays de Duras", 100)]
    assert chart.title == "Albret Communauté\u00a0: 75\u00a0% des habitants"


def test_one_group_makes_no_chart(departement):
    departement.communes.filter(population=100).delete()

    assert charts.people(departement) is None


def test_a_page_never_draws(client, departement):
    page = client.get(reverse("home"))

    assert page.context["home"].chart.drawings == []
    assert "<details open>" in page.content.decode()


def test_a_worker_draws_once_for_each_loading(client, departement, monkeypatch):
    tasks.draw_charts()
    monkeypatch.delattr(tasks.rendering, "chart")
    tasks.draw_charts()

    wide, narrow = charts.people(departement).drawings
    page = client.get(reverse("home")).content.decode()
    assert wide in page
    assert narrow in page
    assert "<details>" in page
    assert ElementTree.fromstring(wide)[0].text == (
        "Albret Communauté\u00a0: 75\u00a0% des habitants"
    )


def test_nothing_is_drawn_before_a_territory_is_loaded(settings):
    settings.DEPARTEMENT = "48"

    tasks.draw_charts()

    assert caches["default"].get_many(["portal.people"]) == {}


def test_without_contours_the_home_page_shows_rectangles(client, departement):
    home = client.get(reverse("home")).context["home"]

    assert home.maps == []
    assert len(home.treemap) == 2
