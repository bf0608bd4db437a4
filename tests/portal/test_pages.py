import re

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import reverse

from portal import pages
from tests.accounts.factories import PersonFactory, UserFactory
from tests.territory.factories import (
    CommuneFactory,
    CommunePopulationFactory,
    DeskFactory,
    HealthStructureFactory,
    OrganisationFactory,
)

PUBLIC = ["home", "accessibility", "legal-notice", "personal-data", "site-map"]


@pytest.fixture
def desk():
    return DeskFactory()


def _text(response):
    """What a reader sees, spaces made ordinary."""
    page = re.sub(r"(?s)<(head|svg)[ >].*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("name", PUBLIC)
def test_page_is_open_to_all_and_leaves_no_cookie(client, desk, name):
    response = client.get(reverse(name))

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert not response.cookies
    assert not re.search(r"<style|<script(?! src)|\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("name", PUBLIC)
def test_page_stands_before_any_territory_is_loaded(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PUBLIC)
def test_footer_tells_the_level_of_conformity(client, desk, name):
    assert "Accessibilité : non conforme" in _text(client.get(reverse(name)))


def test_header_has_the_telephone_and_the_door_one_stands_in(client, desk):
    page = client.get(reverse("home")).content.decode()

    assert 'href="tel:+33536491247"' in page
    assert "05\u00a036\u00a049\u00a012\u00a047" in page
    assert 'aria-current="true"' not in page


# --- Home ------------------------------------------------------------------------


def test_home_introduces_those_who_answer(client, desk):
    for first_name, last_name in (("Mathilde", "Laborde"), ("Claire", "Dumas")):
        person = PersonFactory(first_name=first_name, last_name=last_name)
        UserFactory(person=person, is_staff=True, groups=["accueil"])
    UserFactory(is_staff=True, groups=["direction"])

    home = client.get(reverse("home")).context["home"]

    assert [person.name for person in home.people] == [
        "Claire Dumas",
        "Mathilde Laborde",
    ]
    assert home.first_names == "Claire et Mathilde"
    assert home.people[0].phone == desk.phone


def test_home_shows_the_desk_when_nobody_is_named(client, desk):
    text = _text(client.get(reverse("home")))

    assert "une personne s’occupe de tout avec vous" in text
    assert f"{desk.service_name} {desk.opening_hours}" in text


def test_home_counts_with_source_and_vintage(client, desk):
    desk.departement.division_year = 2026
    desk.departement.save()
    CommunePopulationFactory()
    CommuneFactory(population=8)
    merged = CommuneFactory(population=None)
    merged.merged_into = CommuneFactory()
    merged.save()
    HealthStructureFactory(kind="health_house", commune=merged.merged_into)

    figures = client.get(reverse("home")).context["home"].figures

    assert [(figure.number, figure.label, figure.source) for figure in figures] == [
        (7700, "habitants", "INSEE, populations légales 2023"),
        (3, "communes", "INSEE, code officiel géographique 2026"),
        (1, "intercommunalité", "INSEE, code officiel géographique 2026"),
        (1, "maison de santé ouverte", "Répertoire FINESS et guichet"),
    ]


def test_home_invents_no_figure_and_no_partner(client, desk):
    home = client.get(reverse("home")).context["home"]

    assert (home.figures, home.partners, home.maps) == ([], [], [])


def test_home_names_partners_by_their_part_in_a_settling(client, desk):
    OrganisationFactory(name="Relais petite enfance", kind="childcare")
    OrganisationFactory(name="CPAM de Lot-et-Garonne", kind="cpam")
    OrganisationFactory(name="ARS Nouvelle-Aquitaine", kind="ars")
    OrganisationFactory(name="Mairie de Nérac", kind="commune")
    OrganisationFactory(name="Fermée", kind="ars", is_active=False)

    partners = client.get(reverse("home")).context["home"].partners

    assert [partner.name for partner in partners] == [
        "ARS Nouvelle-Aquitaine",
        "CPAM de Lot-et-Garonne",
        "Relais petite enfance",
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_home_costs_the_same(client, desk, count, django_assert_max_num_queries):
    OrganisationFactory.create_batch(count)
    for _ in range(count):
        UserFactory(is_staff=True, groups=["accueil"])
    CommuneFactory.create_batch(count)

    with django_assert_max_num_queries(14):
        client.get(reverse("home"))


def test_home_is_read_from_memory_the_second_time(
    client, desk, django_assert_num_queries
):
    client.get(reverse("home"))

    with django_assert_num_queries(0):
        client.get(reverse("home"))


# --- Legal pages -----------------------------------------------------------------


def test_legal_pages_are_filled_by_the_desk(client, desk):
    desk.publication_director = "La présidente du conseil départemental"
    desk.host = "Hébergeur public, Agen"
    desk.dpo_contact = "dpo@example.org"
    desk.accessibility_contact = "acces@example.org"
    desk.save()

    notice = _text(client.get(reverse("legal-notice")))
    privacy = _text(client.get(reverse("personal-data")))
    statement = _text(client.get(reverse("accessibility")))

    assert desk.publication_director in notice
    assert desk.host in notice
    assert "tribunal administratif de Bordeaux" in notice
    assert "article L. 112-8" in notice
    assert desk.dpo_contact in privacy
    assert "Défenseur des droits" in statement
    assert desk.accessibility_contact in statement


def test_personal_data_names_every_retention_rule_and_cookie(client, desk, settings):
    text = _text(client.get(reverse("personal-data")))

    assert "Comptes sans connexion depuis trois ans" in text
    assert settings.SESSION_COOKIE_NAME in text
    assert "bd_scheme" in text


# --- Colours and display -----------------------------------------------------------


def test_theme_is_kept_as_long_as_its_colours_last(client, desk):
    url = client.get(reverse("home")).context["theme_url"]

    first = client.get(url)
    desk.brand = "#124a63"
    desk.save()
    caches["local"].clear()
    changed = client.get(url)

    assert first["Content-Type"] == "text/css; charset=utf-8"
    assert "--bd-brand:#652a57;" in first.content.decode()
    assert "immutable" in first["Cache-Control"]
    assert "--bd-brand:#124a63;" in changed.content.decode()
    assert changed["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_display_is_remembered_and_written_by_the_server(client, desk, scheme):
    back = reverse("legal-notice")

    response = client.post(reverse("choose-scheme"), {"scheme": scheme, "next": back})

    assert (response.status_code, response["Location"]) == (302, back)
    assert f'data-bs-theme="{scheme}"' in client.get(back).content.decode()


def test_display_follows_the_device_again(client, desk):
    client.post(reverse("choose-scheme"), {"scheme": "dark"})

    client.post(reverse("choose-scheme"), {"scheme": ""})

    assert "data-bs-theme" not in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    "back", ["https://ailleurs.example/", "//ailleurs.example", ""]
)
def test_display_never_sends_elsewhere(client, desk, back):
    response = client.post(reverse("choose-scheme"), {"scheme": "dark", "next": back})

    assert response["Location"] == "/"


def test_display_ignores_a_made_up_cookie(client, desk):
    client.cookies["bd_scheme"] = '"><script>'

    assert "data-bs-theme" not in client.get(reverse("home")).content.decode()


def test_display_changes_by_post_only(client):
    assert client.get(reverse("choose-scheme")).status_code == 405


def test_logo_is_served_when_there_is_one(client, desk):
    missing = client.get(reverse("logo"))
    desk.logo, desk.logo_media_type = b"\x89PNG", "image/png"
    desk.save()
    found = client.get(reverse("logo"))

    assert missing.status_code == 404
    assert (found.content, found["Content-Type"]) == (b"\x89PNG", "image/png")
    assert 'src="/theme/logo/"' in client.get(reverse("home")).content.decode()


# --- Refusals --------------------------------------------------------------------


def test_unknown_address_gets_a_page_and_a_way_out(client, desk):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "Cette page n’existe pas" in _text(response)


@pytest.mark.parametrize(
    ("view", "reason", "status", "title"),
    [
        (pages.bad_request, SuspiciousOperation(), 400, "Nous n’avons pas compris"),
        (pages.permission_denied, PermissionDenied(), 403, "ne vous est pas ouverte"),
        (pages.csrf_failure, "no token", 403, "Ce formulaire a expiré"),
    ],
)
def test_refusal_says_what_to_do(rf, desk, view, reason, status, title):
    response = view(rf.get("/"), reason)

    assert response.status_code == status
    assert title in _text(response)


def test_form_without_its_token_is_refused_in_words(desk):
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "a@example.org"})

    assert response.status_code == 403
    assert "Ce formulaire a expiré" in _text(response)


def test_breakdown_page_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = pages.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Une panne de notre côté" in _text(response)
