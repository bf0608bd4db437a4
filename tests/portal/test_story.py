"""The story of the demonstration, told whole."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Person, User
from casework.models import Absence, Message, Task
from installation.models import InstallationRequest, Visit
from internships.models import HousingRequest, Interest, Occupation, Stay
from portal import demo, story
from tests.portal.conftest import DEMONSTRATION
from tests.territory.factories import CommuneFactory, DeskFactory


@pytest.fixture(scope="module")
def _whole_story(django_db_setup, django_db_blocker):
    """The story, told once for these tests and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        desk = DeskFactory()
        CommuneFactory.create_batch(5, departement=desk.departement)
        with override_settings(**DEMONSTRATION):
            call_command("demo_data")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(_whole_story, demonstration):
    """What each test does to the story is forgotten after it."""


def test_demo_data_shows_every_state_and_every_outcome(told):
    dossiers = InstallationRequest.objects

    told_of = {dossier.email for dossier in story.DOSSIERS}
    assert told_of <= set(dossiers.values_list("email", flat=True))
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


def test_somebody_has_a_visit_to_answer(client, told):
    (visit,) = Visit.objects.awaiting_answer(timezone.localdate())
    client.post(reverse("demo:sign-in", args=["interne"]))

    page = client.get(reverse("space")).content.decode()

    args = [visit.request.reference, visit.pk]
    assert reverse("installation:visit-detail", args=args) in page


def test_everyone_of_the_demonstration_has_the_password_it_says(told):
    users = User.objects.filter(email__endswith="@demo.example")

    assert {user.email for user in users if user.check_password(demo.PASSWORD)} == {
        person.email for person in demo.PEOPLE
    }


def test_mail_is_shown_in_a_sandbox(client, told):
    message = Message.objects.filter(text__startswith="Bonjour,").earliest("pk")

    page = client.get(reverse("demo:message-detail", args=[message.pk]))
    frame = client.get(reverse("demo:message-html", args=[message.pk]))

    assert page.status_code == 200
    assert "Bonjour,<br><br>" in page.content.decode()
    assert "sandbox" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert 'target="_top"' in frame.content.decode()


def test_the_rooms_show_every_way_of_waiting_and_of_living_there(told):
    intern = User.objects.get(email="interne@demo.example").person
    stay = Stay.objects.of(intern).get()
    host = User.objects.get(email="maitre-de-stage@demo.example").person

    kinds = set(Occupation.objects.standing().values_list("kind", flat=True))
    assert kinds == {"hold", "stay", "maintenance", "buffer"}
    assert stay.keys_given_at
    assert stay.inventories.get().state == "signed"
    assert stay.rent_calls.order_by("month").first().is_settled
    # Somebody asked for a room that is taken: it was not given twice.
    assert set(HousingRequest.objects.values_list("state", flat=True)) == {
        "housed",
        "held",
        "waiting",
    }
    assert set(Interest.objects.values_list("state", flat=True)) == {"sent", "accepted"}
    received = Interest.objects.received_by(host, timezone.localdate())
    assert received.awaiting_host().exists()
