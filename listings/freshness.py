"""Whether what was drawn of some listings still stands.

A stamp that every process reads changes with each listing that is saved, so that
nobody who publishes or withdraws one waits to see it.
"""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction


def stamp(model) -> str:
    """Another one whenever a listing changed; always another without the cache."""
    return cache.get_or_set(_key(model), _another, timeout=None)


def changed(model) -> None:
    """Once it is committed: who draws before then draws what was."""
    transaction.on_commit(lambda: cache.set(_key(model), _another(), timeout=None))


def _key(model) -> str:
    return f"listings.stamp:{model._meta.label_lower}"


def _another() -> str:
    return uuid4().hex
