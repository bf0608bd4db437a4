import pytest
from django.core.exceptions import ValidationError

from casework.models import Entry
from documents import actions
from tests.documents.factories import DocumentFactory


def test_discard_deletes_the_bytes_and_leaves_a_trace(
    stored, django_capture_on_commit_callbacks
):
    document = DocumentFactory(name="certificat médical.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        discarded = actions.discard(document)

    assert stored() == []
    assert discarded.discarded_at is not None
    assert [entry.verb for entry in Entry.objects.about(document)] == [
        "documents.document.discarded"
    ]


def test_discard_keeps_the_bytes_when_the_transaction_is_undone(stored):
    actions.discard(DocumentFactory())  # never committed

    assert len(stored()) == 1


def test_discard_is_refused_twice():
    document = DocumentFactory()
    actions.discard(document)

    with pytest.raises(ValidationError, match="déjà supprimé"):
        actions.discard(document)
