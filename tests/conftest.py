"""What every test may use: the database, and the territory it stands on."""

import pytest
from django.core.cache import caches
from django.db import connection

from casework.models import Entry
from territory.models import Topic


@pytest.fixture(scope="session", autouse=True)
def _quick_flush(django_db_setup):
    """Empty the tables by deleting their few rows: to truncate a hundred tables
    takes ten times longer. The journal refuses to forget a row, and is truncated."""

    def sql_flush(style, tables, *, reset_sequences=False, allow_cascade=False):
        journal = Entry._meta.db_table
        truncated = [journal] if journal in tables else []
        quote = connection.ops.quote_name
        return [f"TRUNCATE {quote(table)};" for table in truncated] + [
            f"DELETE FROM {quote(table)};" for table in tables if table != journal
        ]

    connection.ops.sql_flush = sql_flush


@pytest.fixture(scope="session")
def _topics(django_db_setup, django_db_blocker):
    """What the migrations wrote, read before any test could empty it."""
    with django_db_blocker.unblock():
        return list(Topic.objects.all())


@pytest.fixture(autouse=True)
def _database(db, _topics):
    """Nearly every test needs the database; say it once.

    A test that commits (a live server, threads) ends by emptying every table,
    those that migrations filled included: they are given back here.
    """
    Topic.objects.bulk_create(_topics, ignore_conflicts=True)


@pytest.fixture(autouse=True)
def _empty_caches():
    """What one test cached must not answer another."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
