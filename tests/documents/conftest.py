import pytest
from django.core.files.storage import FileSystemStorage

from documents.models import Document


@pytest.fixture(autouse=True)
def storage(tmp_path, monkeypatch):
    """Real files, in a folder of the test's own."""
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)
    return folder


@pytest.fixture
def stored(storage):
    """Every path the storage holds, as a list that is read when called."""

    def paths():
        root = storage.base_location
        return sorted(str(path) for path in root.rglob("*") if path.is_file())

    return paths
