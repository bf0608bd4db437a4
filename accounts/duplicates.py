"""People who may be one: the same number, the same address, nearly the same name."""

from dataclasses import dataclass, field

from django.db import connection

from accounts.actions import may_be_same
from accounts.models import DistinctPair, Person

# The latest files are compared with all others: older ones had their turn.
LATEST = 500
SHOWN = 50
# How near two names are, from 0 to 1: « Garrigue » and « Garigue », not a cousin.
NEAR = 0.6

# One index search for each of the latest files, whatever the number of the others.
_PAIRS = """
    WITH latest AS (
        SELECT id, phone, email, search_key FROM accounts_person
        WHERE closed_at IS NULL ORDER BY id DESC LIMIT %(latest)s
    )
    SELECT LEAST(one.id, other.id), GREATEST(one.id, other.id), 'phone'
    FROM latest one JOIN accounts_person other
      ON one.phone <> '' AND other.phone = one.phone
    WHERE other.closed_at IS NULL AND other.id <> one.id
    UNION
    SELECT LEAST(one.id, other.id), GREATEST(one.id, other.id), 'email'
    FROM latest one JOIN accounts_person other
      ON one.email <> '' AND lower(other.email) = one.email
    WHERE other.closed_at IS NULL AND other.id <> one.id
    UNION
    SELECT LEAST(one.id, other.id), GREATEST(one.id, other.id), 'name'
    FROM latest one JOIN accounts_person other
      ON one.search_key <> '' AND other.search_key %% one.search_key
    WHERE other.closed_at IS NULL AND other.id <> one.id
      AND similarity(other.search_key, one.search_key) >= %(near)s
    ORDER BY 2 DESC, 1 DESC
"""
REASONS = {
    "phone": "même téléphone",
    "email": "même courriel",
    "name": "noms presque identiques",
}


@dataclass
class Pair:
    """Two files, the older one first, and what makes them look alike."""

    first: Person
    second: Person
    reasons: list[str] = field(default_factory=list)


def likely() -> list[Pair]:
    """The pairs to look at, the latest first, but those the desk has told apart; two
    of a couple share a number only."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"latest": LATEST, "near": NEAR})
        found = cursor.fetchall()
    reasons: dict[tuple[int, int], list[str]] = {}
    told_apart = DistinctPair.objects.of(Person).ids()
    for first, second, reason in found:
        if (first, second) in told_apart:
            continue
        reasons.setdefault((first, second), []).append(reason)
    people = Person.objects.in_bulk({pk for pair in reasons for pk in pair})
    pairs = []
    for (first, second), codes in reasons.items():
        one, other = people[first], people[second]
        if "name" in codes or may_be_same(one, other):
            pairs.append(Pair(one, other, [REASONS[code] for code in sorted(codes)]))
    return pairs[:SHOWN]
