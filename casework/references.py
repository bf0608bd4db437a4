"""References without gaps: BD47-2026-0001, BD47-2026-0002…"""

from datetime import date

from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from casework.models import Counter

# Each journey has a series of its own, told by its first letters.
PREFIXES = {
    "installation": "BD",
    "internships": "ST",
    "housing": "LG",
    "bursaries": "BE",
    "agreements": "CV",
    "aids": "AI",
}


def next_reference(journey: str, on: date) -> str:
    """The next number of the journey's year.

    The counter stays locked until the caller's transaction ends: a rollback gives
    the number back, and the next one waits to know.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A reference is drawn in a transaction.")
    series = f"{PREFIXES[journey]}{settings.DEPARTEMENT}-{on.year}"
    Counter.objects.get_or_create(series=series)
    counter = Counter.objects.select_for_update(no_key=True).get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{series}-{counter.last:04}"
