"""What the personal space lists of beds, and what it asks for."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships import housing_space
from internships.actions import extensions, holds
from tests.accounts.factories import PersonFactory
from tests.internships.factories import (
    HousingRequestFactory,
    RoomFactory,
    StayFactory,
    days,
)
from tests.territory.factories import DeskFactory

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


def coming(first, last):
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def asked(person, **fields):
    return HousingRequestFactory(person=person, **{"period": coming(30, 60)} | fields)


def line_of(person):
    [line] = housing_space.lines(person)
    return line


def test_who_waits_is_asked_nothing():
    line = line_of(asked(PersonFactory()).person)

    assert (line.title, line.task) == ("Demande de chambre", "")


def test_option_asks_for_an_answer_before_its_day():
    request = asked(PersonFactory())
    bed = holds.hold(request, RoomFactory())

    line = line_of(request.person)

    assert line.task == f"Une chambre à confirmer : {bed.room}"
    assert line.badge.look == "you"


@pytest.mark.parametrize(
    ("fields", "task"),
    [
        ({}, "Votre attestation d’assurance habitation"),
        ({"insurance_sent_at": timezone.now()}, ""),
        (
            {"insurance_refusal": "Elle ne nomme pas le logement."},
            "Votre attestation d’assurance habitation",
        ),
    ],
)
def test_stay_asks_for_the_insurance_until_it_is_sent(fields, task):
    stay = StayFactory(occupation__period=coming(10, 60), **fields)

    line = line_of(stay.person)

    assert line.title == f"Chambre : {stay.occupation.room}"
    assert line.task == task
    assert line.task_detail == (fields.get("insurance_refusal") or line.task_detail)


def test_who_is_asked_to_make_room_reads_it_first():
    room = RoomFactory()
    lodged, following = asked(PersonFactory()), asked(PersonFactory())
    for request, period in ((lodged, coming(10, 60)), (following, coming(70, 100))):
        type(request).objects.filter(pk=request.pk).update(period=period)
        request.refresh_from_db()
        holds.hold(request, room)
        holds.confirm(request)

    extensions.extend(lodged, TODAY + dt.timedelta(80))

    assert "rester dans votre chambre" in line_of(following.person).task


def test_who_let_options_expire_is_asked_whether_they_look():
    request = asked(PersonFactory(), options_expired=2)

    assert "toujours" in line_of(request.person).task


@pytest.mark.parametrize(("days_ago", "shown"), [(30, 1), (61, 0)])
def test_closed_request_leaves_the_space_after_two_months(days_ago, shown):
    closed_at = timezone.now() - dt.timedelta(days=days_ago)
    request = asked(PersonFactory(), state="withdrawn", closed_at=closed_at)

    assert len(list(housing_space.lines(request.person))) == shown


def test_it_costs_the_same_with_more_requests():
    person = PersonFactory()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            list(housing_space.lines(person))
        return len(captured)

    StayFactory(occupation__period=coming(0, 10), occupation__request__person=person)
    once = queries()
    for start in (20, 40, 60):
        StayFactory(
            occupation__period=coming(start, start + 10),
            occupation__request__person=person,
        )

    assert queries() == once
