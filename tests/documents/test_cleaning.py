import os
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from documents import cleaning, consistency, tasks
from tests.documents.factories import DocumentFactory


def leave_behind(storage, path="documents/2026/01/orphan", age=timedelta(hours=7)):
    storage.save(path, ContentFile(b"left by a transaction that was undone"))
    then = (timezone.now() - age).timestamp()
    os.utime(storage.path(path), (then, then))
    return path


def test_the_sweep_removes_old_files_without_a_row(storage, stored):
    kept = DocumentFactory()
    then = (timezone.now() - timedelta(days=9)).timestamp()
    os.utime(kept.file.path, (then, then))
    leave_behind(storage)
    recent = leave_behind(storage, "documents/2026/01/recent", timedelta(hours=1))

    tasks.sweep_orphan_files()
    tasks.sweep_orphan_files()

    assert stored() == sorted([storage.path(kept.file.name), storage.path(recent)])


def test_an_empty_storage_has_no_orphans():
    assert cleaning.orphans() == []


def test_the_checks_find_nothing_when_all_is_well():
    DocumentFactory()
    DocumentFactory(held=True)
    DocumentFactory().discard()

    assert list(consistency.checks()) == []


def test_the_checks_name_what_is_wrong(storage):
    missing, altered = DocumentFactory.create_batch(2)
    storage.delete(missing.file.name)
    with open(altered.file.path, "ab") as file:
        file.write(b"!")
    leave_behind(storage)

    assert list(consistency.checks()) == [
        f"Document {missing.pk} : son fichier est introuvable.",
        f"Document {altered.pk} : son contenu ne correspond plus à son empreinte.",
        "1 fichier sans document dans le stockage.",
    ]
