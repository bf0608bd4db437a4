"""The invented structures and zones of the demonstration."""

from datetime import date
from types import SimpleNamespace

from django.core.management import call_command

from installation.models import StructureProject
from portal.stories import structures
from territory.models import Departement, HealthStructure, Zoning
from tests.territory.conftest import SPECIMENS


def test_the_story_is_told_once_and_says_it_is_invented(settings):
    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    call_command("load_territory", "47", offline=True, verbosity=0)
    world = SimpleNamespace(
        departement=Departement.objects.get(code="47"), day=date(2026, 11, 23)
    )

    structures.tell(world)
    structures.tell(world)

    houses = StructureProject.objects.open().filter(kind="health_house")
    assert houses.filter(is_public=True).count() == 24
    assert houses.filter(is_public=False).count() == 3
    assert StructureProject.objects.filter(kind="health_centre").count() == 7
    under_way = StructureProject.objects.under_way().filter(kind="health_house")
    assert under_way.count() == 2
    assert Zoning.objects.count() == 7
    assert not Zoning.objects.exclude(version__contains="données fictives").exists()
    assert HealthStructure.objects.filter(kind="pharmacy").exists()
