import datetime as dt

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage

from documents import rendering
from documents.models import Document
from tests.bursaries.binding import drafted, make_binding, sent, sign_all
from tests.bursaries.factories import SchemeVersionFactory
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.territory.factories import (
    CommuneFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)

START = dt.date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _storage(tmp_path, monkeypatch):
    """Real files, in a folder of the test's own."""
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)


@pytest.fixture
def claire():
    return desk_user()


@pytest.fixture
def version():
    return SchemeVersionFactory(published=dt.date(2026, 1, 1))


@pytest.fixture
def zip_commune():
    commune = CommuneFactory(nerac=True)
    zoning = ZoningFactory(region_code=commune.departement.region_code)
    ZoneAssignmentFactory(zoning=zoning, commune=commune, category_code="ZIP")
    return commune


@pytest.fixture
def agreement(
    version, claire, zip_commune, monkeypatch, django_capture_on_commit_callbacks
):
    """Signed and binding since the day it was voted."""
    monkeypatch.setattr(rendering, "pdf", lambda *args: samples.pdf())
    with time_machine.travel(f"{START} 10:00"):
        deed = drafted(version, claire)
        with django_capture_on_commit_callbacks(execute=True):
            sent(deed, claire)
        return make_binding(sign_all(deed), claire)
