"""A row kept from every other transaction while one decides on it."""

from operator import attrgetter
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row) -> Row:
    """The row as it is now, until this transaction ends; DoesNotExist if it went.

    What it points to is read afterwards, when asked for. Joined to a row that was
    waited for, it would be what the row pointed to before: Postgres reads again the
    row it locks, and nothing else.
    """
    rows = type(row)._default_manager.select_for_update(no_key=True)
    return rows.get(pk=row.pk)


def locked_both(one: Row, other: Row) -> tuple[Row, Row]:
    """Both, in the order of their keys: two who lock them the other way round wait."""
    held = {row.pk: locked(row) for row in sorted((one, other), key=attrgetter("pk"))}
    return held[one.pk], held[other.pk]
