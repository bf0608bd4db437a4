import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from documents import week
from tests.accounts.factories import UserFactory
from tests.documents.factories import DocumentFactory

LIST = reverse("admin:documents_document_changelist")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def desk(client):
    user = UserFactory(is_staff=True, groups=["accueil"])
    client.force_login(user)
    return user


def discard(client, document, **confirmation):
    data = {"action": "discard", ACTION_CHECKBOX_NAME: [document.pk], **confirmation}
    return client.post(LIST, data, follow=True)


def test_discarding_asks_first(client, desk):
    document = DocumentFactory(name="certificat.pdf")

    response = discard(client, document)

    document.refresh_from_db()
    assert "certificat.pdf" in response.content.decode()
    assert document.discarded_at is None


def test_discarding_is_done_once_confirmed(client, desk):
    document = DocumentFactory()

    discard(client, document, confirmed="1")
    response = discard(client, document, confirmed="1")

    document.refresh_from_db()
    assert document.discarded_at is not None
    assert "déjà supprimés" in response.content.decode()


def test_the_back_office_shows_a_document_and_changes_nothing(client, desk):
    document = DocumentFactory(quarantined=True)
    url = reverse("admin:documents_document_change", args=[document.pk])

    assert "Eicar-Test-Signature" in client.get(url).content.decode()
    assert client.post(url, {"name": "other"}).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same(client, desk, count, django_assert_max_num_queries):
    DocumentFactory.create_batch(count)

    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_the_week_names_what_is_in_quarantine(desk):
    DocumentFactory()
    blocked = DocumentFactory(quarantined=True, name="facture.docx")

    [line] = week.lines(desk, timezone.localdate())

    assert (line.due_on, line.detail, line.state) == (
        timezone.localdate(blocked.created_at),
        "facture.docx : Eicar-Test-Signature",
        "blocked",
    )


def test_the_week_of_others_is_not_ours():
    DocumentFactory(quarantined=True)

    assert list(week.lines(UserFactory(), timezone.localdate())) == []
