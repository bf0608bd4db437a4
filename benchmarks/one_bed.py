"""200 people ask for one bed at once: one option, and how fast the others are told.

Each has a session of its own and goes through gunicorn. The floor is the same server
and the same people posting the same answers to a page that writes them to a table
without constraint, and does nothing else.
"""

import datetime as dt
import http.client
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show
from benchmarks._sessions import session_of
from benchmarks.pages import served

PEOPLE = 200
TOKEN = "a" * 32
PLAIN = "/banc/"


def main() -> int:
    with own_database(with_story=False):
        django.setup()
        sessions, answers = grow()
        with served("benchmarks._unconstrained") as port:
            plain, _statuses = crowd(port, PLAIN, sessions, answers)
            asked, statuses = crowd(
                port, "/stages/logements/demande/", sessions, answers
            )
        held, waiting = count()
    rows = [
        Row("a table without rules", plain * 1000, detail=f"{PEOPLE / plain:.0f}/s"),
        Row(
            "one bed",
            asked * 1000,
            asked / plain,
            None,
            f"{PEOPLE / asked:.0f}/s, {held} option, {waiting} told to wait",
        ),
    ]
    show(f"{PEOPLE} requests at once", rows)
    is_right = (held, waiting, statuses) == (1, PEOPLE - 1, {302})
    return 0 if is_right else 1


def grow() -> tuple[list[str], dict]:
    """The people with their sessions, and what each of them posts."""
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Person, User
    from internships.models import Dwelling, HousingRequest, Room
    from territory.models import Commune, Organisation

    HousingRequest.objects.waiting().delete()
    home = Dwelling.objects.create(
        name="Une seule chambre",
        owner=Organisation.objects.create(name="Mairie du banc", kind="commune"),
        commune=Commune.objects.order_by("pk").first(),
        address="1 place de la Mairie",
    )
    Room.objects.create(dwelling=home, name="La chambre", rent=120)
    sessions = []
    for number in range(PEOPLE):
        email = f"banc{number}@demo.example"
        person = Person.objects.create(
            first_name="Hugo", last_name=f"Marty {number}", email=email
        )
        user = User.objects.create(person=person, email=email)
        sessions.append(session_of(user))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE benchmarks_plain"
            " (id bigserial PRIMARY KEY, person bigint, arrival date, departure date)"
        )
    today = timezone.localdate()
    return sessions, {
        "arrival": today + dt.timedelta(30),
        "departure": today + dt.timedelta(60),
        "purpose": "Un remplacement",
        "dwellings": home.pk,
        "has_car": "on",
        "accepts": "on",
    }


def crowd(port: int, path: str, sessions: list[str], answers: dict):
    """All of them at once; the seconds until the last is told, and the statuses."""
    from django.conf import settings

    body = urlencode(answers)
    start = Barrier(PEOPLE + 1)

    def ask(session: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        cookies = (
            f"{settings.SESSION_COOKIE_NAME}={session};"
            f" {settings.CSRF_COOKIE_NAME}={TOKEN}"
        )
        headers = {
            "Cookie": cookies,
            "X-CSRFToken": TOKEN,
            "Host": "localhost",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start.wait()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    with ThreadPoolExecutor(PEOPLE) as pool:
        told = [pool.submit(ask, session) for session in sessions]
        start.wait()
        begun = time.perf_counter()
        statuses = {one.result() for one in told}
        return time.perf_counter() - begun, statuses


def count() -> tuple[int, int]:
    from internships.models import HousingRequest, Room

    room = Room.objects.get(name="La chambre")
    held = room.occupations.holds().count()
    return held, HousingRequest.objects.waiting().count()


if __name__ == "__main__":
    sys.exit(main())
