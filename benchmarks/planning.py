"""The planning of 200 rooms over 26 weeks, against a bare page of the same table.

The bare page reads the same rows and writes a table of as many lines and cells, in one
template and nothing else. The planning adds where each bar stands, its words, its
address, the filters and the frame of the portal. Queries must be as many for one room
as for two hundred.
"""

import datetime as dt
import random
import statistics
import sys
import time

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show
from benchmarks._sessions import session_of

ROOMS = 200
BUDGET = 3.0
ROUNDS = 15
BEGINS = dt.date(2040, 11, 5)
BARE = (
    "<!doctype html><html lang=fr><title>Planning</title><body><table>"
    "{% for room, cells in rows %}<tr><th>{{ room.0 }}, {{ room.1 }}, {{ room.2 }}</th>"
    "{% for cell in cells %}<td><a href='/{{ cell.0 }}/'>{{ cell.1 }} {{ cell.2 }} "
    "{{ cell.3 }}</a></td>{% endfor %}</tr>{% endfor %}</table></body></html>"
)


def main() -> int:
    with own_database(with_story=False):
        django.setup()
        client, url = grow()
        measured = {"bare": [], "planning": []}
        for _ in range(ROUNDS):
            measured["bare"].append(_timed(bare_page))
            measured["planning"].append(_timed(lambda: client.get(url)))
        many = counted(client, url)
        few = counted(client, f"{url}&logement={first_dwelling()}")
    floor = statistics.median(measured["bare"])
    whole = statistics.median(measured["planning"])
    rows = [
        Row("bare page of the same table", floor * 1000),
        Row(
            "planning of the mairie",
            whole * 1000,
            whole / floor,
            BUDGET,
            f"{many} queries, {few} for ten rooms",
        ),
    ]
    within = show(f"{ROOMS} rooms, 26 weeks", rows)
    return 0 if within and many == few else 1


def grow():
    """Twenty dwellings of ten rooms; five stays each, with the cleaning after them."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import Membership, Person, User
    from internships.models import Dwelling, HousingRequest, Occupation, Room, Semester
    from territory.models import Commune, Organisation

    settings.ALLOWED_HOSTS = ["testserver"]
    chance = random.Random(47)
    period = (BEGINS, BEGINS + dt.timedelta(weeks=26))
    semester = Semester.objects.create(period=period)
    owner = Organisation.objects.create(name="Mairie", kind="commune")
    person = Person.objects.create(first_name="Anne", last_name="Maire")
    Membership.objects.create(person=person, organisation=owner)
    user = User.objects.create_user(email="mairie@demo.example", person=person)
    communes = list(Commune.objects.open()[:20])
    for number, commune in enumerate(communes):
        home = Dwelling.objects.create(
            name=f"Maison {number}", owner=owner, commune=commune, address="1 place"
        )
        for rank in range(ROOMS // len(communes)):
            room = Room.objects.create(dwelling=home, name=f"Chambre {rank}", rent=120)
            day = BEGINS
            for _ in range(5):
                day += dt.timedelta(days=chance.randint(0, 6))
                end = day + dt.timedelta(days=chance.randint(14, 28))
                guest = Person.objects.create(first_name="Léa", last_name="Martin")
                asked = HousingRequest.objects.create(
                    person=guest, period=(day, end), state="housed", wording="Oui."
                )
                stay = Occupation.objects.create(
                    room=room,
                    kind="stay",
                    period=(day, end),
                    request=asked,
                    confirmed_at=timezone.now(),
                )
                day = end + dt.timedelta(days=2)
                Occupation.objects.create(
                    room=room, kind="buffer", period=(end, day), follows=stay
                )
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    url = f"{reverse('internships:my-planning')}?semestre={semester.pk}"
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return client, url


def bare_page() -> str:
    from django.template import Context, Engine

    from internships.models import Occupation, Room

    known = Room.objects.order_by("pk")
    rooms = list(known.values_list("pk", "name", "dwelling__name"))
    cells = {pk: [] for pk, _name, _home in rooms}
    taken = Occupation.objects.standing().order_by("room", "period")
    for pk, room, kind, period, name in taken.values_list(
        "pk", "room_id", "kind", "period", "request__person__last_name"
    ):
        # A gap comes before each stay of the planning: so does a cell here.
        if kind == "stay":
            cells[room].append((room, "libre", period.lower, ""))
        cells[room].append((pk, kind, period.upper, name))
    rows = [(room, cells[room[0]]) for room in rooms]
    return Engine().from_string(BARE).render(Context({"rows": rows}))


def first_dwelling() -> int:
    from internships.models import Dwelling

    return Dwelling.objects.order_by("pk").first().pk


def counted(client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def _timed(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
