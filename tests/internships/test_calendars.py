"""Calendars: whole days, at an address one may change."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from internships import calendars
from internships.models import CalendarFeed
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.internships.factories import OccupationFactory, PlacementFactory, days
from tests.territory.factories import DeskFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 1)


@pytest.fixture
def stay():
    DeskFactory()
    return OccupationFactory(
        stay=True,
        room__name="Chambre bleue",
        room__dwelling__name="Maison",
        period=days("2027-03-20", "2027-04-03"),
    )


def events(content: bytes) -> list[tuple]:
    return [
        (str(one["summary"]), one["dtstart"].dt, one["dtend"].dt)
        for one in Calendar.from_ical(content).walk("vevent")
    ]


def test_a_message_carries_the_days_of_a_stay(stay):
    file = calendars.of_stay(stay, to="lea@example.org")

    # Across the change of time of 28 March: days have no hour.
    assert events(file.content) == [
        ("Chambre bleue, Maison", dt.date(2027, 3, 20), dt.date(2027, 4, 3))
    ]
    assert file.name == "sejour.ics"
    assert b"12 rue des Lilas" in file.content


def test_a_dwelling_s_calendar_holds_first_names_only(stay):
    person = stay.request.person
    feed = CalendarFeed.objects.create(dwelling=stay.room.dwelling)

    content = calendars.of_feed(feed, DAY)

    assert events(content)[0][0] == f"Chambre bleue : séjour, {person.first_name}"
    assert person.last_name.encode() not in content


def test_a_person_s_calendar_holds_their_days_alone(stay):
    person = stay.request.person
    PlacementFactory(person=person)
    PlacementFactory()
    OccupationFactory(stay=True)
    feed = CalendarFeed.objects.create(person=person)

    shown = [summary for summary, _start, _end in events(calendars.of_feed(feed, DAY))]

    assert len(shown) == 2
    assert shown[0] == "Chambre bleue, Maison"


def test_what_went_free_or_is_long_over_leaves_the_calendar(stay):
    feed = CalendarFeed.objects.create(person=stay.request.person)

    assert events(calendars.of_feed(feed, dt.date(2028, 1, 1))) == []


def test_a_calendar_is_opened_changed_and_closed(client, stay):
    user = UserFactory()
    client.force_login(user)
    url = reverse("internships:my-calendar")

    client.post(url, {"act": "open"})
    client.post(url, {"act": "open"})
    first = user.person.calendar.get_absolute_url()
    assert client.get(first)["Content-Type"].startswith("text/calendar")

    client.post(url, {"act": "renew"})
    user.person.calendar.refresh_from_db()
    second = user.person.calendar.get_absolute_url()
    client.logout()
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)

    client.force_login(user)
    client.post(url, {"act": "close"})
    assert client.get(second).status_code == 404
    assert client.post(url, {"act": "anything"}).status_code == 302


def test_the_calendar_of_a_dwelling_is_its_owner_s(client, stay):
    home, mayor = stay.room.dwelling, UserFactory()
    MembershipFactory(person=mayor.person, organisation=home.owner)
    url = reverse("internships:dwelling-calendar", args=[home.pk])

    client.force_login(mayor)
    client.post(url, {"act": "open"})

    assert home.calendar.get_absolute_url() in client.get(url).content.decode()
