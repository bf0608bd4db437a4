import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from internships.models import HousingBenefit, Room
from tests.internships.factories import (
    HousingRequestFactory,
    OccupationFactory,
    PlacementFactory,
    RoomFactory,
    SemesterFactory,
    StayFactory,
    days,
)

pytestmark = pytest.mark.django_db


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_a_semester_is_named_after_its_months():
    winter = SemesterFactory()
    summer = SemesterFactory(period=days("2027-05-03", "2027-11-02"))

    assert [str(winter), str(summer)] == [
        "novembre 2026 – avril 2027",
        "mai – octobre 2027",
    ]


def test_what_stands_on_a_bed_never_overlaps():
    room = RoomFactory()
    OccupationFactory(room=room, period=days("2026-11-02", "2026-12-01"))

    works = {"room": room, "maintenance": True}
    assert refused(
        lambda: OccupationFactory(**works, period=days("2026-11-30", "2026-12-02"))
    )
    assert not refused(
        lambda: OccupationFactory(**works, period=days("2026-12-01", "2026-12-02"))
    )


def test_a_bed_given_up_is_free_again():
    held = OccupationFactory(period=days("2026-11-02", "2026-12-01"))
    held.release("declined", timezone.now())

    again = OccupationFactory(room=held.room, period=days("2026-11-02", "2026-12-01"))

    assert again.is_standing


def test_free_rooms_are_those_where_nothing_stands():
    free, taken = RoomFactory(), RoomFactory()
    OccupationFactory(room=taken, period=days("2026-11-02", "2026-12-01"))

    found = Room.objects.free(days("2026-11-20", "2026-12-15"))
    later = Room.objects.free(days("2026-12-01", "2026-12-15"))

    assert (set(found), set(later)) == ({free}, {free, taken})


def test_an_option_is_taken_up_until_the_instant_it_expires():
    now = timezone.now()
    held = OccupationFactory(expires_at=now)

    with pytest.raises(Exception, match="expiré"):
        held.confirm(now)
    held.confirm(now - dt.timedelta(microseconds=1))

    assert (held.kind, held.expires_at) == ("stay", None)


def test_a_lent_bed_and_an_allowance_never_overlap():
    """T-11: a stay from 2 November 2026 to 1 May 2027, an allowance in December."""
    stay = OccupationFactory(stay=True, period=days("2026-11-02", "2027-05-01"))
    person = stay.request.person
    HousingBenefit.objects.create(
        person=person, kind="lent", period=stay.period, occupation=stay
    )

    def allowance(start, end):
        period = days(start, end)
        HousingBenefit.objects.create(person=person, kind="allowance", period=period)

    assert refused(lambda: allowance("2026-12-01", "2027-01-01"))
    assert not refused(lambda: allowance("2027-05-01", "2027-06-01"))


def test_no_keys_before_insurance_and_inventory():
    stay = StayFactory(insurance_checked_at=timezone.now())

    stay.keys_given_at = timezone.now()

    assert refused(stay.save)
    stay.entry_signed_at = timezone.now()
    assert not refused(stay.save)


def test_a_person_has_one_request_at_a_time():
    asked = HousingRequestFactory()

    again = {"person": asked.person, "period": days("2027-01-01", "2027-02-01")}
    assert refused(lambda: HousingRequestFactory(**again))
    asked.withdraw()
    assert not refused(lambda: HousingRequestFactory(**again))


def test_two_placements_may_overlap():
    one = PlacementFactory()

    assert PlacementFactory(person=one.person, semester=one.semester).pk
