"""The desk's queue at 1,000, 100,000 and 1,000,000 dossiers (within 1.5×).

The dossiers of the demonstration are copied until there are enough, each with a
person, a reference and dates of its own. The pages are asked for in this process,
signed in as somebody of the desk; the number of queries must not grow either.
"""

import statistics
import sys
import time

import django
from django.conf import settings

from benchmarks._database import own_database
from benchmarks._report import Row, show

SIZES = [1_000, 100_000, 1_000_000]
BUDGET = 1.5
ROUNDS = 15


def main() -> int:
    with own_database():
        django.setup()
        # Signing in below has no address to be locked out by.
        settings.AXES_ENABLED = False
        measured = {}
        for size in SIZES:
            started = time.perf_counter()
            grow(size)
            took = time.perf_counter() - started
            print(f"{size:>9,} dossiers ready in {took:.0f} s", flush=True)
            measured[size] = measure()
    within = [tell(page, measured) for page in pages()]
    return 0 if all(within) else 1


def pages() -> dict[str, str]:
    from django.urls import reverse

    from territory.models import Intercommunality

    place = Intercommunality.objects.in_departement(settings.DEPARTEMENT).first()
    queue = reverse("admin:installation_installationrequest_changelist")
    return {
        "the queue as it opens": queue,
        "every dossier, newest first": f"{queue}?etat=tous&charge=tous",
        "closed": f"{queue}?etat=closed",
        "overdue, whoever follows them": f"{queue}?retard=oui&charge=tous",
        "to be called back": f"{queue}?nature=question&charge=tous",
        "one intercommunality": f"{queue}?territoire={place.code}&charge=tous",
        "second page": f"{queue}?p=2",
        "search by name": f"{queue}?q=garrigue",
        "search by reference": f"{queue}?q=BD47-2026-0001",
        "search by telephone": f"{queue}?q=06+00+00+01+23",
    }


def measure() -> dict[str, tuple[float, int]]:
    """Median seconds and number of queries of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.desk().order_by("pk").first(),
        backend=settings.AUTHENTICATION_BACKENDS[-1],
    )
    measured = {}
    for name, url in pages().items():
        _ask(client, url)
        with CaptureQueriesContext(connection) as queries:
            _ask(client, url)
        # Read at once: the next request empties the log.
        count = len(queries)
        seconds = [_ask(client, url) for _ in range(ROUNDS)]
        measured[name] = statistics.median(seconds), count
    return measured


def _ask(client, url) -> float:
    started = time.perf_counter()
    response = client.get(url)
    if response.status_code != 200:
        place = response.headers.get("Location", "")
        raise SystemExit(f"{url} answered {response.status_code} {place}")
    return time.perf_counter() - started


def tell(page: str, measured: dict[int, dict]) -> bool:
    floor, floor_queries = measured[SIZES[0]][page]
    rows = [
        Row(
            label=f"{size:,} dossiers",
            milliseconds=measured[size][page][0] * 1000,
            ratio=measured[size][page][0] / floor,
            budget=None if size == SIZES[0] else BUDGET,
            detail=f"{measured[size][page][1]} queries",
        )
        for size in SIZES
    ]
    same = all(measured[size][page][1] == floor_queries for size in SIZES)
    within = show(page, rows)
    if not same:
        print("  BEYOND: the number of queries grows")
    return within and same


def grow(size: int) -> None:
    """Copy people and dossiers, row by row in SQL, until there are `size` dossiers."""
    from django.db import connection

    from accounts.models import Person
    from installation.models import InstallationRequest

    missing = size - InstallationRequest.objects.count()
    with connection.cursor() as cursor:
        # The foreign keys of copies are right by construction.
        cursor.execute("SET session_replication_role = replica")
        first = _copy(cursor, Person, missing, PEOPLE)
        dossiers = {name: sql.format(first=first) for name, sql in DOSSIERS.items()}
        _copy(cursor, InstallationRequest, missing, dossiers)
        cursor.execute("SET session_replication_role = DEFAULT")
        for model in (Person, InstallationRequest):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")


# What must differ from one copy to the next; `n` counts from 0, `seq` goes on.
PEOPLE = {
    "first_name": "(ARRAY['Anne','Paul','Lise','Marc','Jean'])[1 + n % 5]",
    "last_name": "'Fictif' || seq",
    "sort_key": "'fictif' || seq",
    "search_key": "'fictif' || seq",
    "email": "'p' || seq || '@demo.example'",
    "email_confirmed_at": "NULL",
    "phone": "'+336' || lpad(seq::text, 8, '0')",
}
# Drafts have no reference, and some have nobody behind them.
DOSSIERS = {
    "reference": "CASE seed.reference WHEN '' THEN '' ELSE 'BD47-2000-' || seq END",
    "applicant_id": "CASE WHEN seed.applicant_id > 0 THEN {first} + n END",
}


def _copy(cursor, model, count: int, own: dict[str, str]) -> int:
    """INSERT … SELECT from the first rows of the table; the id of the first copy.

    Dates of the copies go back in time minute by minute.
    """
    table = model._meta.db_table
    cursor.execute(f"SELECT max(id) + 1, min(id) FROM {table}")
    first, _ = cursor.fetchone()
    columns, values = ["id"], [f"{first} + n"]
    for field in model._meta.concrete_fields:
        if field.primary_key or field.generated:
            continue
        columns.append(f'"{field.column}"')
        values.append(own.get(field.column) or _like(field))
    cursor.execute(
        f"WITH seed AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, "
        f"count(*) OVER () AS places FROM (SELECT * FROM {table} ORDER BY id LIMIT 20)"
        f" AS few) INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM (SELECT n, {first} + n AS seq "
        f"FROM generate_series(0, {count - 1}) AS n) AS copies "
        f"JOIN seed ON seed.place = copies.n % seed.places"
    )
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
    )
    return first


def _like(field) -> str:
    """The seed's own value, made different where the table asks for it."""
    column = f'seed."{field.column}"'
    kind = field.get_internal_type()
    if field.unique:
        if kind == "UUIDField":
            return "gen_random_uuid()"
        return "NULL" if field.null else f"left({column}::text, 8) || seq"
    if kind == "DateTimeField":
        return f"{column} - n * interval '1 minute'"
    return column


if __name__ == "__main__":
    sys.exit(main())
