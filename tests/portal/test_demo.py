import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import demo
from tests.accounts.factories import UserFactory


def test_demo_data_is_refused_outside_the_demonstration():
    with pytest.raises(CommandError):
        call_command("demo_data")


@pytest.mark.parametrize("person", demo.DESK, ids=lambda person: person.key)
def test_one_click_signs_in_as_the_desk(client, demonstration, person):
    UserFactory(email=person.email, is_staff=True, groups=[person.group])

    response = client.post(reverse("demo:sign-in", args=[person.key]))

    assert (response.status_code, response.url) == (302, reverse("admin:index"))
    assert client.get(response.url).status_code == 200


def test_signing_in_is_a_post(client, demonstration):
    response = client.get(reverse("demo:sign-in", args=["accueil"]))

    assert response.status_code == 405


def test_nobody_else_is_signed_in(client, demonstration):
    UserFactory(email="quelqu.un@demo.example")

    response = client.post(reverse("demo:sign-in", args=["inconnue"]))

    assert response.status_code == 404


def test_demonstration_has_no_address_elsewhere(client):
    assert client.get("/demo/").status_code in {302, 404}
