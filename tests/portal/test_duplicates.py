import pytest
from django.urls import reverse

from accounts import duplicates
from accounts.models import DistinctPair, Person
from portal.duplicates import dossiers
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


def test_two_people_told_apart_leave_the_list_until_it_is_taken_back(client):
    DeskFactory()
    first, second = person("Paul Garrigue"), person("Paul Garigue")
    client.force_login(desk_user())
    said = reverse("gestion:distinct", args=["personnes", second.pk, first.pk])

    for _twice in range(2):
        page = client.post(said, follow=True)

    assert duplicates.likely() == []
    pair = DistinctPair.objects.get()
    assert (pair.low, pair.high) == (first.pk, second.pk)
    assert "Paul Garigue" in page.content.decode()

    client.post(reverse("gestion:alike-again", args=[pair.pk]))

    assert [pair.first for pair in duplicates.likely()] == [first]


def test_two_dossiers_may_both_be_kept(client):
    caller = person("Inès Caubet")
    one, other = (RequestFactory(submitted=True, applicant=caller) for _ in range(2))
    client.force_login(desk_user())

    client.post(reverse("gestion:distinct", args=["dossiers", one.pk, other.pk]))

    assert dossiers() == []
    # The numbers of two people say nothing of two dossiers.
    assert DistinctPair.objects.of(Person).ids() == set()


@pytest.mark.parametrize("kind", ["communes", "personnes"])
def test_only_two_rows_of_a_kind_are_told_apart(client, kind):
    known = person("Paul Garrigue")
    client.force_login(desk_user())

    answer = client.post(reverse("gestion:distinct", args=[kind, known.pk, known.pk]))

    assert answer.status_code == 404


def test_telling_apart_is_for_the_desk(client):
    first, second = person("Paul Garrigue"), person("Paul Garigue")
    pair = DistinctPair.say(first, second, by=desk_user())
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    said = reverse("gestion:distinct", args=["personnes", first.pk, second.pk])
    taken_back = reverse("gestion:alike-again", args=[pair.pk])

    assert [client.post(url).status_code for url in (said, taken_back)] == [403, 403]
