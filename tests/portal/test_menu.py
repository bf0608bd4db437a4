"""The menu of the back-office: its sections, for the rights of each reader."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts import roles
from portal import gestion
from tests.accounts.factories import UserFactory
from tests.installation.factories import desk_user


def menu(user, path="/gestion/"):
    return gestion.navigation(SimpleNamespace(user=user, path=path))


def test_each_entry_of_the_desk_is_in_a_section():
    groups = menu(desk_user())

    assert [group["title"] for group in groups] == [
        "",
        "Dossiers",
        "Partenaires",
        "Offres",
        "Stages",
        "Logements",
        "Bourses",
        "Aides",
        "Structures et zonages",
        "Réglages",
    ]
    links = [entry["link"] for group in groups for entry in group["items"]]
    assert len(links) == len(set(links))
    for name in ("gestion:duplicates", "admin:installation_indicators"):
        assert reverse(name) in links


@pytest.mark.parametrize(
    ("name", "title", "opened"),
    [
        ("admin:index", "Cette semaine", set()),
        ("admin:installation_indicators", "Indicateurs", set()),
        ("admin:territory_zoning_changelist", "Zonages", {"Structures et zonages"}),
        ("admin:casework_absence_changelist", "Absences", {"Réglages"}),
    ],
)
def test_the_menu_shows_where_one_is(name, title, opened):
    groups = menu(desk_user(), reverse(name))

    here = [one["title"] for group in groups for one in group["items"] if one["active"]]
    assert here == [title]
    folded = {group["title"] for group in groups[1:] if not group["is_open"]}
    assert folded == gestion.FOLDED - opened


def test_a_section_without_an_entry_is_not_shown():
    groups = menu(UserFactory(is_staff=True, groups=[roles.ELUS]))

    assert all(group["items"] for group in groups)
    assert "Dossiers" not in [group["title"] for group in groups]
