"""A stay, from the insurance to the deposit given back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.models import Entry, Message
from internships import housing_week
from internships.actions import holds, housing, stays
from tests.accounts.factories import UserFactory
from tests.documents.factories import DocumentFactory
from tests.internships.factories import (
    HousingRequestFactory,
    OccupationFactory,
    RoomFactory,
    StayFactory,
    days,
)
from tests.territory.factories import DeskFactory, OrganisationFactory

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _desk():
    return DeskFactory()


@pytest.fixture
def by():
    return UserFactory()


def coming(first, last):
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def living(first=-30, last=30, **more):
    """Somebody who has the keys."""
    now = timezone.now()
    return StayFactory(
        occupation=OccupationFactory(stay=True, period=coming(first, last)),
        insurance_checked_at=now,
        entry_signed_at=now,
        keys_given_at=now,
        **more,
    )


def test_keys_wait_for_the_insurance_then_for_the_inventory(by):
    stay = StayFactory(insurance=DocumentFactory(), insurance_sent_at=timezone.now())

    with pytest.raises(ValidationError, match="assurance"):
        stays.give_keys(stay, by=by)
    stays.check_insurance(stay, by=by)
    with pytest.raises(ValidationError, match="état des lieux"):
        stays.give_keys(stay, by=by)
    stays.entry_signed(stay)

    assert stays.give_keys(stay, by=by).keys_given_at


def test_refused_insurance_is_sent_again(by):
    stay = StayFactory(insurance=DocumentFactory(), insurance_sent_at=timezone.now())

    stay = stays.refuse_insurance(stay, reason="Le logement n'y est pas.", by=by)

    assert (stay.insurance_sent_at, stay.is_insured) == (None, False)
    assert Message.objects.get().template_key == "internships.insurance-refused"


def test_inventory_signed_twice_is_noted_once():
    stay = StayFactory()

    stays.entry_signed(stay)
    stays.entry_signed(stay)

    assert Entry.objects.filter(verb="internships.stay.entry_signed").count() == 1


def test_stay_is_over_with_the_keys_and_the_inventory(by):
    stay = living(last=0)

    stays.exit_signed(stay)
    stays.take_keys_back(stay, by=by)

    stay.occupation.request.refresh_from_db()
    assert stay.occupation.request.state == "over"


def test_deposit_comes_back_after_the_keys_less_what_is_kept(by):
    stay = living(deposit=Decimal(150), deposit_received_on=TODAY)
    with pytest.raises(ValidationError, match="après l'état des lieux"):
        stays.return_deposit(stay, on=TODAY, by=by)
    stays.exit_signed(stay)
    stays.take_keys_back(stay, by=by)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        stays.return_deposit(stay, on=TODAY, kept=Decimal(20), by=by)

    stay = stays.return_deposit(
        stay, on=TODAY, kept=Decimal(20), because="Une vitre cassée.", by=by
    )

    assert (stay.deposit_returned_on, stay.deposit_kept) == (TODAY, 20)


def test_who_has_the_keys_leaves_and_does_not_withdraw():
    stay = living()

    with pytest.raises(ValidationError, match="départ anticipé"):
        holds.withdraw(stay.occupation.request)


def test_days_left_early_are_offered(django_capture_on_commit_callbacks):
    stay = living()
    room = stay.occupation.room
    next_one = HousingRequestFactory(period=coming(15, 60))
    assert holds.offer_freed(room) == []

    with django_capture_on_commit_callbacks(execute=True):
        housing.leave_early(stay.occupation.request, TODAY + dt.timedelta(10))

    next_one.refresh_from_db()
    assert next_one.state == "held"


@pytest.mark.parametrize(
    ("day", "told"), [(-1, "passé"), (30, "déjà prévu"), (-40, "passé")]
)
def test_day_to_leave_makes_sense(day, told):
    stay = living()

    with pytest.raises(ValidationError, match=told):
        housing.leave_early(stay.occupation.request, TODAY + dt.timedelta(day))


def test_dwelling_may_change_owner_in_the_middle_of_a_stay():
    stay = living()
    home = stay.occupation.room.dwelling
    home.owner = OrganisationFactory()
    home.save()

    housing.leave_early(stay.occupation.request, TODAY + dt.timedelta(10))

    stay.occupation.refresh_from_db()
    assert stay.occupation.period == coming(-30, 10)


def test_week_tells_who_comes_and_whose_insurance_is_missing():
    room = RoomFactory()
    request = HousingRequestFactory(period=coming(0, 60))
    holds.hold(request, room)
    holds.confirm(request)

    told = [line.title.split(" : ")[0] for line in housing_week.lines(TODAY)]

    assert told == ["Arrivée", "Assurance manquante"]


# --- Rents follow ---------------------------------------------------------------------


def called(stay) -> list:
    return list(stay.rent_calls.standing().order_by("month"))


def confirmed(first, last):
    request = HousingRequestFactory(period=coming(first, last))
    holds.hold(request, RoomFactory(rent=120))
    return holds.confirm(request)


def test_whoever_comes_this_month_is_asked_for_its_rent_at_once():
    stay = confirmed(0, 90)

    (call,) = called(stay)
    assert (call.month, call.period.lower) == (TODAY.replace(day=1), TODAY)


def test_rents_follow_the_days_of_the_stay():
    stay = confirmed(0, 90)

    housing.leave_early(stay.occupation.request, TODAY + dt.timedelta(1))

    (call,) = called(stay)
    assert (call.period.upper - call.period.lower).days == 1


@pytest.mark.parametrize("gives_up", ["withdraws", "cancelled", "moves elsewhere"])
def test_no_rent_of_a_stay_that_is_given_up(gives_up, by):
    stay = confirmed(0, 90)
    request = stay.occupation.request
    assert called(stay)

    if gives_up == "withdraws":
        holds.withdraw(request)
    elif gives_up == "cancelled":
        holds.cancel(request, reason="Le toit fuit.", by=by)
    else:
        housing.change_dates(request, coming(5, 60), gives_bed_up=True)

    assert called(stay) == []
