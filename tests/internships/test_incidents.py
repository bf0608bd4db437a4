import datetime as dt
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import Message
from internships.actions import incidents as actions
from internships.models import Incident
from tests.accounts.factories import UserFactory
from tests.documents import samples
from tests.internships.factories import OccupationFactory, days
from tests.internships.rent_factories import IncidentFactory, member_of
from tests.territory.factories import DeskFactory, OrganisationFactory


@pytest.fixture(autouse=True)
def desk(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return DeskFactory()


@pytest.fixture
def home():
    """A stay of three weeks around today."""
    today = timezone.localdate()
    period = days(today - timedelta(days=7), today + timedelta(days=14))
    return OccupationFactory(stay=True, period=period)


@pytest.fixture
def tenant(home):
    return UserFactory(person=home.request.person)


@pytest.fixture
def owner(home):
    return member_of(home.room.dwelling.owner)


@pytest.fixture
def incident(home, tenant):
    return actions.report(
        home,
        by=tenant,
        title="Plus d'eau chaude",
        description="Depuis ce matin.",
        urgency="soon",
        in_room=False,
    )


def told(address: str) -> list[str]:
    rows = Message.objects.filter(recipient=address).order_by("pk")
    return list(rows.values_list("template_key", flat=True))


def test_who_lives_there_reports_and_the_owner_is_told(client, home, tenant, owner):
    client.force_login(tenant)

    answer = client.post(
        reverse("internships:incident-new"),
        {
            "in_room": "room",
            "title": "Vitre fêlée",
            "description": "Celle de la chambre.",
            "urgency": "later",
            "photos": [samples.sent(samples.jpeg(), "vitre.jpg")],
        },
    )

    incident = Incident.objects.get()
    assert (answer.status_code, answer.url) == (302, incident.get_absolute_url())
    assert (incident.room, incident.photos.count()) == (home.room, 1)
    address = home.room.dwelling.owner.email or owner.email
    assert told(address) == ["internships.incident-reported"]


def test_a_photo_is_a_picture(client, home, tenant):
    client.force_login(tenant)

    page = client.post(
        reverse("internships:incident-new"),
        {
            "in_room": "room",
            "title": "Vitre fêlée",
            "description": "Celle de la chambre.",
            "urgency": "later",
            "photos": [samples.sent(samples.pdf())],
        },
    )

    assert "pas une photo" in page.text
    assert not Incident.objects.exists()


def test_it_is_taken_answered_closed_and_reopened(incident, tenant, owner):
    today = timezone.localdate()

    actions.assign(incident, owner.person, day=today, by=owner)
    actions.answer(incident, "Le plombier passe demain.", side="owner", by=owner)
    actions.close(incident, "C'est réparé.", side="owner", by=owner)
    actions.reopen(incident, "Toujours froid.", day=today, by=tenant)

    incident.refresh_from_db()
    assert (incident.state, incident.assigned_to) == ("in_progress", owner.person)
    assert told(tenant.person.email) == [
        "internships.incident-answered",
        "internships.incident-closed",
    ]
    assert told(owner.person.email)[-1] == "internships.incident-reopened"


@pytest.mark.parametrize(("late", "is_open"), [(14, True), (15, False)])
def test_it_reopens_for_fourteen_days(incident, owner, late, is_open):
    actions.close(incident, "C'est réparé.", side="owner", by=owner)
    incident.refresh_from_db()
    day = timezone.localdate(incident.closed_at) + dt.timedelta(days=late)

    assert incident.may_reopen(day) is is_open
    if not is_open:
        with pytest.raises(ValidationError, match="14 jours"):
            incident.reopen(day)


@pytest.mark.parametrize("act", ["close", "answer"])
def test_a_closed_incident_takes_no_word(incident, owner, act):
    actions.close(incident, "C'est réparé.", side="owner", by=owner)

    with pytest.raises(ValidationError, match="clos"):
        getattr(actions, act)(incident, "Encore.", side="owner", by=owner)


def test_it_closes_with_a_word(incident, owner):
    with pytest.raises(ValidationError, match="Écrivez"):
        actions.close(incident, "  ", side="owner", by=owner)

    incident.refresh_from_db()
    assert incident.is_open


def test_only_the_owner_s_members_take_it_in_hand(incident, owner):
    stranger = member_of(OrganisationFactory())

    with pytest.raises(ValidationError, match="membre"):
        actions.assign(incident, stranger.person, day=timezone.localdate(), by=owner)


def test_strangers_find_nothing(client, incident):
    client.force_login(member_of(OrganisationFactory()))

    for name, args in (
        ("incident-detail", [incident.pk]),
        ("incident-assign", [incident.pk]),
        ("incident-photo", [incident.pk, 1]),
        ("incidents", []),
        ("incident-new", []),
    ):
        address = reverse(f"internships:{name}", args=args)
        assert client.get(address).status_code in (404, 405), name
        assert client.post(address).status_code in (404, 405), name


def test_the_tenant_closes_nothing(client, incident, tenant):
    client.force_login(tenant)

    client.post(incident.get_absolute_url(), {"body": "Fini.", "then": "close"})

    incident.refresh_from_db()
    assert incident.is_open
    assert [message.side for message in incident.messages.all()] == ["occupant"]


def test_the_owner_reads_and_closes(client, incident, owner):
    client.force_login(owner)

    assert "Plus d’eau chaude" in client.get(
        reverse("internships:incidents")
    ).text.replace("&#x27;", "’")
    client.post(incident.get_absolute_url(), {"body": "Fait.", "then": "close"})

    incident.refresh_from_db()
    assert not incident.is_open


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(client, home, owner, count, django_assert_num_queries):
    IncidentFactory.create_batch(count, dwelling=home.room.dwelling)
    client.force_login(owner)
    client.get(reverse("internships:incidents"))

    with django_assert_num_queries(5):
        page = client.get(reverse("internships:incidents"))

    assert page.text.count("incident-line") == count
