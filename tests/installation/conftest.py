import pytest
from django.core.files.storage import FileSystemStorage

from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.installation.factories import RequestFactory
from tests.territory.factories import CommuneFactory, DeskFactory


@pytest.fixture(autouse=True)
def _storage(tmp_path, monkeypatch):
    """Real files, in a folder of the test's own."""
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)


@pytest.fixture(autouse=True)
def _desk(_database):
    """The desk of Lot-et-Garonne, and Nérac to settle in."""
    DeskFactory()
    CommuneFactory(nerac=True)


@pytest.fixture
def owner(client):
    """Somebody with an account, signed in."""
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def dossier():
    return RequestFactory(in_support=True)


@pytest.fixture
def applicant(client, dossier):
    """Whoever asked, signed in."""
    user = UserFactory(person=dossier.applicant, email=dossier.email)
    client.force_login(user)
    return user
