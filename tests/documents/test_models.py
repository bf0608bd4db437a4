import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import DISCARDED_NAME, Document
from tests.documents.factories import DocumentFactory


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("documents_file_until_discarded", {"file": ""}),
        ("documents_file_until_discarded", {"discarded_at": timezone.now()}),
        (
            "documents_file_until_discarded",
            {"discarded_at": timezone.now(), "file": "", "name": "secret.pdf"},
        ),
        ("documents_sha256_is_one", {"sha256": "F" * 64}),
        ("documents_threat_only_in_quarantine", {"threat": "Eicar"}),
    ],
)
def test_the_database_refuses(constraint, change):
    document = DocumentFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_two_rows_never_share_a_file():
    document, other = DocumentFactory.create_batch(2)

    with (
        pytest.raises(IntegrityError, match="documents_one_row_a_file"),
        transaction.atomic(),
    ):
        Document.objects.filter(pk=other.pk).update(file=document.file.name)


def test_each_queryset_keeps_to_its_state():
    clean = DocumentFactory()
    held = DocumentFactory(held=True)
    bad = DocumentFactory(quarantined=True)
    gone = DocumentFactory()
    gone.discard()

    assert list(Document.objects.servable()) == [clean]
    assert list(Document.objects.held()) == [held]
    assert list(Document.objects.quarantined()) == [bad]
    assert set(Document.objects.kept()) == {clean, held, bad}


@pytest.mark.parametrize(
    ("traits", "sentence"),
    [
        ({}, ""),
        ({"held": True}, "Ce document est en cours de vérification."),
        (
            {"quarantined": True},
            "Ce document est bloqué : l'antivirus y a trouvé une menace.",
        ),
    ],
)
def test_a_document_says_why_it_cannot_be_read(traits, sentence):
    document = DocumentFactory(**traits)

    assert document.state_sentence == sentence
    assert document.is_servable is not bool(sentence)


def test_a_discarded_document_forgets_its_name():
    document = DocumentFactory(name="certificat médical Martin.pdf")

    document.discard()

    assert (str(document), document.file.name) == (DISCARDED_NAME, "")
    assert document.state_sentence == "Ce document a été supprimé."
    with pytest.raises(ValidationError, match="déjà supprimé"):
        document.discard()
