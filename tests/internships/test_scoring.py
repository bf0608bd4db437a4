"""Who comes first, and which bed for whom: pure rules, then in few queries."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from internships import allocation, scoring, waiting_list
from internships.allocation import Bed, Wish
from internships.models import ScoreWeight
from internships.scoring import DEFAULTS, Facts
from tests.internships.factories import (
    HousingRequestFactory,
    OccupationFactory,
    PlacementFactory,
    RoomFactory,
    days,
)

DAY = dt.date(2026, 11, 23)


def scored(**facts):
    return scoring.score(Facts(**facts), DEFAULTS, seed="graine", number=7)


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({}, []),
        ({"in_priority_zone": True}, ["stage en zone prioritaire : 40 points"]),
        ({"faculty_minutes": 60}, []),
        ({"faculty_minutes": 61}, ["faculté à plus d'une heure : 20 points"]),
        ({"has_family": True}, ["en couple ou avec des enfants : 15 points"]),
        (
            {"is_first_placement": True},
            ["premier stage dans le département : 10 points"],
        ),
        ({"weeks_waited": 1}, ["1 semaine d'attente : 1 point"]),
        ({"weeks_waited": 30}, ["10 semaines d'attente : 10 points"]),
    ],
)
def test_each_point_is_explained(facts, lines):
    assert [str(line) for line in scored(**facts).lines] == lines


def test_points_are_those_of_the_weights_given():
    score = scoring.score(
        Facts(in_priority_zone=True, has_family=True),
        {"priority_zone": 7},
        seed="graine",
        number=7,
    )
    assert score.total == 7


def test_equals_are_drawn_by_the_seed_and_anyone_may_check():
    draws = [scoring.draw("graine", number) for number in (1, 2, 3)]

    assert draws == [scoring.draw("graine", number) for number in (1, 2, 3)]
    assert len(set(draws)) == 3
    assert scored(in_priority_zone=True).rank < scored().rank
    assert scoring.draw("graine", 7)[:8] in scored().draw_said


def test_first_weights_are_written_once_and_staff_keep_theirs():
    ScoreWeight.objects.filter(criterion="family").update(points=99)

    scoring.settle()

    assert ScoreWeight.objects.count() == len(DEFAULTS)
    assert ScoreWeight.objects.get(criterion="family").points == 99


def wish(request=1, start=0, end=10, **more):
    return Wish(
        request, DAY + dt.timedelta(start), DAY + dt.timedelta(end), (request,), **more
    )


def bed(room=1, **more):
    return Bed(
        **{"room": room, "dwelling": 1, "commune": 1, "rent": Decimal(100)} | more
    )


def test_bed_needs_its_days_and_those_of_the_cleaning():
    taken = [(DAY + dt.timedelta(11), DAY + dt.timedelta(20))]

    assert allocation.best(wish(), [bed(taken=taken, buffer_days=1)])
    assert allocation.best(wish(), [bed(taken=taken, buffer_days=2)]) is None
    assert allocation.best(wish(start=20, end=30), [bed(taken=taken)])
    assert allocation.best(wish(start=19, end=30), [bed(taken=taken)]) is None


def test_nearest_first_then_the_commune_then_the_rent():
    beds = [
        bed(1, rent=Decimal(90), commune=5),
        bed(2, rent=Decimal(150), minutes={3: (12, "à pied")}),
        bed(3, rent=Decimal(120), commune=8),
        bed(4, rent=Decimal(80), minutes={3: (25, "en voiture")}),
    ]

    found = allocation.proposals(wish(site=3, commune=8), beds)

    assert [one.bed.room for one in found] == [3, 2, 4, 1]
    assert "dans la commune du stage" in found[0].reasons
    assert "à 12 minutes du stage à pied" in found[1].reasons


@pytest.mark.parametrize(
    ("needs", "offers"),
    [
        ({"for_two": True}, {"for_two": True}),
        ({"children": 2}, {"accepts_children": True}),
        ({"has_animal": True}, {"accepts_animals": True}),
        ({"needs_accessible": True}, {"is_accessible": True}),
        ({"dwellings": frozenset({4})}, {"dwelling": 4}),
    ],
)
def test_every_need_is_met(needs, offers):
    assert allocation.missing(wish(**needs), bed())
    assert allocation.missing(wish(**needs), bed(**offers)) == []


def test_bed_one_must_drive_to_is_not_for_who_has_no_car():
    assert allocation.missing(wish(), bed(needs_car=True))
    assert not allocation.missing(wish(has_car=True), bed(needs_car=True))


def test_beds_are_shared_out_in_the_order_of_ranks():
    wishes = [wish(2), wish(1), wish(3, start=12, end=20)]

    given = allocation.shared_out(wishes, [bed(buffer_days=2)])

    assert [one.wish.request for one in given] == [1, 3]


def test_facts_are_read_from_the_placement():
    today = timezone.localdate()
    period = days(today + dt.timedelta(30), today + dt.timedelta(60))
    placement = PlacementFactory(period=period, zone_code="ZIP")
    request = HousingRequestFactory(
        period=period, placement=placement, person=placement.person, children=1
    )

    found = waiting_list.read(today)

    assert found.of(request).score.total == 40 + 20 + 15 + 10
    assert found.place_of(request) == 1


@pytest.mark.parametrize("count", [1, 6])
def test_list_costs_the_same_however_many_wait(count, django_assert_num_queries):
    today = timezone.localdate()
    period = days(today + dt.timedelta(30), today + dt.timedelta(60))
    for _ in range(count):
        placement = PlacementFactory(period=period)
        HousingRequestFactory(
            period=period, placement=placement, person=placement.person
        )
        OccupationFactory(room=RoomFactory(), period=period)

    with django_assert_num_queries(8):
        found = waiting_list.read(today)

    assert len(found.waiting) == len(found.beds) == count
