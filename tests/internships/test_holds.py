"""A bed kept, confirmed, given back, and offered to the next in line."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.models import Message
from internships import clock, tasks
from internships.actions import holds
from internships.models import HousingBenefit, HousingRequest, Occupation
from tests.internships.factories import (
    DwellingFactory,
    HousingRequestFactory,
    OccupationFactory,
    PlacementFactory,
    RoomFactory,
    days,
)
from tests.territory.factories import DeskFactory

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _desk():
    return DeskFactory()


def coming(first: int, last: int):
    """Days counted from today."""
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def standing(room):
    rows = Occupation.objects.standing().filter(room=room).order_by("period")
    return [
        (row.kind, (row.period.lower - TODAY).days, (row.period.upper - TODAY).days)
        for row in rows
    ]


def run_out(occupation):
    Occupation.objects.filter(pk=occupation.pk).update(expires_at=clock.now())


def test_hold_keeps_the_bed_and_the_cleaning_until_the_end_of_the_seventh_day():
    request, room = HousingRequestFactory(period=coming(30, 60)), RoomFactory()

    occupation = holds.hold(request, room)

    request.refresh_from_db()
    assert request.state == "held"
    assert standing(room) == [("hold", 30, 60), ("buffer", 60, 62)]
    assert occupation.held_until == TODAY + dt.timedelta(7)
    assert Message.objects.get().template_key == "internships.bed-offered"


def test_option_ends_the_day_before_they_arrive():
    request, room = HousingRequestFactory(period=coming(4, 60)), RoomFactory()

    assert holds.hold(request, room).held_until == TODAY + dt.timedelta(3)


def test_dwelling_says_how_long_an_option_lasts():
    room = RoomFactory(dwelling__hold_days=3)
    request = HousingRequestFactory(period=coming(30, 60))

    assert holds.hold(request, room).held_until == TODAY + dt.timedelta(3)


def test_taken_bed_is_refused_in_words():
    room = RoomFactory()
    holds.hold(HousingRequestFactory(period=coming(30, 60)), room)
    late = HousingRequestFactory(period=coming(40, 70))

    with pytest.raises(ValidationError, match="vient d'être prise"):
        holds.hold(late, room)

    late.refresh_from_db()
    assert late.state == "waiting"


def test_cleaning_before_the_next_stay_is_not_shortened():
    room = RoomFactory()
    OccupationFactory(room=room, stay=True, period=coming(61, 90))
    request = HousingRequestFactory(period=coming(30, 60))

    with pytest.raises(ValidationError, match="ménage prend 2 jours"):
        holds.hold(request, room)

    assert standing(room) == [("stay", 61, 90)]


@pytest.mark.parametrize("state", ["held", "housed"])
def test_request_with_a_bed_gets_no_other(state):
    request = HousingRequestFactory(period=coming(30, 60), state=state)

    with pytest.raises(ValidationError, match="déjà"):
        holds.hold(request, RoomFactory())


def test_closed_room_and_past_days_are_refused():
    past = HousingRequestFactory(period=coming(-30, 0))
    with pytest.raises(ValidationError, match="passées"):
        holds.hold(past, RoomFactory())
    with pytest.raises(ValidationError, match="n'est plus proposée"):
        holds.hold(
            HousingRequestFactory(period=coming(3, 9)), RoomFactory(closed_on=TODAY)
        )


def test_placement_and_bed_go_together():
    placement, room = PlacementFactory(period=coming(30, 60)), RoomFactory()

    occupation = holds.hold_for_placement(placement, room=room)

    request = occupation.request
    assert (request.placement, request.state) == (placement, "held")
    assert request.reference.startswith("LG")
    assert request.wording == ""


def test_bed_of_a_placement_is_confirmed_once_what_does_not_add_up_is_accepted():
    placement = PlacementFactory(period=coming(30, 60))
    request = holds.hold_for_placement(placement, room=RoomFactory()).request

    with pytest.raises(ValidationError, match="ne se cumule pas"):
        holds.confirm(request)
    assert not Occupation.objects.stays().exists()
    holds.confirm(request, accepted_wording="Je l'ai lu.")

    request.refresh_from_db()
    assert (request.state, request.wording) == ("housed", "Je l'ai lu.")


def test_what_was_accepted_with_the_placement_is_kept_as_it_was():
    placement = PlacementFactory(
        period=coming(30, 60),
        indemnities_wording="Lu en mars.",
        indemnities_accepted_at=timezone.now(),
    )
    request = holds.hold_for_placement(placement, room=RoomFactory()).request

    holds.confirm(request, accepted_wording="Autre chose.")

    request.refresh_from_db()
    assert request.wording == "Lu en mars."


def test_placement_takes_the_request_that_waits_for_these_days():
    placement = PlacementFactory(period=coming(30, 60))
    waiting = HousingRequestFactory(person=placement.person, period=coming(30, 60))

    occupation = holds.hold_for_placement(placement, room=RoomFactory())

    assert occupation.request == waiting
    assert HousingRequest.objects.get().placement == placement


def test_confirmed_option_becomes_a_stay():
    request, room = HousingRequestFactory(period=coming(30, 60)), RoomFactory()
    occupation = holds.hold(request, room)

    stay = holds.confirm(request)

    request.refresh_from_db()
    assert (request.state, stay.rent, stay.occupation) == ("housed", 120, occupation)
    assert standing(room) == [("stay", 30, 60), ("buffer", 60, 62)]
    assert HousingBenefit.objects.get().period == coming(30, 60)


def test_option_is_refused_at_the_instant_it_expires():
    request = HousingRequestFactory(period=coming(30, 60))
    run_out(holds.hold(request, RoomFactory()))

    with pytest.raises(ValidationError, match="expiré"):
        holds.confirm(request)

    assert holds.expire() == 1
    with pytest.raises(ValidationError, match="expiré"):
        holds.confirm(request)


def test_lent_bed_and_allowance_do_not_meet():
    request = HousingRequestFactory(period=coming(30, 60))
    HousingBenefit.objects.create(
        person=request.person, kind="allowance", period=coming(50, 80)
    )
    holds.hold(request, RoomFactory())

    with pytest.raises(ValidationError, match="ne se cumule pas"):
        holds.confirm(request)

    request.refresh_from_db()
    assert request.state == "held"


def test_declined_bed_goes_to_the_next_in_line(django_capture_on_commit_callbacks):
    room = RoomFactory()
    first = HousingRequestFactory(period=coming(30, 60))
    holds.hold(first, room)
    second = HousingRequestFactory(period=coming(35, 70), children=0)

    with django_capture_on_commit_callbacks(execute=True):
        holds.decline(first)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("waiting", "held")
    assert standing(room) == [("hold", 35, 70), ("buffer", 70, 72)]


def test_expired_bed_goes_to_the_next_once_however_often_it_is_swept():
    room = RoomFactory()
    first = HousingRequestFactory(period=coming(30, 60))
    run_out(holds.hold(first, room))
    second = HousingRequestFactory(period=coming(30, 60))

    for _minute in range(3):
        tasks.sweep_beds()

    sent = Message.objects.order_by("pk").values_list("template_key", "recipient")
    assert list(sent) == [
        ("internships.bed-offered", first.person.email),
        ("internships.bed-expired", first.person.email),
        ("internships.bed-offered", second.person.email),
    ]
    assert standing(room) == [("hold", 30, 60), ("buffer", 60, 62)]


def test_who_let_a_bed_go_by_is_not_offered_it_again():
    room = RoomFactory()
    request = HousingRequestFactory(period=coming(30, 60))
    holds.hold(request, room)
    holds.decline(request)

    assert holds.offer_freed(room) == []
    other = RoomFactory()
    assert [one.room for one in holds.offer_freed()] == [other]


@pytest.mark.parametrize(
    "needs",
    [
        {"for_two": True},
        {"children": 1},
        {"has_animal": True},
        {"needs_accessible": True},
    ],
)
def test_bed_is_offered_to_those_it_suits(needs):
    room = RoomFactory()
    HousingRequestFactory(period=coming(30, 60), **needs)
    alone = HousingRequestFactory(period=coming(30, 60))

    assert [one.request for one in holds.offer_freed(room)] == [alone]


def test_bed_elsewhere_is_not_offered_to_who_named_a_dwelling():
    wanted = DwellingFactory()
    request = HousingRequestFactory(period=coming(30, 60))
    request.dwellings.add(wanted)
    RoomFactory()
    assert holds.offer_freed() == []

    room = RoomFactory(dwelling=wanted)
    assert [one.room for one in holds.offer_freed()] == [room]


def test_before_the_day_beds_are_offered_the_desk_alone_allots(semester):
    semester.beds_from = TODAY + dt.timedelta(1)
    semester.save()
    request, room = HousingRequestFactory(period=coming(30, 60)), RoomFactory()

    assert holds.offer_freed() == []
    assert holds.hold(request, room).is_standing


@pytest.fixture
def semester():
    from tests.internships.factories import SemesterFactory

    return SemesterFactory(period=coming(0, 180))


def test_withdrawn_stay_frees_the_bed_and_the_benefit():
    request, room = HousingRequestFactory(period=coming(30, 60)), RoomFactory()
    holds.hold(request, room)
    holds.confirm(request)

    holds.withdraw(request)

    request.refresh_from_db()
    assert (request.state, standing(room)) == ("withdrawn", [])
    assert not HousingBenefit.objects.exists()


def test_works_that_end_give_the_bed_back(django_capture_on_commit_callbacks):
    room = RoomFactory()
    works = holds.block(room, coming(20, 50))
    request = HousingRequestFactory(period=coming(30, 60))
    assert holds.offer_freed() == []

    with django_capture_on_commit_callbacks(execute=True):
        holds.unblock(works)

    request.refresh_from_db()
    assert request.state == "held"


def test_works_do_not_move_somebody_out():
    room = RoomFactory()
    holds.hold(HousingRequestFactory(period=coming(30, 60)), room)

    with pytest.raises(ValidationError, match="déjà prise"):
        holds.block(room, coming(59, 61))


def test_bed_is_not_removed_while_somebody_is_expected():
    room = RoomFactory()
    request = HousingRequestFactory(period=coming(30, 60))
    holds.hold(request, room)

    with pytest.raises(ValidationError) as refusal:
        holds.close_room(room)

    assert str(request.person) in refusal.value.messages[1]
    holds.withdraw(request)
    assert not holds.close_room(room).is_open


def test_request_whose_days_are_gone_is_closed():
    request = HousingRequestFactory(period=coming(-30, 0))

    tasks.sweep_beds()

    request.refresh_from_db()
    assert (request.state, request.refusal != "") == ("refused", True)


def test_late_bed_is_offered_for_the_days_that_are_left():
    request, room = HousingRequestFactory(period=coming(-10, 60)), RoomFactory()

    assert [one.request for one in holds.offer_freed()] == [request]
    assert standing(room)[0] == ("hold", 0, 60)
