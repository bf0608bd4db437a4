import pytest
from django.urls import reverse

from territory.models import Desk
from tests.accounts.factories import UserFactory

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
    values = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in values.items()}

    response = admin_client.post(url, data | {"service_name": "Guichet santé"})

    assert response.status_code == 302
    assert Desk.objects.current().service_name == "Guichet santé"


def test_who_only_reads_the_desk_is_offered_no_logo(client, everything):
    client.force_login(UserFactory(is_staff=True, groups=["accueil"]))

    page = client.get(reverse("admin:territory_desk_change", args=[everything.pk]))

    assert "Nom du service" in page.content.decode()
    for english in ("Logo file", "Without logo"):
        assert english not in page.content.decode()


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


PREVIEW = {"brand": "#123c69", "accent": "#ffb400"}


def test_colours_are_looked_at_before_they_are_saved(admin_client, everything):
    page = admin_client.post(reverse("admin:territory_desk_preview"), PREVIEW)
    style = admin_client.get(page.context["stylesheet_url"])

    everything.refresh_from_db()
    assert (page.status_code, page.context["refusals"]) == (200, [])
    assert page.content.decode().count("theme-sample") == 2
    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert [".theme-light{" in style.text, ".theme-dark{" in style.text] == [True] * 2
    assert everything.brand != PREVIEW["brand"]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("brand", ["", "red", "#12\0", "}body{color:red", "x" * 10_000])
def test_what_is_no_colour_is_said_and_never_written(admin_client, brand):
    url = reverse("admin:territory_desk_preview")
    page = admin_client.post(url, PREVIEW | {"brand": brand})
    style = admin_client.get(
        reverse("admin:territory_desk_colours"), PREVIEW | {"brand": brand}
    )

    assert (page.status_code, style.status_code) == (200, 404)
    assert page.context["refusals"]
    assert "theme-sample" not in page.content.decode()


@pytest.mark.usefixtures("everything")
def test_the_preview_is_for_those_who_may_change_the_desk(client, admin_client):
    url = reverse("admin:territory_desk_preview")
    client.force_login(UserFactory(is_staff=True, groups=["elus"]))

    assert client.post(url, PREVIEW).status_code == 403
    assert admin_client.get(url).status_code == 405
