import pytest
from django.core.management import CommandError, call_command
from django.urls import clear_url_caches, include, path, reverse, set_urlconf

import portal.urls
from accounts.models import Membership, Person, User
from casework.models import Absence, Message, Task
from installation.models import InstallationRequest
from portal import demo, story
from tests.accounts.factories import UserFactory
from tests.territory.factories import CommuneFactory, DeskFactory


class DemoUrls:
    """The addresses of the portal, those of the demonstration included."""

    urlpatterns = [
        path("demo/", include("portal.demo_urls")),
        *portal.urls.urlpatterns,
    ]
    handler404 = portal.urls.handler404


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True
    settings.OUTBOX_KEEP_SECRETS = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ROOT_URLCONF = DemoUrls
    clear_url_caches()
    yield
    set_urlconf(None)
    clear_url_caches()


@pytest.fixture
def told(demonstration):
    desk = DeskFactory()
    CommuneFactory.create_batch(5, departement=desk.departement)
    call_command("demo_data")


def test_demo_data_is_refused_outside_the_demonstration():
    with pytest.raises(CommandError):
        call_command("demo_data")


def test_demo_data_shows_every_state_and_every_outcome(told):
    dossiers = InstallationRequest.objects

    assert dossiers.count() == len(story.DOSSIERS)
    assert set(dossiers.values_list("state", flat=True)) == set(
        InstallationRequest.State.values
    )
    # A double is told by a chapter of its own.
    outcomes = {*InstallationRequest.Outcome.values} - {"duplicate"}
    assert outcomes <= {*dossiers.closed().values_list("outcome", flat=True)}
    assert Message.objects.failed().count() == 1


def as_told():
    """What the demonstration says: who, which dossiers, which mail, what is due."""
    return [
        list(Person.objects.order_by("pk").values("first_name", "email", "phone")),
        list(
            InstallationRequest.objects.order_by("pk").values(
                "reference", "state", "case_worker", "next_action", "next_action_on"
            )
        ),
        list(Message.objects.order_by("pk").values("key", "recipient", "state")),
        list(Task.objects.order_by("pk").values("title", "due_on", "owner")),
        list(Absence.objects.order_by("pk").values("user", "period")),
        list(Membership.objects.order_by("pk").values("person", "organisation")),
    ]


def test_demo_data_may_run_twice(told):
    before = as_told()

    call_command("demo_data")

    assert as_told() == before


def test_everyone_of_the_demonstration_has_a_first_page(client, told):
    landed = {}

    for person in demo.PEOPLE:
        entered = client.post(reverse("demo:sign-in", args=[person.key]))
        landed[person.key] = (entered.url, client.get(entered.url).status_code)

    space, desk = reverse("space"), reverse("admin:index")
    assert landed == {
        person.key: (desk if person.group else space, 200) for person in demo.PEOPLE
    }


def test_everyone_of_the_demonstration_has_the_password_it_says(told):
    users = User.objects.filter(email__endswith="@demo.example")

    assert {user.email for user in users if user.check_password(demo.PASSWORD)} == {
        person.email for person in demo.PEOPLE
    }


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


def test_mail_is_shown_in_a_sandbox(client, told):
    message = Message.objects.exclude(html="").first()

    page = client.get(reverse("demo:message-detail", args=[message.pk]))
    frame = client.get(reverse("demo:message-html", args=[message.pk]))

    assert page.status_code == 200
    assert "Bonjour,<br><br>" in page.content.decode()
    assert "sandbox" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert 'target="_top"' in frame.content.decode()


def test_demonstration_has_no_address_elsewhere(client):
    assert client.get("/demo/").status_code in {302, 404}
