"""Staying longer than planned, and whoever is expected next in the same bed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import Message
from internships import housing_week
from internships.actions import extensions, holds, housing
from internships.models import HousingRequest, MoveQuestion, Occupation, Stay
from tests.accounts.factories import UserFactory
from tests.installation.factories import desk_user
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
LATER = TODAY + dt.timedelta(70)


@pytest.fixture(autouse=True)
def _desk(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()


def coming(first, last):
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def kept(room, period, *, confirmed=False, **fields) -> HousingRequest:
    request = HousingRequestFactory(period=period, **fields)
    holds.hold(request, room)
    if confirmed:
        holds.confirm(request)
    request.refresh_from_db()
    return request


@pytest.fixture
def room():
    return RoomFactory(dwelling=DwellingFactory(buffer_days=3))


@pytest.fixture
def lodged(room):
    """Somebody who would stay until the seventieth day, and may until the sixtieth."""
    return kept(room, coming(10, 60), confirmed=True)


def bed_of(request) -> Occupation:
    return Occupation.objects.standing().get(request=request)


def written_to(request, name) -> int:
    return Message.objects.filter(
        recipient=request.person.email, template_key=f"internships.{name}"
    ).count()


def test_bed_that_nobody_awaits_is_theirs_at_once(lodged):
    assert extensions.extend(lodged, LATER)

    assert bed_of(lodged).period == coming(10, 70)
    assert not MoveQuestion.objects.exists()


@pytest.mark.parametrize("confirmed", [False, True])
def test_next_one_takes_another_room_and_they_stay(room, lodged, confirmed):
    following = kept(room, coming(63, 100), confirmed=confirmed)
    other = RoomFactory(name="Chambre du fond", rent=150)

    assert not extensions.extend(lodged, LATER)
    assert bed_of(lodged).period == coming(10, 60)
    assert written_to(following, "make-room") == 1
    extensions.make_room(following)

    assert bed_of(lodged).period == coming(10, 70)
    assert bed_of(following).room == other
    assert bed_of(following).period == coming(63, 100)
    following.refresh_from_db()
    assert following.state == ("housed" if confirmed else "held")
    assert written_to(following, "bed-offered") == (1 if confirmed else 2)
    assert written_to(following, "bed-confirmed") == (2 if confirmed else 0)
    assert written_to(lodged, "stay-changed") == 1
    if confirmed:
        assert Stay.objects.current().get(occupation__room=other).rent == 150


def test_next_one_comes_later_where_no_other_room_is_free(room, lodged):
    following = kept(room, coming(63, 100))

    extensions.extend(lodged, LATER)
    question = extensions.question_to(following)
    assert (question.room, question.arrival) == (None, LATER + dt.timedelta(3))
    extensions.make_room(following)

    assert bed_of(lodged).period == coming(10, 70)
    assert bed_of(following).period == coming(73, 100)
    following.refresh_from_db()
    assert following.period == coming(73, 100)


def test_next_one_keeps_their_days(room, lodged):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)

    extensions.keep_days(following)

    lodged.refresh_from_db()
    assert lodged.stay_until is None
    assert bed_of(lodged).period == coming(10, 60)
    assert bed_of(following).period == coming(63, 100)
    assert written_to(lodged, "stay-no-longer") == 1


@pytest.mark.parametrize("answer", [extensions.make_room, extensions.keep_days])
def test_question_is_answered_once(room, lodged, answer):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)
    answer(following)

    with pytest.raises(ValidationError, match="n'est plus posée"):
        extensions.make_room(following)


def test_same_wish_is_asked_once(room, lodged):
    following = kept(room, coming(63, 100))

    extensions.extend(lodged, LATER)
    extensions.extend(lodged, LATER)

    assert MoveQuestion.objects.count() == 1
    assert written_to(following, "make-room") == 1


def test_another_day_is_another_question(room, lodged):
    following = kept(room, coming(63, 100))

    extensions.extend(lodged, LATER)
    extensions.extend(lodged, LATER + dt.timedelta(2))

    assert MoveQuestion.objects.count() == 2
    assert extensions.question_to(following).until == LATER + dt.timedelta(2)


def nobody_lives_there(room):
    OccupationFactory(room=room, maintenance=True, period=coming(63, 100))


def two_are_expected(room):
    kept(room, coming(63, 66))
    kept(room, coming(69, 100))


def it_is_too_short(room):
    kept(room, coming(63, 72))


@pytest.mark.parametrize(
    "expected", [nobody_lives_there, two_are_expected, it_is_too_short]
)
def test_desk_alone_finds_a_way_where_nothing_can_be_offered(room, lodged, expected):
    expected(room)

    assert not extensions.extend(lodged, LATER)

    lodged.refresh_from_db()
    assert lodged.stay_until == LATER
    assert not MoveQuestion.objects.exists()
    assert "Prolongation" in "".join(line.title for line in housing_week.lines(TODAY))


def test_desk_grants_what_has_become_possible(room, lodged):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)
    lodged.refresh_from_db()
    by = UserFactory()

    with pytest.raises(ValidationError, match="encore attendu"):
        extensions.grant(lodged, by=by)
    holds.withdraw(following)
    extensions.grant(lodged, by=by)

    assert bed_of(lodged).period == coming(10, 70)
    lodged.refresh_from_db()
    assert lodged.stay_until is None


def test_desk_refuses_and_the_question_is_dropped(room, lodged):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)

    extensions.refuse(lodged, reason="La chambre est promise.", by=UserFactory())

    assert extensions.question_to(following) is None
    assert written_to(lodged, "stay-no-longer") == 1


@pytest.mark.parametrize("who", ["lodged", "following"])
def test_question_goes_with_either_of_them(room, lodged, who):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)

    holds.withdraw({"lodged": lodged, "following": following}[who])

    assert not MoveQuestion.objects.asked().exists()


def test_leaving_on_another_day_drops_the_question(room, lodged):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)

    housing.leave_early(lodged, TODAY + dt.timedelta(50))

    with pytest.raises(ValidationError):
        extensions.make_room(following)
    assert bed_of(lodged).period == coming(10, 50)


def test_room_taken_meanwhile_leaves_everyone_where_they_are(room, lodged):
    following = kept(room, coming(63, 100))
    other = RoomFactory()
    extensions.extend(lodged, LATER)
    kept(other, coming(63, 100))

    with pytest.raises(ValidationError, match="vient d'être prise"):
        extensions.make_room(following)

    assert bed_of(following).room == room
    assert bed_of(lodged).period == coming(10, 60)
    assert extensions.question_to(following)


# --- On the page ----------------------------------------------------------------------


def test_they_answer_on_their_page_and_nobody_else_does(client, room, lodged):
    user = UserFactory()
    following = kept(room, coming(63, 100), person=user.person)
    extensions.extend(lodged, LATER)
    address = reverse("internships:housing-make-room", args=[following.pk])

    client.force_login(UserFactory())
    assert client.post(address, {"answer": "yes"}).status_code == 404
    client.force_login(user)
    page = client.get(following.get_absolute_url())
    assert "Pourriez-vous arriver le" in page.text
    client.post(address, {"answer": "yes"})

    assert bed_of(following).period == coming(73, 100)


def test_no_is_an_answer_too(client, room, lodged):
    user = UserFactory()
    following = kept(room, coming(63, 100), person=user.person)
    extensions.extend(lodged, LATER)
    client.force_login(user)

    client.post(
        reverse("internships:housing-make-room", args=[following.pk]), {"answer": "no"}
    )

    assert bed_of(following).period == coming(63, 100)
    assert not MoveQuestion.objects.asked().exists()


def test_desk_answers_for_them_on_the_telephone(client, room, lodged):
    following = kept(room, coming(63, 100))
    extensions.extend(lodged, LATER)
    client.force_login(desk_user())
    page = reverse("admin:internships_housingrequest_change", args=[following.pk])
    address = reverse(
        "admin:internships_housing_laisser-la-chambre", args=[following.pk]
    )

    assert address in client.get(page).text
    client.post(address)

    assert bed_of(following).period == coming(73, 100)


# --- Those who never answer -----------------------------------------------------------


def let_two_expire(request):
    for _ in range(2):
        holds.hold(request, RoomFactory())
        Occupation.objects.holds().update(expires_at=timezone.now())
        holds.expire()
        request.refresh_from_db()


def test_after_two_silences_beds_go_to_others():
    request = HousingRequestFactory(period=coming(30, 60))
    let_two_expire(request)
    RoomFactory()

    assert request.is_set_aside
    assert holds.offer_freed() == []
    assert list(HousingRequest.objects.set_aside()) == [request]


def test_they_say_they_still_look(client, django_capture_on_commit_callbacks):
    user = UserFactory()
    request = HousingRequestFactory(period=coming(30, 60), person=user.person)
    let_two_expire(request)
    room = RoomFactory()
    client.force_login(user)
    assert "Je cherche toujours" in client.get(request.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("internships:housing-still", args=[request.pk]))

    assert bed_of(request).room == room


def test_any_answer_puts_them_back_in_line():
    request = HousingRequestFactory(period=coming(30, 60))
    let_two_expire(request)

    holds.hold(request, RoomFactory())
    holds.decline(request)

    request.refresh_from_db()
    assert not request.is_set_aside


# --- A placement that is cancelled ----------------------------------------------------


@pytest.mark.parametrize(("ticked", "state"), [("on", "withdrawn"), ("", "held")])
def test_bed_is_given_back_with_the_placement(client, ticked, state):
    user = UserFactory()
    placement = PlacementFactory(person=user.person, period=coming(30, 60))
    request = holds.hold_for_placement(placement, room=RoomFactory()).request
    client.force_login(user)
    address = reverse("internships:placement-cancel", args=[placement.pk])
    assert "Rendre aussi" in client.get(address).text

    client.post(address, {"reason": "Je change de ville.", "gives_bed_back": ticked})

    request.refresh_from_db()
    assert request.state == state


def test_placement_without_a_bed_asks_nothing_of_it(client):
    user = UserFactory()
    placement = PlacementFactory(person=user.person, period=coming(30, 60))
    client.force_login(user)

    page = client.get(reverse("internships:placement-cancel", args=[placement.pk]))

    assert "Rendre aussi" not in page.text


def test_desk_gives_the_bed_back_with_the_placement(client):
    placement = PlacementFactory(period=coming(30, 60))
    request = holds.hold_for_placement(placement, room=RoomFactory()).request
    client.force_login(desk_user())
    address = reverse("admin:internships_placement_annuler", args=[placement.pk])

    client.post(address, {"reason": "Elle ne vient plus.", "gives_bed_back": "on"})

    request.refresh_from_db()
    assert request.state == "withdrawn"
