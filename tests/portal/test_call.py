import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from installation.models import InstallationRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory


@pytest.fixture
def officer(client):
    DeskFactory()
    user = desk_user()
    client.force_login(user)
    return user


def sheet(**said):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return {
        "last_name": "Garrigue",
        "first_name": "Paul",
        "phone": "05 36 49 01 77",
        "kind": "installation",
        "next_action": "Rappeler",
        "next_action_on": tomorrow.isoformat(),
        "take_charge": "on",
        **said,
    }


def test_a_call_makes_a_person_and_a_dossier(client, officer):
    response = client.post(reverse("gestion:call"), sheet(message="Il vend."))

    dossier = InstallationRequest.objects.get()
    url = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    assert (response.status_code, response.url) == (302, url)
    assert (dossier.state, dossier.case_worker, dossier.channel) == (
        "in_support",
        officer,
        "phone",
    )
    assert (dossier.applicant.full_name, dossier.message) == (
        "Paul Garrigue",
        "Il vend.",
    )


def test_look_alikes_are_asked_about_first(client, officer):
    PersonFactory(first_name="Paul", last_name="Garrigue")

    response = client.post(reverse("gestion:call"), sheet())

    assert "Est-ce quelqu’un que nous connaissons ?" in response.content.decode()
    assert not InstallationRequest.objects.exists()


def test_the_person_chosen_is_not_created_again(client, officer):
    known = PersonFactory(first_name="Paul", last_name="Garrigue")
    people = Person.objects.count()

    client.post(reverse("gestion:call"), sheet(person=known.pk))

    assert InstallationRequest.objects.get().applicant == known
    assert Person.objects.count() == people


def test_somebody_new_is_created_beside_the_look_alikes(client, officer):
    known = PersonFactory(first_name="Paul", last_name="Garrigue")

    client.post(reverse("gestion:call"), sheet(person="nouvelle"))

    assert InstallationRequest.objects.get().applicant != known


def test_a_way_to_call_back_is_needed(client, officer):
    response = client.post(reverse("gestion:call"), sheet(phone="", email=""))

    assert "Notez un téléphone ou un courriel" in response.content.decode()
    assert not InstallationRequest.objects.exists()


@pytest.mark.parametrize("name", ["gestion:call", "gestion:look-alikes"])
def test_other_roles_take_no_calls(client, name):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("query", ["", "Garrigue", "\0", "x" * 3000, "😀 \u202e"])
def test_search_never_breaks(client, officer, query):
    response = client.get(reverse("gestion:search"), {"q": query})

    assert response.status_code == 200


def test_search_finds_people(client, officer):
    PersonFactory(first_name="Zénobie", last_name="Tastet")

    response = client.get(reverse("gestion:search"), {"q": "zenobie"})

    assert "Zénobie Tastet" in response.content.decode()


def test_the_search_of_the_desk_is_for_the_staff(client):
    client.force_login(UserFactory())

    assert client.get(reverse("gestion:search")).status_code == 403
