import pytest
from django.core.files.storage import FileSystemStorage

from documents.models import Document


@pytest.fixture(autouse=True)
def _storage(tmp_path, monkeypatch):
    """Real files, in a folder of the test's own."""
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)
