"""Suggesting partners for 1,000 needs among 500 contacts, against reading the rows.

The floor reads the same tables into model instances and does nothing else: some 6,000
rows. What is measured adds the ranking of every need and its explanation in French:
some 25,000 suggestions, four for each row read, each with its sentences. Ranking and
telling are allowed twice the time of the reading, which comes on top: three in all. The
number of queries must be the same for one need and for a thousand.
"""

import random
import statistics
import sys
import time

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show

NEEDS = 1_000
PARTNERS = 250
CONTACTS = 500
BUDGET = 3.0
ROUNDS = 5


def main() -> int:
    with own_database():
        django.setup()
        grow()
        floor = statistics.median(_timed(read_rows) for _ in range(ROUNDS))
        whole = statistics.median(_timed(suggest_all) for _ in range(ROUNDS))
        queries, found = counted(suggest_all)
    rows = [
        Row("reading the rows", floor * 1000),
        Row(
            "suggesting for every need",
            whole * 1000,
            whole / floor,
            BUDGET,
            f"{found / NEEDS:.1f} partners a need, {queries} queries",
        ),
    ]
    title = f"{NEEDS:,} needs, {PARTNERS} partners, {CONTACTS} contacts"
    return 0 if show(title, rows) else 1


def grow() -> None:
    """Invented partners, two contacts each, and dossiers that name places."""
    from django.conf import settings
    from django.utils import timezone

    from accounts.models import Person
    from installation.models import InstallationRequest, Need
    from territory.models import Commune, Contact, Organisation, Topic

    chance = random.Random(47)
    topics = list(Topic.objects.all())
    here = Commune.objects.open().in_departement(settings.DEPARTEMENT)
    communes = list(here.values_list("pk", flat=True))
    groups = sorted({*here.values_list("intercommunality", flat=True)} - {None})
    partners = Organisation.objects.bulk_create(
        Organisation(
            name=f"Partenaire {number}",
            sort_key=f"partenaire {number:04}",
            kind=Organisation.Kind.OTHER,
            email=f"partenaire{number}@demo.example",
        )
        for number in range(PARTNERS)
    )
    for partner in partners:
        partner.topics.set(chance.sample(topics, 2))
        if partner.pk % 3 == 0:
            partner.intercommunalities.set(chance.sample(groups, 2))
        elif partner.pk % 3 == 1:
            partner.communes.set(chance.sample(communes, 12))
    Contact.objects.bulk_create(
        Contact(
            organisation=chance.choice(partners),
            name=f"Contact {number}",
            sort_key=f"contact {number:04}",
            email=f"contact{number}@demo.example",
        )
        for number in range(CONTACTS)
    )
    person = Person.objects.order_by("pk").first()
    now = timezone.now()
    requests = InstallationRequest.objects.bulk_create(
        InstallationRequest(
            state="submitted",
            kind="question",
            reference=f"BD47-1999-{number:04}",
            applicant=person,
            submitted_at=now,
            to_assign_since=now,
            next_action="Orienter",
            next_action_on=timezone.localdate(),
        )
        for number in range(NEEDS)
    )
    wished = InstallationRequest.communes.through
    wished.objects.bulk_create(
        wished(installationrequest=request, commune_id=commune)
        for request in requests
        for commune in chance.sample(communes, 3)
    )
    Need.objects.bulk_create(
        Need(
            request=request,
            topic=chance.choice(topics),
            source=Need.Source.DESK,
        )
        for request in requests
    )


def _needs():
    from installation.models import Need

    needs = Need.objects.filter(request__reference__startswith="BD47-1999-")
    return list(needs.select_related("topic", "request"))


def read_rows() -> int:
    """Every row that a suggestion depends on, and nothing more."""
    from installation.models import InstallationRequest
    from territory.models import Organisation

    needs = _needs()
    partners = Organisation.objects.active().prefetch_related(
        "topics", "contacts__topics", "contacts__absences"
    )
    list(partners)
    for through in (
        Organisation.communes.through,
        Organisation.intercommunalities.through,
        InstallationRequest.communes.through,
    ):
        list(through.objects.values_list())
    return len(needs)


def suggest_all() -> int:
    from django.utils import timezone

    from installation import directory
    from installation.suggestion import suggest

    day = timezone.localdate()
    needs = _needs()
    partners = directory.load(day)
    wished = directory.wished_by([need.request for need in needs])
    found = 0
    for need in needs:
        suggestions = suggest(need.topic, wished[need.request_id], partners, day)
        found += sum(1 for one in suggestions if one.explanation)
    return found


def counted(work) -> tuple[int, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        found = work()
    return len(queries), found


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
