"""A succession written at the desk, from the dossier of somebody who leaves."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from installation.models import RequestDetails
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import CommuneFactory


@pytest.mark.parametrize(
    ("wish", "is_confidential"), [(True, True), (False, False), (None, True)]
)
def test_a_succession_is_written_from_the_dossier(client, wish, is_confidential):
    officer = desk_user()
    dossier = RequestFactory(
        in_support=True,
        kind="retirement_succession",
        case_worker=officer,
        profession="doctor",
    )
    dossier.communes.add(commune := CommuneFactory())
    leaves_on = timezone.localdate() + dt.timedelta(days=400)
    RequestDetails.objects.create(
        request=dossier, is_confidential=wish, planned_on=leaves_on
    )
    client.force_login(officer)
    page = "admin:installation_installationrequest_change"
    tab = client.get(reverse(page, args=[dossier.pk]), {"onglet": "offres"})
    add = f"{reverse('admin:installation_practiceoffer_add')}?dossier={dossier.pk}"

    form = client.get(add).context["adminform"].form

    assert add in tab.content.decode()
    assert {
        name: form.initial[name]
        for name in ("kind", "is_confidential", "commune", "owner", "available_from")
    } == {
        "kind": "succession",
        "is_confidential": is_confidential,
        "commune": commune.pk,
        "owner": dossier.applicant_id,
        "available_from": leaves_on,
    }


@pytest.mark.parametrize("dossier", ["", "0", "x"])
def test_an_offer_from_no_such_dossier_begins_empty(client, dossier):
    client.force_login(desk_user())
    other = RequestFactory(in_support=True, pk=97)

    for asked in (dossier, str(other.pk)):
        answer = client.get(
            reverse("admin:installation_practiceoffer_add"), {"dossier": asked}
        )

        assert answer.status_code == 200
        assert answer.context["adminform"].form.initial == {}
