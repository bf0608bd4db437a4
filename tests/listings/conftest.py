import pytest

from tests.territory.factories import CommuneFactory, DeskFactory


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()
    CommuneFactory(nerac=True)
