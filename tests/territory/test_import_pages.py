"""Loading a file at the desk: looked at first, then confirmed or given up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from territory.models import HealthStructure, ImportRun, ZoneAssignment
from tests.accounts.factories import UserFactory

from .factories import CommuneFactory, DeskFactory

FRR = (
    "Code_insee;Departement;Commune;Classement FRR au 10 juillet 2025;\r\n"
    "47195;47;Nérac;FRR+;\r\n"
)


@pytest.fixture(autouse=True)
def _served(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    DeskFactory()
    CommuneFactory(nerac=True)


@pytest.fixture
def desk(client):
    client.force_login(
        UserFactory(is_staff=True, groups=["accueil"], second_factor=False)
    )
    return client


def upload(client, content, **data):
    file = SimpleUploadedFile("frr.csv", content.encode())
    url = reverse("admin:territory_importrun_upload")
    return client.post(url, {"kind": "zoning", "file": file, **data})


def test_a_file_is_written_only_once_confirmed(desk, tmp_path):
    response = upload(desk, FRR)
    run = ImportRun.objects.get()
    assert (run.state, run.created) == ("awaiting", 2)
    assert not ZoneAssignment.objects.exists()
    assert "Voici ce qui changerait" in desk.get(response.url).content.decode()

    desk.post(response.url)

    run.refresh_from_db()
    assert (run.state, run.file.name, bool(run.by)) == ("done", "", True)
    assert ZoneAssignment.objects.get().category_code == "FRR+"
    assert desk.get(response.url).status_code == 404


def test_a_file_given_up_leaves_no_trace(
    desk, tmp_path, django_capture_on_commit_callbacks
):
    response = upload(desk, FRR)

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(response.url, {"discard": "1"})

    assert not ImportRun.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_refusal_is_said_on_the_page_and_kept_in_the_history(desk):
    page = upload(desk, FRR + "47195;47;Nérac;FRR+;\r\n").content.decode()

    assert "Ligne 3 : la commune 47195 est déjà en ligne 2." in page
    assert ImportRun.objects.get().state == "refused"


def test_a_doubt_may_be_passed_over(desk):
    doubtful = FRR + "47999;47;Inconnue;FRR+;\r\n"

    assert "Charger malgré un doute" in upload(desk, doubtful).content.decode()
    response = upload(desk, doubtful, forced="on")

    assert "Forcé. Ligne 3" in desk.get(response.url).content.decode()


def test_who_may_not_load_does_not(client):
    client.force_login(
        UserFactory(is_staff=True, groups=["communication"], second_factor=False)
    )

    assert upload(client, FRR).status_code == 403


def test_a_correction_is_given_up_from_the_page_of_the_structure(desk):
    house = HealthStructure(
        name="MSP du Gravier",
        kind="health_house",
        commune=CommuneFactory(nerac=True),
        finess="470999975",
        imported={"name": "MSP d'Agen"},
    )
    house.note_corrections()
    house.save()
    page = reverse("admin:territory_healthstructure_change", args=[house.pk])
    take = reverse("admin:territory_healthstructure_take_imported", args=[house.pk])
    assert "Ce que dit FINESS" in desk.get(page).content.decode()

    desk.post(take, {"field": "name"})

    house.refresh_from_db()
    assert (house.name, house.corrected_fields) == ("MSP d'Agen", [])
    assert desk.get(take).status_code == 405


def test_a_file_may_have_a_very_long_name(desk):
    file = SimpleUploadedFile(f"{'é' * 200}.csv", FRR.encode())

    desk.post(
        reverse("admin:territory_importrun_upload"), {"kind": "zoning", "file": file}
    )

    assert ImportRun.objects.get().state == "awaiting"
