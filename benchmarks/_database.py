"""A database of the benchmarks' own, so that measuring touches nobody's data."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from portal import embedded

ROOT = Path(__file__).resolve().parent.parent
NAME = "benchmarks"


@contextlib.contextmanager
def own_database(*, with_story: bool = True) -> Iterator[None]:
    """Create it beside the one of DATABASE_URL with the demonstration; drop it after.

    It takes the place of DATABASE_URL meanwhile: for the processes started, and for
    this one when Django is set up inside.
    """
    was_given = "DATABASE_URL" in os.environ
    given = os.environ["DATABASE_URL"] if was_given else embedded.urls().database
    with psycopg.connect(given, autocommit=True) as server:
        name = sql.Identifier(NAME)
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        os.environ["DATABASE_URL"] = urlunsplit(
            urlsplit(given)._replace(path=f"/{NAME}")
        )
        try:
            manage("collectstatic", "--noinput", "--verbosity=0")
            manage("migrate", "--verbosity=0")
            manage("load_territory", os.environ.get("DEPARTEMENT", "47"))
            if with_story:
                manage("demo_data")
            yield
        finally:
            del os.environ["DATABASE_URL"]
            if was_given:
                os.environ["DATABASE_URL"] = given
            server.execute(drop)


def manage(*command: str) -> None:
    subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
