"""A day in words, where no template is at hand."""

from datetime import date

from django.utils.formats import date_format


def said(day: date) -> str:
    """« 1er décembre 2026 », with spaces that do not break."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{date_format(day, 'F Y')}"
