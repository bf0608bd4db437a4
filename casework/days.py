"""A day in words, where no template is at hand; the spaces in it do not break."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def said(day: date | datetime | None) -> str:
    """« 1er décembre 2026 »."""
    return _said(day, "F Y")


def short(day: date | datetime | None) -> str:
    """« 1er déc. 2026 », beside other dates."""
    return _said(day, "N Y")


def _said(day: date | datetime | None, month_and_year: str) -> str:
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{date_format(day, month_and_year)}"
