"""The rooms as anyone reads them."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.internships.factories import (
    DwellingFactory,
    HousingRequestFactory,
    OccupationFactory,
    PlacementSiteFactory,
    RoomFactory,
    SemesterFactory,
    days,
)
from tests.territory.factories import CommuneFactory, DeskFactory

pytestmark = pytest.mark.django_db

ROOMS = reverse("internships:rooms")


@pytest.fixture(autouse=True)
def semester(time_machine_day):
    DeskFactory()
    return SemesterFactory()


@pytest.fixture
def time_machine_day(monkeypatch):
    """The 1st of October 2026: the semester is to come."""
    day = dt.date(2026, 10, 1)
    monkeypatch.setattr("internships.views.rooms.timezone.localdate", lambda *_: day)
    return day


@pytest.fixture
def occupied():
    person = UserFactory(person__last_name="Garrigue-Lestrade").person
    room = RoomFactory(name="Chambre bleue")
    OccupationFactory(
        room=room,
        stay=True,
        period=days("2026-11-02", "2027-01-31"),
        request=HousingRequestFactory(person=person, state="housed"),
    )
    return room


def test_the_table_tells_states_and_no_name(client, occupied):
    page = client.get(ROOMS).content.decode()

    assert "Chambre bleue" in page
    assert "Occupée" in page
    assert "30 jan" in page.replace("\xa0", " ")
    assert "Garrigue-Lestrade" not in page
    assert occupied.dwelling.address not in page


def test_each_group_tells_free_days_of_its_rooms(client, occupied):
    context = client.get(ROOMS).context

    (group,) = context["groups"]
    (line,) = group.lines
    assert [(slot.state, slot.width) for slot in line.slots] == [
        ("stay", 6),
        ("free", 6),
    ]
    assert line.slots[1].query == f"chambre={occupied.pk}&du=2027-01-31&au=2027-05-03"
    assert (context["count"], context["free"]) == (1, 1)


def test_rooms_are_narrowed_by_place_people_and_rent(client):
    nerac = DwellingFactory()
    fumel = CommuneFactory(code="47106", name="Fumel")
    near = DwellingFactory(commune=CommuneFactory(nerac=True))
    RoomFactory(dwelling=nerac, name="Petite", rent=100)
    RoomFactory(dwelling=near, name="Grande", rent=200, for_two=True)
    near.distances.create(
        site=PlacementSiteFactory(commune=fumel), minutes=12, means="car"
    )

    def names(**asked):
        groups = client.get(ROOMS, asked).context["groups"]
        return {line.room.name for group in groups for line in group.lines}

    assert names() == {"Petite", "Grande"}
    assert names(loyer=150) == {"Petite"}
    assert names(pour="deux") == {"Grande"}
    assert names(pres="47106") == {"Grande"}
    assert names(loyer="beaucoup", pour="dix", semestre="x") == {"Petite", "Grande"}


def test_an_empty_place_is_named(client):
    CommuneFactory(code="47106", name="Fumel")

    page = client.get(ROOMS, {"pres": "47106"}).content.decode()

    assert "Aucune chambre près de Fumel ce semestre" in page


def test_no_semester_is_told(client, semester):
    semester.delete()

    assert "Aucun semestre à venir" in client.get(ROOMS).content.decode()


def test_closed_rooms_and_dwellings_are_not_shown(client):
    RoomFactory(closed_on=dt.date(2026, 9, 1))
    closed = RoomFactory(dwelling__is_open=False)

    assert client.get(ROOMS).context["groups"] == []
    assert client.get(closed.dwelling.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_table_costs_the_same(client, count, django_assert_max_num_queries):
    for _ in range(count):
        OccupationFactory(stay=True, period=days("2026-11-02", "2026-12-01"))
    client.get(ROOMS)

    with django_assert_max_num_queries(8):
        client.get(ROOMS)


def test_the_address_is_for_whoever_a_bed_is_kept_for(client, occupied):
    home = occupied.dwelling
    tenant = occupied.occupations.get().request.person.user

    seen = []
    for user in (None, UserFactory(), tenant):
        client.logout()
        if user:
            client.force_login(user)
        page = client.get(home.get_absolute_url()).content.decode()
        seen.append(home.address in page)

    assert seen == [False, False, True]
