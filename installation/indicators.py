"""The three figures the Département publishes, counted the same way everywhere.

They are those of Présence Médicale 64, so that Départements compare: an introduction
is no installation, and nobody is in two of the last two.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from installation.models import InstallationRequest, Settlement, State

Horizon = InstallationRequest.Horizon
# « Long terme »: not for the two years to come.
LONG_TERM = (Horizon.LATER,)


def settled(
    since: dt.date | None = None, before: dt.date | None = None
) -> QuerySet[Settlement]:
    """« Installations réalisées » (R-43), by first day of practice, `before` left out.

    Whoever has left since was installed all the same.
    """
    counted = Settlement.objects.counted()
    if since:
        counted = counted.filter(first_day_on__gte=since)
    if before:
        counted = counted.filter(first_day_on__lt=before)
    return counted


def supported() -> QuerySet[InstallationRequest]:
    """« Accompagnements en cours »: followed by somebody, for the short or medium term,
    and not here yet."""
    return _to_come().filter(_is_followed()).exclude(horizon__in=LONG_TERM)


def candidates() -> QuerySet[InstallationRequest]:
    """« Candidats »: for the long term, or not taken in charge yet."""
    return _to_come().filter(~_is_followed() | Q(horizon__in=LONG_TERM))


def still_here(years: int, day: dt.date) -> tuple[int, int]:
    """Of those who began at least so many years ago: how many stayed so long, of how
    many."""
    begun = [
        (settlement, _anniversary(settlement.first_day_on, years))
        for settlement in settled(before=day)
    ]
    old = [(settlement, term) for settlement, term in begun if term <= day]
    stayed = [
        settlement
        for settlement, term in old
        if settlement.left_on is None or settlement.left_on >= term
    ]
    return len(stayed), len(old)


@dataclass(frozen=True)
class Year:
    """The installations of one year."""

    year: int
    count: int


def by_year(day: dt.date, years: int = 6) -> list[Year]:
    """The last years, the current one included, the latest first."""
    return [
        Year(
            year,
            settled(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)).count(),
        )
        for year in range(day.year, day.year - years, -1)
    ]


def _to_come() -> QuerySet[InstallationRequest]:
    """Those who want to practise here; one dossier declared and validated is a fact."""
    open_ = InstallationRequest.objects.open().filter(
        kind=InstallationRequest.Kind.INSTALLATION
    )
    return open_.exclude(settlement__in=Settlement.objects.exclude(state="declared"))


def _is_followed() -> Q:
    return Q(state__in=[State.IN_SUPPORT, State.PAUSED])


def _anniversary(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)
