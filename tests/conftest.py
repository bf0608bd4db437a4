"""What every test may use: the database, and the territory it stands on."""

import gc
from pathlib import Path

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management.commands import flush
from django.db import connection

from casework.models import Entry
from documents import cleaning, self_signed

TESTS = Path(__file__).parent


def pytest_configure():
    """Collect no garbage while modules load: nearly all that is made then stays."""
    gc.disable()


def pytest_collection_modifyitems(items):
    """Two workers share the long tests first; the short ones even out the end.

    Each begins with its half of the list, and takes from the end of the other's.
    """
    live = [item for item in items if item.path.is_relative_to(TESTS / "live")]
    browser = [item for item in items if item.path.is_relative_to(TESTS / "browser")]
    long = {*live, *browser}
    short = [item for item in items if item not in long]
    first = browser[::2]
    middle = max(len(items) // 2 - len(first), 0)
    items[:] = [*first, *short[:middle], *live, *browser[1::2], *short[middle:]]


@pytest.fixture(scope="session", autouse=True)
def _collect_garbage(django_db_setup):
    """Collect it from now on, but never again walk through all that was loaded."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _quick_flush(django_db_setup, django_db_blocker):
    """Give back the first state of the database after a test that commits.

    Its few rows are deleted: to truncate a hundred tables takes ten times longer.
    The journal refuses to forget a row, and is truncated. What the migrations
    wrote comes back from copies made here: to have it written again by
    `post_migrate` takes four times longer than all the rest.
    """
    journal = Entry._meta.db_table
    with django_db_blocker.unblock():
        copies = _copy_what_migrations_wrote()

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        empty = [
            f'TRUNCATE "{table}"' if table == journal else f'DELETE FROM "{table}"'
            for table in tables
        ]
        return ["; ".join([_unfrozen(), *empty, *copies])]

    with pytest.MonkeyPatch.context() as patch:
        # On the class: a browser's event loop gets a connection of its own.
        patch.setattr(type(connection.ops), "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        yield


def _unfrozen() -> str:
    """Rows that the database protects are deleted too, in this transaction."""
    names = ",".join(
        trigger.get_pgid(model) for model, trigger in pgtrigger.registered()
    )
    return f"SET LOCAL pgtrigger.ignore = '{{{names}}}'"


def _copy_what_migrations_wrote() -> list[str]:
    """Copy each table that is not empty; the statements that fill it again."""
    statements = []
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS first_state CASCADE")
        cursor.execute("CREATE SCHEMA first_state")
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            if cursor.fetchone()[0]:
                copy = f'first_state."{table}"'
                cursor.execute(f'CREATE TABLE {copy} AS TABLE "{table}"')
                statements.append(f'INSERT INTO "{table}" SELECT * FROM {copy}')
    return statements


@pytest.fixture(scope="session", autouse=True)
def _seal_key():
    """What is signed is sealed, in the tests as anywhere."""
    self_signed.ensure(
        Path(settings.SEAL_PKCS12), password=settings.SEAL_PASSWORD, name="Tests"
    )


@pytest.fixture(autouse=True)
def _database(db):
    """Nearly every test needs the database; say it once."""


@pytest.fixture(autouse=True)
def _empty_caches():
    """What one test cached must not answer another."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def _empty_storage():
    """What one test filed is no orphan of another: their process shares its memory."""
    yield
    for path in list(cleaning.stored_paths(default_storage)):
        default_storage.delete(path)
