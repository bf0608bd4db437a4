import pytest
from django.urls import reverse

from territory.models import Desk

from .factories import (
    CommunePopulationFactory,
    DeskFactory,
    HealthStructureFactory,
    OrganisationFactory,
    ZoneAssignmentFactory,
)

MODELS = [
    "departement",
    "intercommunality",
    "commune",
    "topic",
    "organisation",
    "healthstructure",
    "zoning",
    "zoneassignment",
]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """It is tested with the accounts."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def everything():
    CommunePopulationFactory()
    OrganisationFactory()
    HealthStructureFactory()
    ZoneAssignmentFactory()
    return DeskFactory()


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("model", MODELS)
def test_lists_and_pages_open(admin_client, model):
    changelist = admin_client.get(reverse(f"admin:territory_{model}_changelist"))
    row = changelist.context["cl"].result_list[0]
    page = admin_client.get(reverse(f"admin:territory_{model}_change", args=[row.pk]))

    assert (changelist.status_code, page.status_code) == (200, 200)


def test_desk_list_leads_to_the_desk(admin_client, everything):
    response = admin_client.get(reverse("admin:territory_desk_changelist"), follow=True)

    assert response.redirect_chain == [
        (reverse("admin:territory_desk_change", args=[everything.pk]), 302)
    ]
    assert "load_territory 47" in response.content.decode()


def test_desk_is_changed_by_its_form(admin_client, everything):
    url = reverse("admin:territory_desk_change", args=[everything.pk])
    form = admin_client.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}

    response = admin_client.post(url, data | {"service_name": "Guichet santé"})

    assert response.status_code == 302
    assert Desk.objects.current().service_name == "Guichet santé"


@pytest.mark.usefixtures("lot_et_garonne")
def test_commune_list_is_searched_as_the_public_one(admin_client):
    url = reverse("admin:territory_commune_changelist")

    found = admin_client.get(url, {"q": "st front"}).context["cl"].result_list

    assert [commune.name for commune in found] == ["Saint-Front-sur-Lémance"]


@pytest.mark.usefixtures("lot_et_garonne")
@pytest.mark.parametrize(("existence", "count"), [(None, 19), ("anciennes", 2)])
def test_commune_list_hides_former_ones(admin_client, existence, count):
    url = reverse("admin:territory_commune_changelist")

    changelist = admin_client.get(url, {"existence": existence} if existence else {})

    assert changelist.context["cl"].result_count == count


@pytest.mark.parametrize("model", ["departement", "commune", "desk", "organisation"])
def test_nothing_is_deleted_from_the_back_office(admin_client, everything, model):
    row = {"desk": everything}.get(model) or everything.departement
    url = reverse(f"admin:territory_{model}_delete", args=[row.pk])

    assert admin_client.post(url, {"post": "yes"}).status_code in {302, 403, 404}
    assert Desk.objects.filter(pk=everything.pk).exists()
