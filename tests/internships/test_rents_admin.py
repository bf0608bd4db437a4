"""Rents and stays as the finance officers read them: nothing leads to a refusal."""

import pytest
from django.urls import reverse

from accounts import roles
from tests.accounts.factories import UserFactory
from tests.installation.factories import desk_user
from tests.internships.rent_factories import RentCallFactory


@pytest.fixture
def finances(client):
    user = UserFactory(is_staff=True, groups=[roles.FINANCES])
    client.force_login(user)
    return user


def test_who_pays_reads_a_rent_and_who_runs_it_notes_payments(client, finances):
    call = RentCallFactory()
    address = reverse("admin:internships_rentcall_change", args=[call.pk])
    noting = reverse("internships:rent-pay", args=[call.pk])

    page = client.get(address)
    assert str(call.room) in page.text
    assert noting not in page.text
    client.force_login(desk_user())
    assert noting in client.get(address).text


def test_stays_lead_to_the_request_of_who_may_read_it(client, finances):
    stay = RentCallFactory().stay
    address = reverse("admin:internships_stay_changelist")
    request = reverse("admin:internships_stay_change", args=[stay.pk])

    page = client.get(address)
    assert stay.person.full_name in page.text
    assert request not in page.text
    client.force_login(desk_user())
    assert request in client.get(address).text
