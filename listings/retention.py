"""How long searches and listings are kept."""

from datetime import date, timedelta

from django.db import models

from accounts.models import Person
from accounts.retention import Rule, years_before
from listings.lists import lists
from listings.models import SavedSearch

State = SavedSearch.State


def unconfirmed_searches(day: date) -> models.QuerySet:
    limit = day - timedelta(days=7)
    pending = SavedSearch.objects.filter(state=State.PENDING)
    return pending.filter(created_at__date__lte=limit)


def stopped_searches(day: date) -> models.QuerySet:
    """Kept a while as the proof that it was asked and stopped."""
    stopped = SavedSearch.objects.filter(state=State.STOPPED)
    return stopped.filter(stopped_at__date__lte=years_before(day, 1))


RULES = [
    Rule(
        key="listings.unconfirmed-search",
        label="Alertes jamais confirmées, une semaine après leur demande",
        queryset=unconfirmed_searches,
        purge=lambda search: search.delete(),
        needs_archives_visa=False,
    ),
    Rule(
        key="listings.stopped-search",
        label="Alertes arrêtées, un an après leur arrêt",
        queryset=stopped_searches,
        purge=lambda search: search.delete(),
        needs_archives_visa=False,
    ),
]


def export(person: Person) -> list[dict]:
    """What a person looks for, and what they offer, in the words of the pages."""
    searches = [
        {
            "recherche": search.criteria,
            "état": search.get_state_display(),
            "rythme": search.get_frequency_display(),
            "texte accepté": search.wording,
            "enregistrée le": search.created_at,
        }
        for search in SavedSearch.objects.of(person)
    ]
    offers = [
        {
            "annonce": listing.title,
            "état": listing.get_state_display(),
            "texte": f"{listing.summary}\n{listing.body}".strip(),
            "publiée le": listing.published_at,
        }
        for declared in lists().values()
        for listing in declared.model.objects.filter(owner=person).order_by("pk")
    ]
    return searches + offers
