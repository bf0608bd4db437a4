"""Many people on one bed at the same moment: real transactions, the real web stack."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Message
from internships import clock, tasks
from internships.actions import extensions, holds
from internships.models import HousingRequest, Occupation, Stay
from tests.accounts.factories import UserFactory
from tests.installation.test_referrals_together import together
from tests.internships.factories import HousingRequestFactory, RoomFactory, days
from tests.territory.factories import DeskFactory

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 20


@pytest.fixture(autouse=True)
def _desk():
    return DeskFactory()


def coming(first, last):
    today = timezone.localdate()
    return days(today + dt.timedelta(first), today + dt.timedelta(last))


def test_twenty_people_on_one_bed_get_one_option(live_server):
    """Each has a session of its own and presses the button as the nineteen others."""
    room = RoomFactory()
    users = [UserFactory() for _ in range(CLIENTS)]
    sessions = [signed_in(user) for user in users]
    period = coming(30, 60)
    answers = {
        "arrival": period.lower.isoformat(),
        "departure": period.upper.isoformat(),
        "purpose": "Un remplacement",
        "dwellings": str(room.dwelling_id),
        "has_car": "on",
        "accepts": "on",
    }
    address = live_server.url + reverse("internships:housing-new")
    start = Barrier(CLIENTS)

    def ask(session):
        opener = build_opener(HTTPCookieProcessor())
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        headers = [("Cookie", f"{cookie}; {settings.CSRF_COOKIE_NAME}={'a' * 32}")]
        opener.addheaders = [*headers, ("X-CSRFToken", "a" * 32)]
        start.wait(timeout=30)
        data = urlencode(answers).encode()
        with opener.open(Request(address, data), timeout=60) as response:
            return response.read().decode()

    with ThreadPoolExecutor(CLIENTS) as pool:
        pages = list(pool.map(ask, sessions))

    assert Occupation.objects.holds().count() == 1
    assert HousingRequest.objects.filter(state="held").count() == 1
    assert HousingRequest.objects.waiting().count() == CLIENTS - 1
    offered = Message.objects.filter(template_key="internships.bed-offered")
    assert offered.count() == 1
    told = [page for page in pages if "vient d&#x27;être prise" in page]
    assert len(told) >= CLIENTS - 1 - len([p for p in pages if "Option jusqu" in p])
    assert all("Option jusqu" in page or "liste d’attente" in page for page in pages)


def signed_in(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_two_officers_give_one_bed_to_two_people():
    room = RoomFactory()
    one = HousingRequestFactory(period=coming(30, 60))
    other = HousingRequestFactory(period=coming(40, 70))

    told = together(lambda: holds.hold(one, room), lambda: holds.hold(other, room))

    assert sorted(told) == ["done", "refused"]
    assert Occupation.objects.holds().count() == 1


def test_one_request_is_not_given_two_beds():
    request = HousingRequestFactory(period=coming(30, 60))
    rooms = RoomFactory(), RoomFactory()

    told = together(*[lambda room=room: holds.hold(request, room) for room in rooms])

    assert sorted(told) == ["done", "refused"]


def test_confirmed_at_the_instant_it_expires_it_is_one_or_the_other():
    room = RoomFactory()
    for _round in range(5):
        request = HousingRequestFactory(period=coming(30, 60))
        occupation = holds.hold(request, room)
        soon = clock.now() + dt.timedelta(milliseconds=60)
        Occupation.objects.filter(pk=occupation.pk).update(expires_at=soon)

        def wait_and_expire(soon=soon):
            while clock.now() < soon:
                pass
            holds.expire()

        told = together(lambda request=request: holds.confirm(request), wait_and_expire)

        request.refresh_from_db()
        stays = Stay.objects.filter(occupation__released_at=None)
        outcome = {"done": "housed", "refused": "waiting"}[told[0]]
        assert request.state == outcome
        assert stays.count() == (told[0] == "done")
        holds.withdraw(request)


def test_two_workers_that_sweep_at_once_offer_each_bed_once():
    rooms = [RoomFactory() for _ in range(3)]
    for _ in range(6):
        HousingRequestFactory(period=coming(30, 60))

    together(*[tasks.sweep_beds] * 4)

    held = Occupation.objects.holds().values_list("room", flat=True)
    assert sorted(held) == sorted(room.pk for room in rooms)
    assert Message.objects.count() == 3


@pytest.mark.parametrize("hours", [-2, 2])
def test_worker_whose_clock_is_wrong_decides_as_the_others_do(hours):
    """An option that ends in an hour, and one that ended an hour ago."""
    running, over = (
        holds.hold(HousingRequestFactory(period=coming(30, 60)), RoomFactory())
        for _ in range(2)
    )
    hour = dt.timedelta(hours=1)
    for occupation, ends_at in (
        (running, clock.now() + hour),
        (over, clock.now() - hour),
    ):
        Occupation.objects.filter(pk=occupation.pk).update(expires_at=ends_at)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        with pytest.raises(ValidationError, match="expiré"):
            holds.confirm(over.request)
        assert holds.expire() == 1
        holds.confirm(running.request)

    assert Occupation.objects.stays().get().pk == running.pk


def test_whoever_comes_next_answers_yes_and_no_at_once():
    room = RoomFactory()
    lodged = HousingRequestFactory(period=coming(10, 60))
    following = HousingRequestFactory(period=coming(70, 100))
    for request in (lodged, following):
        holds.hold(request, room)
        holds.confirm(request)
    extensions.extend(lodged, coming(80, 81).lower)

    told = together(
        lambda: extensions.make_room(following), lambda: extensions.keep_days(following)
    )

    assert sorted(told) == ["done", "refused"]
    leaves_on = Occupation.objects.stays().get(request=lodged).period.upper
    assert leaves_on == coming(80 if told[0] == "done" else 60, 101).lower


def test_who_would_stay_leaves_while_the_next_one_says_yes():
    room = RoomFactory()
    lodged = HousingRequestFactory(period=coming(10, 60))
    following = HousingRequestFactory(period=coming(70, 100))
    for request in (lodged, following):
        holds.hold(request, room)
        holds.confirm(request)
    extensions.extend(lodged, coming(80, 81).lower)

    together(lambda: extensions.make_room(following), lambda: holds.withdraw(lodged))

    assert not Occupation.objects.stays().filter(request=lodged).exists()
    assert Occupation.objects.stays().filter(request=following).count() == 1
