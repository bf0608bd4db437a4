"""One import from the file to the history: the transaction and what is remembered.

`run` loads at once; at the desk, `prepare` keeps the file and says what it would
change, then `confirm` loads it or `discard` forgets it.
"""

import contextlib
import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DataError, connection, transaction
from django.utils import timezone

from territory.models import ImportRun

from . import finess, zonings
from .gates import Refused, Report

Loader = Callable[..., Report]
State = ImportRun.State
LOADERS: dict[str, Loader] = {
    ImportRun.Source.ATLASANTE: zonings.load,
    ImportRun.Source.FRR: zonings.load,
    ImportRun.Source.FINESS: finess.load,
}
# Two imports at once would each close the version the other has just opened.
ONE_AT_A_TIME = 474_801
# What nobody confirmed is forgotten then.
PATIENCE = dt.timedelta(days=1)


class _Rehearsed(Exception):
    """Undoes what a rehearsal wrote."""


def run(load: Loader, path: Path, *, name="", by="", forced=False) -> ImportRun:
    """Load the file whole or not at all, and keep what happened.

    A refusal leaves yesterday's data as they were; it is written in the history and
    raised again for whoever asked.
    """
    kept = _about(path, name, by, forced)
    try:
        with transaction.atomic():
            _load(load, path, kept)
    except Refused as refusal:
        _write_refusal(kept, refusal)
        raise
    return kept


def rehearse(load: Loader, path: Path, *, forced=False) -> Report:
    """What loading the file would do, without doing it."""
    try:
        with transaction.atomic():
            _alone()
            report = _read(load, path, forced)
            raise _Rehearsed
    except _Rehearsed:
        return report


def prepare(load: Loader, uploaded: File, *, by="", forced=False) -> ImportRun:
    """Read an uploaded file and keep it until somebody confirms."""
    _forget_old_ones()
    with _on_disk(uploaded, uploaded.name) as path:
        prepared = _about(path, uploaded.name, by, forced)
        try:
            report = rehearse(load, path, forced=forced)
        except Refused as refusal:
            _write_refusal(prepared, refusal)
            raise
    prepared.tell(report)
    prepared.state = State.AWAITING
    prepared.finished_at = timezone.now()
    uploaded.seek(0)
    prepared.file.save(f"{prepared.sha256[:16]}", uploaded)
    return prepared


def confirm(prepared: ImportRun, *, by="") -> ImportRun:
    """Load what was prepared; refused, it stays in the history with the reason."""
    try:
        with transaction.atomic():
            locked = _awaiting(prepared)
            locked.by, name = by or locked.by, locked.file_name
            with locked.file.open("rb") as kept, _on_disk(kept, name) as path:
                _forget_file(locked)
                _load(LOADERS[locked.source], path, locked)
    except Refused as refusal:
        prepared.refresh_from_db()
        _forget_file(prepared)
        _write_refusal(prepared, refusal)
        raise
    return locked


@transaction.atomic
def discard(prepared: ImportRun) -> None:
    locked = _awaiting(prepared)
    _forget_file(locked)
    locked.delete()


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _about(path: Path, name: str, by: str, forced: bool) -> ImportRun:
    return ImportRun(
        file_name=(name or path.name)[-200:],
        sha256=checksum(path),
        is_forced=forced,
        by=by,
    )


def _load(load: Loader, path: Path, kept: ImportRun) -> None:
    _alone()
    report = _read(load, path, kept.is_forced)
    kept.tell(report)
    kept.state = State.DONE if report.changed else State.UNCHANGED
    kept.finished_at = timezone.now()
    kept.save()


def _read(load: Loader, path: Path, forced: bool) -> Report:
    """Load; what the database itself cannot hold is refused like the rest."""
    try:
        return load(path, forced=forced)
    except (DataError, UnicodeEncodeError) as error:
        raise Refused(
            "un texte y est trop long, ou contient des signes illisibles : le fichier "
            "est sans doute abîmé."
        ) from error


def _write_refusal(kept: ImportRun, refusal: Refused) -> None:
    kept.state = State.REFUSED
    kept.messages = [str(refusal)]
    kept.finished_at = timezone.now()
    kept.save()


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _awaiting(prepared: ImportRun) -> ImportRun:
    locked = (
        ImportRun.objects.select_for_update(no_key=True)
        .filter(pk=prepared.pk, state=State.AWAITING)
        .first()
    )
    if locked is None:
        raise ValidationError("Ce fichier a déjà été chargé ou abandonné.")
    return locked


def _forget_file(kept: ImportRun) -> None:
    """The row forgets its file now, the storage once that is certain."""
    storage, name = kept.file.storage, kept.file.name
    kept.file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _forget_old_ones() -> None:
    old = ImportRun.objects.filter(
        state=State.AWAITING, finished_at__lt=timezone.now() - PATIENCE
    )
    for prepared in old:
        with contextlib.suppress(ValidationError):
            discard(prepared)


@contextlib.contextmanager
def _on_disk(file: File, name: str) -> Iterator[Path]:
    """A path of our own, wherever the file is kept; its name may hold its date."""
    with tempfile.TemporaryDirectory() as folder:
        # A file system counts in octets; the date is near the end.
        short = Path(name).name.encode()[-200:].decode(errors="ignore")
        path = Path(folder) / short
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        yield path
