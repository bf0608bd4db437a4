"""The list of offers at 10,000 offers against a bare Django page (within 2×).

Served by gunicorn like the other pages: the list as it opens, its tenth page, one
territory, one kind, and searches by words, with an accent less and with a slip. A
process keeps what it has drawn until an offer changes; the last row is what it keeps
nothing of.
"""

import datetime as dt
import statistics
import sys
from collections.abc import Iterator
from urllib.parse import urlencode

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show
from benchmarks.pages import BUDGET, ask, measure, served

COUNT = 10_000
# Seven pages: fewer turns each than the home page alone.
ROUNDS = 80
LIST = "/installation/offres/"
# Words enough that a search sorts the offers as real ones would be sorted.
WORDS = [
    "cabinet",
    "maison",
    "patientèle",
    "secrétariat",
    "parking",
    "jardin",
    "rivière",
    "école",
    "gare",
    "marché",
    "équipe",
    "infirmière",
    "kinésithérapeute",
    "échographie",
    "visites",
    "garde",
    "salaire",
    "loyer",
    "lumineux",
    "bureau",
    "calme",
    "village",
    "bourg",
    "vignoble",
    "verger",
    "collège",
    "piscine",
    "coordination",
]


def main() -> int:
    with own_database():
        django.setup()
        grow()
        pages = addresses()
        with served("benchmarks._bare") as bare, served("portal.wsgi") as portal:
            targets = {"bare Django page": (bare, "/")}
            targets |= {name: (portal, path) for name, path in pages.items()}
            measured = measure(targets, ROUNDS)
            drawn = [ask(portal, path)[:2] for path in never_asked()]
    floor = statistics.median(measured["bare Django page"][0])
    rows = [
        Row(
            label=name,
            milliseconds=statistics.median(seconds) * 1000,
            ratio=statistics.median(seconds) / floor,
            budget=BUDGET if name != "bare Django page" else None,
            detail=f"{length / 1000:.1f} kB",
        )
        for name, (seconds, length) in measured.items()
    ]
    # What the first of every half minute waits: told, and held to nothing.
    once = statistics.median(seconds for seconds, _length in drawn)
    rows.append(Row("a list nobody has asked for", once * 1000, once / floor))
    title = f"List of {COUNT:,} offers under gunicorn, {ROUNDS} requests each"
    return 0 if show(title, rows) else 1


def addresses() -> dict[str, str]:
    from django.conf import settings

    from territory.models import Intercommunality

    place = Intercommunality.objects.in_departement(settings.DEPARTEMENT).first()
    queries = {
        "the list as it opens": {},
        "its tenth page": {"page": 10},
        "one territory": {"territoire": place.code},
        "one kind": {"nature": "locum"},
        "one word, without its accent": {"q": "echographie"},
        "two words": {"q": "jardin riviere"},
        "a slip of the hand": {"q": "kinésithérpaeute"},
    }
    return {
        name: f"{LIST}?{urlencode(query)}" if query else LIST
        for name, query in queries.items()
    }


def never_asked() -> Iterator[str]:
    """The whole list as of other days, so that no process has kept it."""
    for days in range(ROUNDS):
        day = dt.date(2030, 1, 1) + dt.timedelta(days=days)
        yield f"{LIST}?avant={day}"


def grow() -> None:
    """Invented offers, a few words each, spread over communes, kinds and days."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from installation.models import PracticeOffer
    from territory.models import Commune
    from territory.sorting import search_key

    communes = list(
        Commune.objects.open()
        .in_departement(settings.DEPARTEMENT)
        .select_related("intercommunality")
        .defer("contour", "intercommunality__contour")
    )
    kinds, now = PracticeOffer.Kind.values, timezone.now()
    offers = []
    for number in range(COUNT):
        commune = communes[number % len(communes)]
        words = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 9)]
        offer = PracticeOffer(
            state="published",
            kind=kinds[number % len(kinds)],
            title=f"Offre {number}, {words[0]} et {words[1]}",
            summary=f"Un {words[2]} avec {words[3]}, {words[4]}.",
            body=" ".join(words) * 3,
            profession="doctor",
            mode="liberal",
            commune=commune,
            intercommunality=commune.intercommunality,
            contact_name="Bench",
            contact_email="bench@demo.example",
            submitted_at=now,
            published_at=now - dt.timedelta(minutes=number),
            confirmed_at=now,
            expires_on=timezone.localdate() + dt.timedelta(days=60),
        )
        # As save() does: bulk_create passes it by.
        offer.search_title = search_key(offer.title)
        offer.search_text = search_key(f"{offer.title} {offer.public_words}")
        offers.append(offer)
    PracticeOffer.objects.bulk_create(offers, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE installation_practiceoffer")


if __name__ == "__main__":
    sys.exit(main())
