"""The public page of a commune: what it tells, to whom, at what cost."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from portal.commune import kilometres
from territory.models import Desk
from tests.territory.factories import (
    CommuneFactory,
    CommunePopulationFactory,
    DeskFactory,
    HealthStructureFactory,
    OrganisationFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)


@pytest.fixture(autouse=True)
def nerac():
    DeskFactory()
    return CommuneFactory(nerac=True)


@pytest.fixture
def agen():
    return CommuneFactory(code="47001", name="Agen", longitude=0.62, latitude=44.2)


def read(client, code="47195"):
    return client.get(reverse("commune-detail", args=[code]))


def test_a_visitor_reads_who_cares_here(client, nerac):
    HealthStructureFactory(
        name="MSP de l’Albret", commune=nerac, phone="0536491260", city="Nérac"
    )
    HealthStructureFactory(name="Pharmacie fermée", commune=nerac, status="closed")

    page = read(client).content.decode()

    assert "MSP de l’Albret" in page
    assert "05\xa036\xa049\xa012\xa060" in page
    assert "Pharmacie fermée" not in page


def test_what_the_commune_lacks_is_shown_where_it_is_nearest(client, nerac, agen):
    far = CommuneFactory(code="47157", name="Marmande", longitude=0.17, latitude=44.5)
    HealthStructureFactory(name="CDS d’Agen", kind="health_centre", commune=agen)
    HealthStructureFactory(name="CDS de Marmande", kind="health_centre", commune=far)

    page = read(client).content.decode()

    assert "Aucune structure de soins n’est recensée" in page
    assert "CDS d’Agen" in page
    assert "à 24&nbsp;km à vol d’oiseau" in page
    assert "CDS de Marmande" not in page


def test_each_part_says_that_it_is_empty(client):
    page = read(client).content.decode()

    assert "Aucune structure de soins n’est recensée" in page
    assert "Le zonage de cette commune n’est pas encore chargé" in page
    assert "Aucune offre publiée" in page
    assert "aucun service n’est encore recensé" in page
    assert "Les chiffres renvoient" not in page


def test_the_desk_is_reached_by_whatever_it_has(client):
    Desk.objects.update(phone="", email="guichet@cd47.example")

    assert "mailto:guichet@cd47.example" in read(client).content.decode()


def test_the_zone_in_force_is_shown_with_its_version(client, nerac):
    old = ZoningFactory(
        version="2022", valid=DateRange(date(2022, 1, 1), date(2025, 1, 1))
    )
    ZoneAssignmentFactory(zoning=old, category_label="zone d'autrefois")
    ZoneAssignmentFactory()

    page = read(client).content.decode()

    assert "Zone d&#x27;intervention prioritaire" in page
    assert "Arrêté de spécimen" in page
    assert "autrefois" not in page


def test_a_merged_commune_leads_to_its_successor(client, nerac):
    CommuneFactory(code="47116", name="Gueyze", merged_into=nerac)

    response = read(client, "47116")

    assert (response.status_code, response.url) == (301, "/communes/47195/")


@pytest.mark.parametrize("code", ["47999", "75056", "nerac"])
def test_an_unknown_commune_is_not_found(client, code):
    assert read(client, code).status_code == 404


def test_a_closed_commune_is_not_found(client):
    CommuneFactory(code="47998", closed_on=date(2026, 1, 1))

    assert read(client, "47998").status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same(
    client, nerac, agen, count, django_assert_max_num_queries
):
    HealthStructureFactory(commune=agen, kind="pharmacy")
    read(client)
    for number in range(count):
        HealthStructureFactory(commune=nerac)
        CommunePopulationFactory(commune=nerac, year=2018 + number)
        OrganisationFactory().communes.add(nerac)

    with django_assert_max_num_queries(10):
        response = read(client)

    assert response.content.count(b'class="care-name"') == 2 * count + 1


@pytest.mark.parametrize("count", [2, 8])
def test_the_list_costs_the_same(client, count, django_assert_max_num_queries):
    communes = CommuneFactory.create_batch(count)
    for commune in communes:
        HealthStructureFactory(commune=commune)
    client.get(reverse("commune-list"))

    with django_assert_max_num_queries(4):
        page = client.get(reverse("commune-list")).content.decode()

    assert all(commune.name in page for commune in communes)


def test_a_search_with_one_answer_goes_straight_there(client, agen):
    response = client.get(reverse("commune-list"), {"q": "nerac"})

    assert (response.status_code, response.url) == (302, "/communes/47195/")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("Neracc", "Cherchiez-vous"),
        ("zzz", "Vérifiez l’orthographe"),
        ("47600", "2 communes répondent"),
        ("x" * 90, "au plus 80 caractères"),
        ("", "Agen"),
    ],
)
def test_the_list_answers_whatever_is_typed(client, agen, query, sentence):
    agen.postal_codes = ["47600"]
    agen.save()

    page = client.get(reverse("commune-list"), {"q": query}).content.decode()

    assert sentence in page


def test_a_degree_of_latitude_is_111_kilometres():
    assert round(kilometres((0.5, 44), (0.5, 45))) == 111
