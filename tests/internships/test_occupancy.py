import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from internships import occupancy
from internships.occupancy import Bed, Taken
from tests.accounts.factories import UserFactory
from tests.installation.factories import desk_user
from tests.internships.factories import (
    BEGINS,
    ENDS,
    DwellingFactory,
    HousingRequestFactory,
    OccupationFactory,
    RoomFactory,
    SemesterFactory,
    StayFactory,
    days,
)
from tests.internships.rent_factories import RentCallFactory, member_of
from tests.territory.factories import DeskFactory, OrganisationFactory

# Ten nights.
TERM = days("2026-11-02", "2026-11-12")


def taken(kind, begins, ends, **more):
    day = dt.date(2026, 11, 1)
    return Taken(
        1,
        kind,
        day + dt.timedelta(days=begins - 1),
        day + dt.timedelta(days=ends - 1),
        **more,
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (10, 0, 0)),
        ([taken("stay", 2, 12)], (10, 10, 100)),
        # What overflows the semester is not counted in it.
        ([taken("stay", 1, 7)], (10, 5, 50)),
        ([taken("stay", 8, 30)], (10, 4, 40)),
        # Works are not offered; cleaning and options are, and nobody sleeps there.
        ([taken("maintenance", 2, 7), taken("stay", 7, 12)], (5, 5, 100)),
        ([taken("maintenance", 2, 12)], (0, 0, None)),
        ([taken("buffer", 2, 4), taken("hold", 4, 8)], (10, 0, 0)),
    ],
)
def test_nights_offered_and_slept(rows, expected):
    figures = occupancy.counted([Bed(1, "Nérac")], rows, TERM)["Nérac"]

    assert (figures.offered, figures.occupied, figures.occupancy) == expected


def test_a_bed_closed_is_offered_until_that_day():
    bed = Bed(1, "Nérac", closed_on=dt.date(2026, 11, 5))

    figures = occupancy.counted([bed], [taken("stay", 2, 12)], TERM)["Nérac"]

    assert (figures.offered, figures.occupied) == (3, 3)


@pytest.mark.parametrize(("stays", "share"), [(4, None), (5, 40)])
def test_few_placements_have_no_share(stays, share):
    rows = [
        taken("stay", 2 + number, 3 + number, in_priority=number < 2)
        for number in range(stays)
    ]

    figures = occupancy.counted([Bed(1, "Nérac")], rows, TERM)["Nérac"]

    assert figures.priority_share == share


def test_cost_of_whole_and_partial_months():
    period = days("2026-11-16", "2027-01-01")

    assert occupancy.months_of_cost(Decimal(300), period) == Decimal("450.00")


# --- The pages ------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def desk(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return DeskFactory()


@pytest.fixture
def home():
    """A dwelling of one room, slept in all along the semester."""
    SemesterFactory()
    call = RentCallFactory()
    home = call.stay.occupation.room.dwelling
    home.monthly_cost = Decimal(100)
    home.save()
    HousingRequestFactory(
        state="refused", refusal="Complet.", closed_at=call.called_at
    ).dwellings.add(home)
    return home


def test_a_report_sums_what_rooms_gave(home):
    semester = SemesterFactory()

    report = occupancy.report(semester)

    nights = (ENDS - BEGINS).days
    line = report.total
    assert (line.beds, line.offered, line.occupied) == (1, nights, nights)
    assert (line.called, line.collected) == (Decimal(116), 0)
    # From 2 November to 2 May: five months, 29 nights of 30 and two of 31.
    assert line.cost == Decimal("603.12")
    assert (report.refused, report.withdrawn) == (1, 0)


@pytest.mark.parametrize("count", [1, 4])
def test_a_report_costs_the_same(home, count, django_assert_num_queries):
    for _number in range(count):
        dwelling = DwellingFactory()
        StayFactory(occupation__room=RoomFactory(dwelling=dwelling))
        OccupationFactory(maintenance=True, room=RoomFactory(dwelling=dwelling))

    with django_assert_num_queries(6):
        occupancy.report(SemesterFactory())


def test_owners_and_those_who_pay_see_theirs(client, home):
    payer = OrganisationFactory()
    home.cofinanced_by.add(payer)
    elsewhere = DwellingFactory(commune=home.commune)
    RoomFactory(dwelling=elsewhere)

    for body in (home.owner, payer):
        client.force_login(member_of(body))
        page = client.get(reverse("internships:occupancy"), {"semestre": "x"})
        assert page.context["total"]["figures"].beds == 1
        text = client.get(reverse("internships:occupancy-csv")).text
        assert text.splitlines()[1].split(";")[:2] == [home.commune.name, "1"]


@pytest.mark.parametrize("name", ["occupancy", "occupancy-csv"])
def test_strangers_find_nothing(client, home, name):
    client.force_login(UserFactory())

    assert client.get(reverse(f"internships:{name}")).status_code == 404


def test_the_desk_sees_all_of_them(client, home):
    client.force_login(desk_user())

    page = client.get(reverse("admin:internships_occupancy"))

    assert page.context["total"]["figures"].beds == 1
    assert home.commune.name in page.text
    for queue in ("rentcall", "incident"):
        address = reverse(f"admin:internships_{queue}_changelist")
        assert client.get(address).status_code == 200
