import pytest
from django.urls import reverse

from accounts import duplicates
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import DeskFactory


def person(name, **contact):
    first_name, last_name = name.split()
    contact = {"email": "", "phone": ""} | contact
    return PersonFactory(first_name=first_name, last_name=last_name, **contact)


@pytest.mark.parametrize(
    ("one", "other", "contact", "reasons"),
    [
        ("Paul Garrigue", "Paul Garigue", {}, ["noms presque identiques"]),
        ("Paul Garrigue", "P. Delmas", {"phone": "+33536490142"}, ["même téléphone"]),
        ("Paul Garrigue", "Paul Roux", {"email": "a@example.org"}, ["même courriel"]),
        # A couple: the same number, another first name.
        ("Paul Garrigue", "Julie Garrigue", {"phone": "+33536490142"}, None),
        ("Paul Garrigue", "Inès Caubet", {}, None),
    ],
)
def test_likely_duplicates(one, other, contact, reasons):
    first, second = person(one, **contact), person(other, **contact)

    found = duplicates.likely()

    assert [(pair.first, pair.second, pair.reasons) for pair in found] == (
        [(first, second, reasons)] if reasons else []
    )


def test_a_file_that_was_emptied_is_nobody_s_double():
    kept, gone = person("Paul Garrigue"), person("Paul Garrigue")
    gone.empty()

    assert duplicates.likely() == []
    assert kept.full_name == "Paul Garrigue"


def test_the_page_leads_to_each_comparison(client):
    DeskFactory()
    first, second = person("Paul Garrigue"), person("Paul Garigue")
    caller = person("Inès Caubet")
    one, other = (RequestFactory(submitted=True, applicant=caller) for _ in range(2))
    client.force_login(desk_user())

    page = client.get(reverse("gestion:duplicates")).content.decode()

    for name, pair in (
        ("admin:accounts_person_merge", [first.pk, second.pk]),
        ("admin:installation_request_merge", [one.pk, other.pk]),
    ):
        assert reverse(name, args=pair) in page


def test_the_page_is_for_the_desk(client):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.get(reverse("gestion:duplicates")).status_code == 403
