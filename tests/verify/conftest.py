"""`make verify DATA=folder`: the official files against their published figures."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command

DATA = os.environ.get("VERIFY_DATA", "")

if not DATA:  # the files are not ours to keep: `make test` does without them
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def official() -> Path:
    folder = Path(DATA)
    if not any(folder.glob("*.csv")):
        pytest.exit(
            f"DATA={folder} holds no official file: give the folder of the territory's"
            " files, `make verify DATA=folder`.",
            returncode=2,
        )
    return folder


@pytest.fixture(scope="module")
def loaded(official, django_db_setup, django_db_blocker):
    """Both reference Départements, loaded once and undone at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        for code in ("47", "48"):
            call_command("load_territory", code, data=official, offline=True)
        yield official
        transaction.set_rollback(True)
