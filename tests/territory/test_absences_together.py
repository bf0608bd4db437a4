"""Two colleagues are noted at the same moment: real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from territory.admin.contacts import one_save_at_a_time
from territory.models import ContactAbsence, Organisation
from tests.accounts.factories import UserFactory

from .factories import ContactFactory, DeskFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST = "2026-12-21", "2026-12-24"


@pytest.fixture
def contacts(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    partner = OrganisationFactory()
    return [ContactFactory(organisation=partner) for _ in range(2)]


def save(contact, stand_in, started):
    """Post the page of a contact, as somebody of the desk does."""
    try:
        user = UserFactory(is_staff=True, groups=["accueil"], second_factor=False)
        client = Client()
        client.force_login(user)
        started.set()
        return client.post(
            reverse("admin:territory_contact_change", args=[contact.pk]),
            {
                "organisation": contact.organisation_id,
                "name": contact.name,
                "is_active": "on",
                "absences-TOTAL_FORMS": 1,
                "absences-INITIAL_FORMS": 0,
                "absences-0-first_day": "21/12/2026",
                "absences-0-last_day": "23/12/2026",
                "absences-0-stand_in": stand_in.pk,
            },
        )
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("who", "said"),
    [(0, "Une absence est déjà notée"), (1, "tournent en rond")],
    ids=["the same days", "each for the other"],
)
def test_absences_that_contradict_are_refused_in_words(contacts, who, said):
    first, second = contacts
    other, stand_in = (first, second) if who == 0 else (second, first)
    started = Event()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            partners = Organisation.objects.select_for_update(no_key=True)
            partners.get(pk=first.organisation_id)
            ContactAbsence.objects.create(
                contact=first, stand_in=second, period=DateRange(FIRST, LAST)
            )
            asked = pool.submit(save, other, stand_in, started)
            started.wait(10)
            # Held back until the first is written, or it would not see it.
            with pytest.raises(TimeoutError):
                asked.result(timeout=0.5)
        response = asked.result(timeout=20)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert ContactAbsence.objects.count() == 1


@pytest.mark.parametrize("page", ["contact_add", "contact_change"])
def test_two_first_contacts_are_refused_in_words(contacts, page):
    first, second = contacts
    args = [second.pk] if page == "contact_change" else []
    data = {"organisation": first.organisation_id, "name": "Lou", "is_active": "on"}
    data |= {"is_main": "on", "absences-TOTAL_FORMS": 0, "absences-INITIAL_FORMS": 0}

    def save():
        try:
            user = UserFactory(is_staff=True, groups=["accueil"], second_factor=False)
            client = Client()
            client.force_login(user)
            return client.post(reverse(f"admin:territory_{page}", args=args), data)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            one_save_at_a_time(Organisation.objects.filter(pk=first.organisation_id))
            type(first).objects.filter(pk=first.pk).update(is_main=True)
            asked = pool.submit(save)
            # Held back until the first is written, or it would not see it.
            with pytest.raises(TimeoutError):
                asked.result(timeout=1)
        response = asked.result(timeout=20)

    assert response.status_code == 200
    assert "Un organisme a un seul premier contact." in response.content.decode()
