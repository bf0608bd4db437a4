"""An id nobody was offered is refused in words by every list one searches."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.accounts.factories import UserFactory

FORGED = ["abc", "-1", "9" * 30, "1.5", "\x00", "é"]


@pytest.fixture
def staff(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def related_fields(request):
    """What every page of the back-office, and every inline, chooses in a long list."""
    for site_admin in admin.site._registry.values():
        inlines = [
            inline(site_admin.model, admin.site) for inline in site_admin.inlines
        ]
        for each in (site_admin, *inlines):
            names = {*each.get_autocomplete_fields(request), *each.raw_id_fields}
            for name in sorted(names):
                field = each.model._meta.get_field(name)
                yield each, each.formfield_for_dbfield(field, request)


def test_every_list_shows_nothing_for_a_forged_id(rf, staff):
    request = rf.get("/gestion/")
    request.user = staff
    pages = set()

    for each, field in related_fields(request):
        pages.add(type(each).__name__)
        for forged in FORGED:
            assert "selected" not in field.widget.render("chosen", [forged])

    assert {"MembershipInline", "PlacementSiteAdmin", "SupervisorAdmin"} <= pages


@pytest.mark.parametrize("forged", ["abc", "9" * 30])
@pytest.mark.usefixtures("staff")
def test_a_forged_id_is_refused_in_words(client, forged):
    url = reverse("admin:internships_supervisor_add")

    assert client.get(url, {"sites": forged}).status_code == 200
    answer = client.post(url, {"sites": forged})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["sites"]
