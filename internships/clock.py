"""One clock for what expires: the database's, which every worker shares.

Two workers a minute apart decide alike. It is read once the rows are locked, so that
what waited for its turn is judged at the moment it has it.
"""

import datetime as dt

from django.db import connection


def now() -> dt.datetime:
    """The instant, and not the beginning of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
