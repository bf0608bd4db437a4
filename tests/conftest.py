"""What every test may use: the database, and the territory it stands on."""

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _database(db):
    """Nearly every test needs the database; say it once."""


@pytest.fixture(autouse=True)
def _empty_caches():
    """What one test cached must not answer another."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
