"""Allotting 200 rooms to 500 requests, against reading the rows.

The floor reads the requests, the rooms and what stands on them into model instances.
What is measured reads them too, scores and ranks every request, then gives each the
best bed left. The number of queries must be the same for ten requests and for 500.
"""

import datetime as dt
import random
import statistics
import sys
import time

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show

REQUESTS = 500
ROOMS = 200
BUDGET = 10.0
ROUNDS = 5
FIRST = dt.date(2027, 5, 3)


def main() -> int:
    with own_database(with_story=False):
        django.setup()
        grow()
        floor = statistics.median(timed(read_rows) for _ in range(ROUNDS))
        whole = statistics.median(timed(allot) for _ in range(ROUNDS))
        queries, given = counted(allot)
    rows = [
        Row("reading the rows", floor * 1000),
        Row(
            "ranking and allotting",
            whole * 1000,
            whole / floor,
            BUDGET,
            f"{given} beds given, {queries} queries",
        ),
    ]
    return 0 if show(f"{REQUESTS} requests, {ROOMS} rooms", rows) else 1


def grow() -> None:
    from django.conf import settings
    from django.db.backends.postgresql.psycopg_any import DateRange

    from accounts.models import Person
    from internships.models import Dwelling, HousingRequest, Room
    from territory.models import Commune, Organisation

    HousingRequest.objects.waiting().delete()
    chance = random.Random(47)
    communes = Commune.objects.open().in_departement(settings.DEPARTEMENT)
    owner = Organisation.objects.create(name="Mairie du banc", kind="commune")
    homes = [
        Dwelling.objects.create(
            name=f"Maison {number}",
            owner=owner,
            commune=chance.choice(list(communes)),
            address="1 place de la Mairie",
            accepts_children=chance.random() < 0.5,
            accepts_animals=chance.random() < 0.3,
        )
        for number in range(ROOMS // 4)
    ]
    Room.objects.bulk_create(
        Room(
            dwelling=homes[number // 4],
            name=f"Chambre {number}",
            rent=chance.choice([100, 120, 150]),
            for_two=chance.random() < 0.3,
        )
        for number in range(ROOMS)
    )
    people = Person.objects.bulk_create(
        Person(
            first_name="Hugo",
            last_name=f"Marty {number}",
            sort_key=f"marty {number:04}",
            search_key=f"hugo marty {number}",
            email=f"banc{number}@demo.example",
        )
        for number in range(REQUESTS)
    )
    requests = []
    for person in people:
        start = FIRST + dt.timedelta(chance.randrange(60))
        end = start + dt.timedelta(chance.randrange(30, 180))
        requests.append(
            HousingRequest(
                person=person,
                period=DateRange(start, end),
                has_car=True,
                for_two=chance.random() < 0.2,
                children=int(chance.random() < 0.1),
                wording="Lu et accepté.",
            )
        )
    HousingRequest.objects.bulk_create(requests)


def read_rows() -> int:
    from internships.models import HousingRequest, Occupation, Room

    requests = HousingRequest.objects.waiting().select_related("person")
    rooms = Room.objects.open().select_related("dwelling")
    return sum(map(len, map(list, (requests, rooms, Occupation.objects.standing()))))


def allot() -> int:
    from internships import allocation, waiting_list

    found = waiting_list.read(dt.date(2027, 4, 1))
    wishes = [one.wish for one in found.waiting]
    return len(list(allocation.shared_out(wishes, found.beds)))


def timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def counted(act) -> tuple[int, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = act()
    return len(queries), answer


if __name__ == "__main__":
    sys.exit(main())
