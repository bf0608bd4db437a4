"""One import from the file to the history: the transaction and what is remembered."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from territory.models import ImportRun

from .gates import Refused, Report

Loader = Callable[..., Report]
State = ImportRun.State


class _Rehearsed(Exception):
    """Undoes what a rehearsal wrote."""


def run(load: Loader, path: Path, *, name="", by="", forced=False) -> ImportRun:
    """Load the file whole or not at all, and keep what happened.

    A refusal leaves yesterday's data as they were; it is written in the history and
    raised again for whoever asked.
    """
    name = (name or path.name)[-200:]
    sha256 = checksum(path)
    try:
        with transaction.atomic():
            report = load(path, forced=forced)
            return _kept(report, name, sha256, by)
    except Refused as refusal:
        ImportRun.objects.create(
            state=State.REFUSED,
            file_name=name,
            sha256=sha256,
            messages=[str(refusal)],
            by=by,
            finished_at=timezone.now(),
        )
        raise


def rehearse(load: Loader, path: Path, *, forced=False) -> Report:
    """What loading the file would do, without doing it."""
    try:
        with transaction.atomic():
            report = load(path, forced=forced)
            raise _Rehearsed
    except _Rehearsed:
        return report


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(report: Report, name: str, sha256: str, by: str) -> ImportRun:
    return ImportRun.objects.create(
        source=report.source,
        state=State.DONE if report.changed else State.UNCHANGED,
        file_name=name,
        sha256=sha256,
        data_date=report.data_date,
        rows=report.rows,
        kept=report.kept,
        created=report.created,
        updated=report.updated,
        messages=report.messages,
        by=by,
        finished_at=timezone.now(),
    )
