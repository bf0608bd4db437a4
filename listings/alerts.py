"""Alerts: what was published since the last time, told once to whoever looks for it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import consents
from accounts.models import Consent
from listings import letters
from listings.lists import lists
from listings.models import SavedSearch

MONDAY = 0
# An alert longer than a screen is not read: it ends with the way to the list.
MOST_TOLD = 20


def run(day: dt.date) -> int:
    """Tell every search of the day; how many messages were owed."""
    due = SavedSearch.objects.active()
    if day.weekday() != MONDAY:
        due = due.filter(frequency=SavedSearch.Frequency.DAILY)
    return sum(
        tell(pk, day) for pk in list(due.order_by("pk").values_list("pk", flat=True))
    )


@transaction.atomic
def tell(search_id: int, day: dt.date) -> bool:
    """Owe one alert unless nothing is new; whoever else runs passes by."""
    rows = SavedSearch.objects.active()
    search = (
        rows.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=search_id)
        .first()
    )
    declared = search and lists().get(search.list_key)
    if not declared or not _may_be_told(search):
        return False
    now = timezone.now()
    form = declared.form(search.criteria)
    news = declared.published().filter(
        published_at__gt=search.seen_until, published_at__lte=now
    )
    found = list(declared.with_faces(form.narrow(news, day))[:MOST_TOLD])
    search.seen_until = now
    search.save(update_fields=["seen_until"])
    if found:
        letters.alert(declared, search, day, found)
    return bool(found)


def _may_be_told(search: SavedSearch) -> bool:
    """An account that withdrew its consent elsewhere is not written to."""
    if search.person is None:
        return True
    return bool(search.person.email) and consents.active(
        search.person, Consent.Purpose.ALERTS
    )
